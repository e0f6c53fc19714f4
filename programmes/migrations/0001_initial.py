import django.contrib.postgres.fields
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import exercises.fields
import uuid
from django.conf import settings
from django.db import migrations, models

from config import sql


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('exercises', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Item',
            fields=[
                ('dose_kind', models.CharField(choices=[('hold', 'hold and repeat'), ('repetitions', 'repeat'), ('minutes', 'keep going for some minutes')], max_length=11, verbose_name='kind of dose')),
                ('hold_seconds_min', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='shortest hold (seconds)')),
                ('hold_seconds_max', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='longest hold (seconds)')),
                ('repetitions_min', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='fewest repetitions')),
                ('repetitions_max', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='most repetitions')),
                ('sets_min', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)], verbose_name='fewest sets')),
                ('sets_max', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)], verbose_name='most sets')),
                ('minutes_min', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(180)], verbose_name='fewest minutes')),
                ('minutes_max', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(180)], verbose_name='most minutes')),
                ('per_day_min', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='fewest times a day')),
                ('per_day_max', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='most times a day')),
                ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(6)]), default=exercises.fields.every_weekday, help_text='0 is Monday', verbose_name='days of the week')),
                ('every_days', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(14)], verbose_name='every how many days')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('side', models.CharField(blank=True, choices=[('', 'not one-sided'), ('left', 'left'), ('right', 'right'), ('both', 'both sides')], default='', max_length=5, verbose_name='side')),
                ('exercise_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exercises.exerciseversion')),
            ],
            options={
                'ordering': ['position'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('saved_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('line_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('is_template', models.BooleanField(default=True)),
                ('patient_id', models.UUIDField(editable=False, null=True)),
                ('created_at', models.DateTimeField()),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='programmes', to='accounts.clinic')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ItemWords',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='words', serialize=False, to='programmes.item')),
                ('note', models.TextField(blank=True, max_length=500, verbose_name='note for the patient')),
            ],
        ),
        migrations.CreateModel(
            name='ProgrammeWords',
            fields=[
                ('programme', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='words', serialize=False, to='programmes.programme')),
                ('advice', models.TextField(blank=True, max_length=2000, verbose_name='advice for the patient')),
            ],
        ),
        migrations.AddField(
            model_name='item',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='programmes.programme'),
        ),
        migrations.AddIndex(
            model_name='programme',
            index=models.Index(fields=['clinic', 'is_template', 'title'], name='programme_list'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.UniqueConstraint(fields=('line_id', 'version'), name='programme_version_once'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.UniqueConstraint(condition=models.Q(('published_at', None)), fields=('line_id',), name='programme_one_draft_per_line'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('archived_at', None), ('is_template', True), _connector='OR'), name='programme_archived_is_a_template'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_template', True), ('patient_id', None)), models.Q(('is_template', False), ('patient_id__isnull', False)), _connector='OR'), name='programme_is_a_template_or_a_patients'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hold_seconds_max', None), ('hold_seconds_min', None)), models.Q(('hold_seconds_max__gte', models.F('hold_seconds_min')), ('hold_seconds_max__isnull', False), ('hold_seconds_max__lte', 600), ('hold_seconds_min__gte', 1), ('hold_seconds_min__isnull', False)), _connector='OR'), name='item_hold_seconds_is_a_range'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('repetitions_max', None), ('repetitions_min', None)), models.Q(('repetitions_max__gte', models.F('repetitions_min')), ('repetitions_max__isnull', False), ('repetitions_max__lte', 100), ('repetitions_min__gte', 1), ('repetitions_min__isnull', False)), _connector='OR'), name='item_repetitions_is_a_range'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sets_max', None), ('sets_min', None)), models.Q(('sets_max__gte', models.F('sets_min')), ('sets_max__isnull', False), ('sets_max__lte', 10), ('sets_min__gte', 1), ('sets_min__isnull', False)), _connector='OR'), name='item_sets_is_a_range'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('minutes_max', None), ('minutes_min', None)), models.Q(('minutes_max__gte', models.F('minutes_min')), ('minutes_max__isnull', False), ('minutes_max__lte', 180), ('minutes_min__gte', 1), ('minutes_min__isnull', False)), _connector='OR'), name='item_minutes_is_a_range'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('per_day_max', None), ('per_day_min', None)), models.Q(('per_day_max__gte', models.F('per_day_min')), ('per_day_max__isnull', False), ('per_day_max__lte', 12), ('per_day_min__gte', 1), ('per_day_min__isnull', False)), _connector='OR'), name='item_per_day_is_a_range'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dose_kind', 'hold'), ('hold_seconds_min__isnull', False), ('minutes_min', None), ('repetitions_min__isnull', False)), models.Q(('dose_kind', 'repetitions'), ('repetitions_min__isnull', False), ('hold_seconds_min', None), ('minutes_min', None)), models.Q(('dose_kind', 'minutes'), ('minutes_min__isnull', False), ('hold_seconds_min', None), ('repetitions_min', None), ('sets_min', None)), _connector='OR'), name='item_dose_fits_its_kind'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('weekdays', []), _negated=True), ('weekdays__contained_by', [0, 1, 2, 3, 4, 5, 6])), name='item_weekdays_are_days'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('every_days', None), ('every_days__range', (1, 14)), _connector='OR'), name='item_every_days_in_range'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('programme', 'position'), name='item_position_once'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.UniqueConstraint(fields=('programme', 'exercise_version'), name='item_exercise_once'),
        ),
        sql.from_file("programmes", "published_is_frozen"),
        sql.from_file("programmes", "words_stay"),
    ]
