import accounts.zones
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from config import sql


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('programmes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Day',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('state', models.CharField(choices=[('asked', 'asked'), ('rest', 'rest day'), ('paused', 'paused'), ('not_started', 'not started')], max_length=11)),
                ('asked_min', models.PositiveSmallIntegerField(null=True)),
                ('asked_max', models.PositiveSmallIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('starts_on', models.DateField(verbose_name='starts on')),
                ('review_on', models.DateField(verbose_name='review on')),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('end_reason', models.CharField(blank=True, max_length=200)),
                ('assigned_at', models.DateTimeField()),
                ('assigned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('programme', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='assignment', to='programmes.programme')),
            ],
        ),
        migrations.CreateModel(
            name='NotToday',
            fields=[
                ('day', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='not_today', serialize=False, to='patients.day')),
                ('reason', models.CharField(choices=[('no_time', 'no time'), ('pain', 'pain'), ('tired', 'tired or unwell'), ('away', 'away from home'), ('other', 'something else')], max_length=7)),
                ('said_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='day',
            name='assignment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='patients.assignment'),
        ),
        migrations.AddField(
            model_name='day',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme'),
        ),
        migrations.CreateModel(
            name='Patient',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('called', models.CharField(blank=True, max_length=60, verbose_name='what to call them')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('telephone', models.CharField(blank=True, max_length=16, verbose_name='telephone')),
                ('time_zone', models.CharField(max_length=64, validators=[accounts.zones.validate_time_zone], verbose_name='time zone')),
                ('language', models.CharField(default='en-gb', max_length=10, verbose_name='language')),
                ('precautions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('OST', 'weak bones (osteoporosis)'), ('THR', 'hip replacement'), ('STEN', 'narrow spine (stenosis)'), ('SLIP', 'slipped vertebra (spondylolisthesis)'), ('IRR', 'easily stirred-up sciatica'), ('BP', 'high blood pressure or heart trouble'), ('NECK', 'neck trouble'), ('SHOULDER', 'painful shoulder'), ('WRIST', 'painful wrist'), ('KNEE', 'painful knee'), ('BAL', 'needs support to balance'), ('HERNIA', 'hernia'), ('PREG', 'pregnancy'), ('BIRTH', 'after birth'), ('OP', 'recent surgery')], max_length=8), blank=True, default=list, verbose_name='precautions')),
                ('created_at', models.DateTimeField()),
                ('client_id', models.UUIDField(blank=True, editable=False, null=True)),
                ('welcomed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('year_of_birth', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year of birth')),
                ('links_valid_from', models.DateTimeField(blank=True, editable=False, null=True)),
                ('access_closed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('access_closed_because', models.CharField(blank=True, choices=[('lost_phone', 'A phone was lost'), ('wrong_person', 'The wrong person has it'), ('died', 'The patient has died'), ('other', 'Another reason'), ('new_address', 'The e-mail address was changed'), ('invited_again', 'Invited again')], editable=False, max_length=13)),
                ('access_closed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='patients', to='accounts.clinic')),
                ('clinician', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='caseload', to=settings.AUTH_USER_MODEL)),
                ('closed_user', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closed_records', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='patient_records', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PainReport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('told_at', models.DateTimeField()),
                ('told_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pain_reports', to='patients.patient')),
            ],
        ),
        migrations.CreateModel(
            name='OneOff',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('programme', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='one_off', to='programmes.programme')),
                ('patient', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='one_off', to='patients.patient')),
            ],
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('address', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('wrong_years', models.PositiveSmallIntegerField(default=0)),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('letter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.letter')),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='patients.patient')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PhoneLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('used_at', models.DateTimeField(null=True)),
                ('used_on', models.CharField(blank=True, choices=[('iphone', 'an iPhone'), ('ipad', 'an iPad'), ('android_phone', 'an Android phone'), ('android_tablet', 'an Android tablet'), ('windows', 'a computer with Windows'), ('mac', 'a Mac, or an iPad'), ('chromebook', 'a Chromebook'), ('linux', 'a computer with Linux'), ('other', 'another device')], max_length=14)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phone_links', to='patients.patient')),
                ('used_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='phone_link_expires_later'), models.CheckConstraint(condition=models.Q(models.Q(('used_at', None), ('used_by', None), ('used_on', '')), models.Q(('used_at__isnull', False), ('used_by__isnull', False), models.Q(('used_on', ''), _negated=True)), _connector='OR'), name='phone_link_used_by_somebody'), models.CheckConstraint(condition=models.Q(('used_at', None), ('ended_at', None), _connector='OR'), name='phone_link_used_or_ended'), models.UniqueConstraint(condition=models.Q(('ended_at', None), ('used_at', None)), fields=('patient',), name='phone_link_one_open_per_patient')],
            },
        ),
        migrations.CreateModel(
            name='DealtWith',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=12)),
                ('reason', models.CharField(max_length=300)),
                ('measure', models.JSONField(null=True)),
                ('how', models.CharField(choices=[('contacted', 'in touch'), ('looked_at', 'looked at'), ('ask_again', 'ask again')], max_length=9)),
                ('words', models.TextField(blank=True, max_length=1000)),
                ('on', models.DateField()),
                ('until_on', models.DateField(null=True)),
                ('by_name', models.CharField(max_length=254)),
                ('at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dealt_with', to='patients.patient')),
            ],
        ),
        migrations.AddField(
            model_name='assignment',
            name='patient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='patients.patient'),
        ),
        migrations.CreateModel(
            name='AddressChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('address', models.EmailField(max_length=254, verbose_name='new e-mail address')),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('end', models.CharField(blank=True, choices=[('changed', 'the new address answered'), ('declined', 'a clinic declined it'), ('taken_back', 'the patient took it back'), ('closed', 'a clinic closed a page of the account'), ('overtaken', 'the account or its address is another by now')], max_length=10)),
                ('token_hash', models.CharField(max_length=64, null=True, unique=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.letter')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='address_changes', to='patients.patient')),
            ],
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('client_id', models.UUIDField()),
                ('performed_at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('source', models.CharField(choices=[('patient', 'ticked off by the patient'), ('staff', 'recorded for them')], default='patient', max_length=7)),
                ('pain_before', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='pain before, 0–10')),
                ('pain_after', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='pain now, 0–10')),
                ('effort', models.CharField(blank=True, choices=[('easy', 'too easy'), ('right', 'about right'), ('hard', 'too hard')], max_length=5, verbose_name='how it felt')),
                ('note', models.TextField(blank=True, max_length=1000, verbose_name='note')),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('is_one_tap', models.BooleanField(db_default=False, default=False)),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='patients.assignment')),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='patients.day')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Tick',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('result', models.CharField(choices=[('done', 'done'), ('part', 'part done'), ('skipped', 'skipped'), ('hurt', 'stopped because it hurt')], default='done', max_length=7)),
                ('amount', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('pain', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('skip_reason', models.CharField(blank=True, choices=[('no_time', 'No time'), ('too_hard', 'Too hard'), ('not_sure', 'I am not sure how to do it'), ('no_equipment', 'I don’t have what it needs'), ('other', 'Another reason')], max_length=12)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.item')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ticks', to='patients.session')),
            ],
        ),
        migrations.CreateModel(
            name='WarningSign',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('told_at', models.DateTimeField()),
                ('which', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('saddle', 'numbness or tingling between your legs, around your genitals or in your bottom'), ('wiping', 'a changed feeling when you wipe after the toilet'), ('bladder', 'new trouble starting, stopping or feeling when you pee, or leaking'), ('bowel', 'loss of control or feeling when you poo'), ('sex', 'new problems with sex, such as loss of feeling'), ('both_legs', 'pain, weakness or numbness in both legs'), ('weaker_leg', 'a leg that is quickly getting weaker'), ('chest_pain', 'chest pain'), ('accident', 'pain that began after a serious accident'), ('fever', 'a fever together with back pain'), ('weight_loss', 'weight loss that you cannot explain'), ('lump', 'a new lump, or a back that has changed its shape'), ('at_night', 'pain that does not ease when you rest, or is worse at night')], max_length=12), default=list, verbose_name='which')),
                ('checked_by_name', models.CharField(blank=True, max_length=254)),
                ('checked_at', models.DateTimeField(null=True)),
                ('check_note', models.TextField(blank=True, max_length=1000, verbose_name='asked, found, advised')),
                ('leads_told_at', models.DateTimeField(null=True)),
                ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.letter')),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='warning_signs', to='patients.patient')),
                ('told_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pauses', to='patients.assignment')),
                ('paused_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('because_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='patients.warningsign')),
            ],
        ),
        migrations.CreateModel(
            name='LateSign',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('client_id', models.UUIDField()),
                ('told_at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('sign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='late', to='patients.warningsign')),
                ('told_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['told_at'],
            },
        ),
        migrations.CreateModel(
            name='HeldEntry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('client_id', models.UUIDField()),
                ('what', models.CharField(choices=[('session', 'ticked off a session'), ('feeling', 'said how a session felt'), ('not_today', 'said not today')], max_length=9)),
                ('on', models.DateField()),
                ('sent_at', models.DateTimeField()),
                ('pain_after', models.PositiveSmallIntegerField(null=True)),
                ('effort', models.CharField(blank=True, choices=[('easy', 'too easy'), ('right', 'about right'), ('hard', 'too hard')], max_length=5)),
                ('note', models.TextField(blank=True)),
                ('results', models.JSONField(blank=True, default=list)),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held', to='patients.warningsign')),
            ],
            options={
                'ordering': ['sent_at'],
            },
        ),
        migrations.CreateModel(
            name='ZoneChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('before', models.CharField(max_length=64)),
                ('after', models.CharField(max_length=64)),
                ('changed_at', models.DateTimeField()),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='zone_changes', to='patients.patient')),
            ],
            options={
                'ordering': ['changed_at'],
            },
        ),
        migrations.AddIndex(
            model_name='day',
            index=models.Index(fields=['on', 'state'], name='day_by_date'),
        ),
        migrations.AddConstraint(
            model_name='day',
            constraint=models.UniqueConstraint(fields=('assignment', 'on'), name='day_once_per_assignment'),
        ),
        migrations.AddConstraint(
            model_name='day',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked_max', None), ('asked_min', None)), models.Q(('asked_max__gte', models.F('asked_min')), ('asked_min__gte', 1)), _connector='OR'), name='day_asks_a_range'),
        ),
        migrations.AddConstraint(
            model_name='day',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'asked'), _negated=True), ('asked_min__isnull', False), _connector='OR'), name='day_asked_has_a_target'),
        ),
        migrations.AddIndex(
            model_name='patient',
            index=models.Index(fields=['clinic', 'name'], name='patient_caseload'),
        ),
        migrations.AddIndex(
            model_name='patient',
            index=models.Index(fields=['time_zone'], name='patient_time_zone'),
        ),
        migrations.AddConstraint(
            model_name='patient',
            constraint=models.CheckConstraint(condition=models.Q(('email', ''), ('email__regex', '^[!-@\\[-~]+$'), _connector='OR'), name='patient_email_is_as_kept'),
        ),
        migrations.AddConstraint(
            model_name='patient',
            constraint=models.CheckConstraint(condition=models.Q(('telephone', ''), ('telephone__regex', '^\\+[1-9][0-9]{4,14}$'), _connector='OR'), name='patient_telephone_is_full'),
        ),
        migrations.AddConstraint(
            model_name='patient',
            constraint=models.UniqueConstraint(fields=('clinic', 'client_id'), name='patient_once_per_client_id'),
        ),
        migrations.AddConstraint(
            model_name='patient',
            constraint=models.CheckConstraint(condition=models.Q(('precautions__contained_by', ['OST', 'THR', 'STEN', 'SLIP', 'IRR', 'BP', 'NECK', 'SHOULDER', 'WRIST', 'KNEE', 'BAL', 'HERNIA', 'PREG', 'BIRTH', 'OP'])), name='patient_precautions_are_known'),
        ),
        migrations.AddConstraint(
            model_name='patient',
            constraint=models.CheckConstraint(condition=models.Q(('year_of_birth', None), ('year_of_birth__range', (1900, 2100)), _connector='OR'), name='patient_year_of_birth_is_a_year'),
        ),
        migrations.AddConstraint(
            model_name='patient',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('access_closed_at', None), ('access_closed_because', ''), ('access_closed_by', None)), models.Q(('access_closed_at__isnull', False), ('access_closed_by__isnull', False), models.Q(('access_closed_because', ''), _negated=True)), _connector='OR'), name='patient_access_closed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='patient',
            constraint=models.CheckConstraint(condition=models.Q(('access_closed_at', None), models.Q(('links_valid_from__isnull', False), ('user', None)), _connector='OR'), name='patient_access_closed_means_nobody'),
        ),
        migrations.AddConstraint(
            model_name='patient',
            constraint=models.CheckConstraint(condition=models.Q(('closed_user', None), ('user', None), _connector='OR'), name='patient_closed_user_until_somebody_has_it'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('address__regex', '^[!-@\\[-~]+$')), name='invitation_address_is_as_kept'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='invitation_expires_later'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('accepted_at', None), ('revoked_at', None), _connector='OR'), name='invitation_accepted_or_revoked'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('revoked_at', None)), fields=('patient',), name='invitation_one_open_per_patient'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('wrong_years__lte', 3)), name='invitation_three_wrong_years'),
        ),
        migrations.AddIndex(
            model_name='dealtwith',
            index=models.Index(fields=['patient', 'kind', '-at'], name='dealt_with_latest'),
        ),
        migrations.AddConstraint(
            model_name='dealtwith',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['pain_told', 'pain_high', 'hurt', 'pain_up', 'not_today', 'silent', 'over_range', 'address', 'review', 'invitation'])), name='dealt_with_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='dealtwith',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('how', 'looked_at'), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='dealt_with_looked_at_in_words'),
        ),
        migrations.AddConstraint(
            model_name='dealtwith',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('how', 'ask_again'), ('until_on__gt', models.F('on'))), models.Q(models.Q(('how', 'ask_again'), _negated=True), ('until_on', None)), _connector='OR'), name='dealt_with_ask_again_on_a_later_day'),
        ),
        migrations.AddConstraint(
            model_name='dealtwith',
            constraint=models.CheckConstraint(condition=models.Q(('undone_at', None), ('undone_at__gte', models.F('at')), _connector='OR'), name='dealt_with_undone_later'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('patient',), name='assignment_one_running_per_patient'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('review_on__gte', models.F('starts_on'))), name='assignment_review_after_start'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('end_reason', ''), ('ended_on__isnull', False), _connector='OR'), name='assignment_end_reason_of_ended'),
        ),
        migrations.AddConstraint(
            model_name='addresschange',
            constraint=models.CheckConstraint(condition=models.Q(('address__regex', '^[!-@\\[-~]+$')), name='address_change_address_is_as_kept'),
        ),
        migrations.AddConstraint(
            model_name='addresschange',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('patient',), name='address_change_one_open_per_record'),
        ),
        migrations.AddConstraint(
            model_name='addresschange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='address_change_confirmed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='addresschange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('end', '')), models.Q(('closed_at__isnull', False), models.Q(('end', ''), _negated=True)), _connector='OR'), name='address_change_closed_has_an_end'),
        ),
        migrations.AddConstraint(
            model_name='addresschange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('expires_at', None), ('token_hash', None)), models.Q(('confirmed_at__isnull', False), ('expires_at__isnull', False), ('token_hash__isnull', False)), _connector='OR'), name='address_change_link_is_confirmed'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['assignment', '-performed_at'], name='session_log'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.UniqueConstraint(fields=('recorded_by', 'client_id'), name='session_once_per_client_id'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('pain_before', None), ('pain_before__lte', 10), _connector='OR'), name='session_pain_before_is_0_to_10'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('pain_after', None), ('pain_after__lte', 10), _connector='OR'), name='session_pain_after_is_0_to_10'),
        ),
        migrations.AddConstraint(
            model_name='tick',
            constraint=models.UniqueConstraint(fields=('session', 'item'), name='tick_once_per_item'),
        ),
        migrations.AddConstraint(
            model_name='tick',
            constraint=models.CheckConstraint(condition=models.Q(('pain', None), ('pain__lte', 10), _connector='OR'), name='tick_pain_is_0_to_10'),
        ),
        migrations.AddConstraint(
            model_name='tick',
            constraint=models.CheckConstraint(condition=models.Q(('skip_reason', ''), ('result', 'skipped'), _connector='OR'), name='tick_reason_of_skipped'),
        ),
        migrations.AddConstraint(
            model_name='tick',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('result', 'skipped'), _negated=True), ('amount', None), _connector='OR'), name='tick_skipped_has_no_amount'),
        ),
        migrations.AddIndex(
            model_name='tick',
            index=models.Index(condition=models.Q(('result', 'hurt')), fields=['session'], name='tick_hurt'),
        ),
        migrations.AddIndex(
            model_name='warningsign',
            index=models.Index(condition=models.Q(('checked_at', None)), fields=['told_at'], name='warning_open'),
        ),
        migrations.AddConstraint(
            model_name='warningsign',
            constraint=models.UniqueConstraint(condition=models.Q(('checked_at', None)), fields=('patient',), name='warning_one_open'),
        ),
        migrations.AddConstraint(
            model_name='warningsign',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('check_note', ''), ('checked_at', None), ('checked_by', None), ('checked_by_name', '')), models.Q(('checked_at__gte', models.F('told_at')), ('checked_by__isnull', False), models.Q(('checked_by_name', ''), _negated=True)), _connector='OR'), name='warning_checked_in_words'),
        ),
        migrations.AddConstraint(
            model_name='warningsign',
            constraint=models.CheckConstraint(condition=models.Q(('which__contained_by', ['saddle', 'wiping', 'bladder', 'bowel', 'sex', 'both_legs', 'weaker_leg', 'chest_pain', 'accident', 'fever', 'weight_loss', 'lump', 'at_night'])), name='warning_which_is_known'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='pause_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.UniqueConstraint(condition=models.Q(('because_of', None), ('until_on', None)), fields=('assignment',), name='pause_one_open'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.UniqueConstraint(condition=models.Q(('because_of__isnull', False), ('until_on', None)), fields=('assignment',), name='pause_one_of_a_sign'),
        ),
        migrations.AddConstraint(
            model_name='latesign',
            constraint=models.UniqueConstraint(fields=('sign', 'told_by', 'client_id'), name='late_sign_once_per_client_id'),
        ),
        migrations.AddConstraint(
            model_name='heldentry',
            constraint=models.UniqueConstraint(fields=('sign', 'client_id', 'what'), name='held_once'),
        ),
        migrations.AddConstraint(
            model_name='heldentry',
            constraint=models.CheckConstraint(condition=models.Q(('pain_after', None), ('pain_after__lte', 10), _connector='OR'), name='held_pain_is_0_to_10'),
        ),
        migrations.AddConstraint(
            model_name='zonechange',
            constraint=models.UniqueConstraint(fields=('patient', 'changed_at'), name='zone_change_once_at_a_moment'),
        ),
        sql.from_file("patients", "warning_is_append_only"),
    ]
