import accounts.countries
import accounts.zones
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pictures.storage
import uuid
from django.conf import settings
from django.db import migrations, models

from config import sql


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        sql.from_file("accounts", "truncate_is_refused"),
        sql.from_file("accounts", "seen"),
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(blank=True, max_length=254, null=True, unique=True, verbose_name='e-mail address')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('is_active', models.BooleanField(default=True)),
                ('is_operator', models.BooleanField(default=False)),
                ('session_round', models.PositiveIntegerField(default=0)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('email__regex', '^[!-@\\[-~]+$')), name='user_email_is_as_kept')],
            },
        ),
        migrations.CreateModel(
            name='AddressTrouble',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('address', models.EmailField(max_length=254, unique=True)),
                ('state', models.CharField(choices=[('doubtful', 'refused for a while'), ('paused', 'refused for a while, several times'), ('refused', 'refused for good')], default='doubtful', max_length=8)),
                ('refusals', models.PositiveSmallIntegerField(default=0)),
                ('counted_at', models.DateTimeField()),
                ('code', models.CharField(max_length=40)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('address__regex', '^[!-@\\[-~]+$')), name='addresstrouble_address_is_as_kept'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'paused'), _negated=True), ('refusals__gte', 3), _connector='OR'), name='addresstrouble_paused_after_three'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'doubtful'), _negated=True), ('refusals__lt', 3), _connector='OR'), name='addresstrouble_doubtful_before_three')],
            },
        ),
        migrations.CreateModel(
            name='Clinic',
            fields=[
                ('country', models.CharField(default='GB', max_length=2, validators=[accounts.countries.validate_country], verbose_name='country')),
                ('telephone', models.CharField(blank=True, max_length=16, verbose_name='telephone')),
                ('opening_hours', models.CharField(blank=True, max_length=120, verbose_name='opening hours')),
                ('emergency_number', models.CharField(default='999', max_length=30, verbose_name='emergency number')),
                ('advice_number', models.CharField(blank=True, default='111', max_length=30, verbose_name='health advice number')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('name_in_mail', models.CharField(blank=True, max_length=120, verbose_name='name in e-mail')),
                ('time_zone', models.CharField(default='Europe/London', max_length=64, validators=[accounts.zones.validate_time_zone], verbose_name='time zone')),
                ('language', models.CharField(default='en-gb', max_length=10, verbose_name='language')),
                ('created_at', models.DateTimeField()),
                ('logo', models.FileField(blank=True, editable=False, max_length=80, storage=pictures.storage.picture_files, upload_to='')),
                ('logo_width', models.PositiveSmallIntegerField(editable=False, null=True)),
                ('logo_height', models.PositiveSmallIntegerField(editable=False, null=True)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('country__regex', '^[A-Z]{2}$')), name='clinic_country_is_two_letters'), models.CheckConstraint(condition=models.Q(('telephone', ''), ('telephone__regex', '^\\+[1-9][0-9]{4,14}$'), _connector='OR'), name='clinic_telephone_is_full'), models.CheckConstraint(condition=models.Q(('emergency_number__regex', '^(\\+[1-9][0-9]{4,14}|[0-9]{2,15})$')), name='clinic_emergency_number_can_be_dialled'), models.CheckConstraint(condition=models.Q(('advice_number', ''), ('advice_number__regex', '^(\\+[1-9][0-9]{4,14}|[0-9]{2,15})$'), _connector='OR'), name='clinic_advice_number_can_be_dialled'), models.CheckConstraint(condition=models.Q(models.Q(('logo', ''), ('logo_height', None), ('logo_width', None)), models.Q(models.Q(('logo', ''), _negated=True), ('logo_height__isnull', False), ('logo_width__isnull', False)), _connector='OR'), name='clinic_logo_has_a_size')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('due', 'waiting'), ('claimed', 'being prepared'), ('handed', 'being handed over'), ('sent', 'sent'), ('failed', 'refused'), ('uncertain', 'may have arrived'), ('skipped', 'kept back'), ('expired', 'too late')], default='due', max_length=9)),
                ('due_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('attempt', models.PositiveSmallIntegerField(default=0)),
                ('retry_at', models.DateTimeField(blank=True, null=True)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('handed_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('doubts', models.PositiveSmallIntegerField(default=0)),
                ('reason', models.CharField(blank=True, max_length=40)),
                ('kind', models.CharField(choices=[('sign_in', 'sign-in'), ('invitation', 'invitation'), ('notice', 'notice'), ('test', 'test')], max_length=10)),
                ('to', models.EmailField(max_length=254)),
                ('sender', models.CharField(blank=True, max_length=120)),
                ('subject', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField(blank=True)),
                ('html', models.TextField(blank=True)),
                ('created_at', models.DateTimeField()),
                ('asked', models.CharField(blank=True, choices=[('code', 'a sign-in code'), ('confirm', 'a code to go on with something grave'), ('reset', 'a link for a new password')], max_length=7)),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('state__in', ('due', 'claimed', 'handed'))), fields=['due_at'], name='letter_open'), django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['due_at'], name='letter_in_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gte', models.F('due_at'))), name='letter_expires_after_due'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('claimed', 'handed')), _negated=True), ('lease_until__isnull', False), _connector='OR'), name='letter_held_has_a_lease'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['handed', 'sent', 'uncertain']), _negated=True), ('handed_at__isnull', False), _connector='OR'), name='letter_handed_is_stamped'), models.CheckConstraint(condition=models.Q(('to__regex', '^[!-@\\[-~]+$')), name='letter_to_is_as_kept'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('sent', 'failed', 'skipped', 'expired')), _negated=True), models.Q(('html', ''), ('sender', ''), ('text', '')), _connector='OR'), name='letter_words_are_erased'), models.CheckConstraint(condition=models.Q(('asked', ''), models.Q(('html', ''), ('sender', ''), ('subject', ''), ('text', '')), _connector='OR'), name='letter_asked_for_has_no_words')],
            },
        ),
        migrations.CreateModel(
            name='LimitUse',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=64)),
                ('used_at', django.contrib.postgres.fields.ArrayField(base_field=models.DateTimeField())),
                ('forgotten_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['forgotten_at'], name='limituse_forgotten')],
                'constraints': [models.UniqueConstraint(fields=('name', 'key'), name='limituse_once')],
            },
        ),
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('actor_role', models.CharField(blank=True, choices=[('clinician', 'Clinician'), ('lead', 'Clinic lead'), ('patient', 'The patient’s own account')], max_length=9)),
                ('action', models.CharField(max_length=40)),
                ('patient_id', models.UUIDField(editable=False, null=True)),
                ('subject_type', models.CharField(max_length=40)),
                ('subject_id', models.UUIDField()),
                ('page', models.CharField(blank=True, max_length=60)),
                ('request_id', models.CharField(blank=True, max_length=64)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('clinic', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.clinic')),
            ],
            options={
                'indexes': [models.Index(fields=['subject_id', 'at'], name='audit_of_a_record'), models.Index(fields=['clinic', 'at'], name='audit_of_a_clinic'), models.Index(condition=models.Q(('patient_id__isnull', False)), fields=['patient_id', '-at'], name='audit_of_a_patient'), models.Index(condition=models.Q(('action__in', ['invitation_accepted', 'phone_link_used'])), fields=['actor', 'at'], name='audit_of_coming'), models.Index(condition=models.Q(('action', 'access_closed')), fields=['patient_id', 'at'], name='audit_of_closing')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('clinician', 'Clinician'), ('lead', 'Clinic lead')], default='clinician', max_length=9)),
                ('created_at', models.DateTimeField()),
                ('deactivated_at', models.DateTimeField(blank=True, null=True)),
                ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='accounts.clinic')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'clinic'), name='membership_once_per_clinic')],
            },
        ),
        migrations.CreateModel(
            name='TeamInvitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('address', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('role', models.CharField(choices=[('clinician', 'Clinician'), ('lead', 'Clinic lead')], default='clinician', max_length=9)),
                ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team_invitations', to='accounts.clinic')),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('letter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.letter')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('address__regex', '^[!-@\\[-~]+$')), name='teaminvitation_address_is_as_kept'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='teaminvitation_expires_later'), models.CheckConstraint(condition=models.Q(('accepted_at', None), ('revoked_at', None), _connector='OR'), name='teaminvitation_accepted_or_revoked'), models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('revoked_at', None)), fields=('address', 'clinic'), name='teaminvitation_one_open_per_address')],
            },
        ),
        sql.from_file("accounts", "audit_is_append_only"),
    ]
