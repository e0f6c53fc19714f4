"""A guide range beside the starting dose, and what a side of an exercise is: leg, arm or side."""

import django.core.validators
from django.db import migrations, models

# A published version never changes, says its trigger. A column that is made from another
# one and then stands by itself fills without an update.
SIDE_KIND = [
    """
    ALTER TABLE exercises_exerciseversion ADD COLUMN side_kind varchar(4) NOT NULL
    GENERATED ALWAYS AS (CASE WHEN is_sided THEN 'side' ELSE '' END) STORED
    """,
    "ALTER TABLE exercises_exerciseversion ALTER COLUMN side_kind DROP EXPRESSION",
]
NO_SIDE_KIND = ["ALTER TABLE exercises_exerciseversion DROP COLUMN side_kind"]
NOT_SIDED = ["ALTER TABLE exercises_exerciseversion DROP COLUMN is_sided"]
SIDED = [
    """
    ALTER TABLE exercises_exerciseversion ADD COLUMN is_sided boolean NOT NULL
    GENERATED ALWAYS AS (side_kind <> '') STORED
    """,
    "ALTER TABLE exercises_exerciseversion ALTER COLUMN is_sided DROP EXPRESSION",
]


class Migration(migrations.Migration):

    dependencies = [
        ('exercises', '0006_by_name'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(SIDE_KIND, NO_SIDE_KIND)],
            state_operations=[
                migrations.AddField(
                    model_name='exerciseversion',
                    name='side_kind',
                    field=models.CharField(blank=True, choices=[('', 'both sides together'), ('leg', 'one leg at a time'), ('arm', 'one arm at a time'), ('side', 'one side at a time')], default='', max_length=4, verbose_name='sides'),
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(NOT_SIDED, SIDED)],
            state_operations=[
                migrations.RemoveField(model_name="exerciseversion", name="is_sided")
            ],
        ),
        migrations.AddField(
            model_name='exerciseversion',
            name='guide_hold_seconds_max',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='guide: longest hold (seconds)'),
        ),
        migrations.AddField(
            model_name='exerciseversion',
            name='guide_hold_seconds_min',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='guide: shortest hold (seconds)'),
        ),
        migrations.AddField(
            model_name='exerciseversion',
            name='guide_minutes_max',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(180)], verbose_name='guide: most minutes'),
        ),
        migrations.AddField(
            model_name='exerciseversion',
            name='guide_minutes_min',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(180)], verbose_name='guide: fewest minutes'),
        ),
        migrations.AddField(
            model_name='exerciseversion',
            name='guide_per_day_max',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='guide: most times a day'),
        ),
        migrations.AddField(
            model_name='exerciseversion',
            name='guide_per_day_min',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='guide: fewest times a day'),
        ),
        migrations.AddField(
            model_name='exerciseversion',
            name='guide_repetitions_max',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='guide: most repetitions'),
        ),
        migrations.AddField(
            model_name='exerciseversion',
            name='guide_repetitions_min',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='guide: fewest repetitions'),
        ),
        migrations.AddField(
            model_name='exerciseversion',
            name='guide_sets_max',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)], verbose_name='guide: most sets'),
        ),
        migrations.AddField(
            model_name='exerciseversion',
            name='guide_sets_min',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)], verbose_name='guide: fewest sets'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('guide_hold_seconds_max', None), ('guide_hold_seconds_min', None)), models.Q(('guide_hold_seconds_max__gte', models.F('guide_hold_seconds_min')), ('guide_hold_seconds_max__isnull', False), ('guide_hold_seconds_max__lte', 600), ('guide_hold_seconds_min__gte', 1), ('guide_hold_seconds_min__isnull', False)), _connector='OR'), name='exerciseversion_guide_hold_seconds_is_a_range'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('guide_repetitions_max', None), ('guide_repetitions_min', None)), models.Q(('guide_repetitions_max__gte', models.F('guide_repetitions_min')), ('guide_repetitions_max__isnull', False), ('guide_repetitions_max__lte', 100), ('guide_repetitions_min__gte', 1), ('guide_repetitions_min__isnull', False)), _connector='OR'), name='exerciseversion_guide_repetitions_is_a_range'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('guide_sets_max', None), ('guide_sets_min', None)), models.Q(('guide_sets_max__gte', models.F('guide_sets_min')), ('guide_sets_max__isnull', False), ('guide_sets_max__lte', 10), ('guide_sets_min__gte', 1), ('guide_sets_min__isnull', False)), _connector='OR'), name='exerciseversion_guide_sets_is_a_range'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('guide_minutes_max', None), ('guide_minutes_min', None)), models.Q(('guide_minutes_max__gte', models.F('guide_minutes_min')), ('guide_minutes_max__isnull', False), ('guide_minutes_max__lte', 180), ('guide_minutes_min__gte', 1), ('guide_minutes_min__isnull', False)), _connector='OR'), name='exerciseversion_guide_minutes_is_a_range'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('guide_per_day_max', None), ('guide_per_day_min', None)), models.Q(('guide_per_day_max__gte', models.F('guide_per_day_min')), ('guide_per_day_max__isnull', False), ('guide_per_day_max__lte', 12), ('guide_per_day_min__gte', 1), ('guide_per_day_min__isnull', False)), _connector='OR'), name='exerciseversion_guide_per_day_is_a_range'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(('guide_hold_seconds_min', None), ('hold_seconds_min', None), models.Q(('hold_seconds_max__lte', models.F('guide_hold_seconds_max')), ('hold_seconds_min__gte', models.F('guide_hold_seconds_min'))), _connector='OR'), name='exerciseversion_hold_seconds_inside_guide'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(('guide_repetitions_min', None), ('repetitions_min', None), models.Q(('repetitions_max__lte', models.F('guide_repetitions_max')), ('repetitions_min__gte', models.F('guide_repetitions_min'))), _connector='OR'), name='exerciseversion_repetitions_inside_guide'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(('guide_sets_min', None), ('sets_min', None), models.Q(('sets_max__lte', models.F('guide_sets_max')), ('sets_min__gte', models.F('guide_sets_min'))), _connector='OR'), name='exerciseversion_sets_inside_guide'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(('guide_minutes_min', None), ('minutes_min', None), models.Q(('minutes_max__lte', models.F('guide_minutes_max')), ('minutes_min__gte', models.F('guide_minutes_min'))), _connector='OR'), name='exerciseversion_minutes_inside_guide'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(('guide_per_day_min', None), ('per_day_min', None), models.Q(('per_day_max__lte', models.F('guide_per_day_max')), ('per_day_min__gte', models.F('guide_per_day_min'))), _connector='OR'), name='exerciseversion_per_day_inside_guide'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dose_kind', 'hold'), ('guide_minutes_min', None)), models.Q(('dose_kind', 'repetitions'), ('guide_hold_seconds_min', None), ('guide_minutes_min', None)), models.Q(('dose_kind', 'minutes'), ('guide_hold_seconds_min', None), ('guide_repetitions_min', None), ('guide_sets_min', None)), _connector='OR'), name='exerciseversion_guide_fits_its_kind'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(('side_kind__in', ['', 'leg', 'arm', 'side'])), name='exerciseversion_side_kind_is_known'),
        ),
    ]
