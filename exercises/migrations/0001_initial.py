import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import exercises.fields
import exercises.models.searched
import pictures.storage
import uuid
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations, models

from config import sql


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        sql.from_file("exercises", "search_columns"),
        migrations.CreateModel(
            name='Exercise',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('slug', models.SlugField(max_length=80)),
                ('kind', models.CharField(choices=[('stretch', 'stretch'), ('mobility', 'mobility'), ('nerve', 'nerve'), ('control', 'control'), ('strength', 'strength'), ('aerobic', 'aerobic')], max_length=8, verbose_name='kind')),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('clinic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='exercises', to='accounts.clinic')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ExerciseVersion',
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
                ('guide_hold_seconds_min', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='guide: shortest hold (seconds)')),
                ('guide_hold_seconds_max', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='guide: longest hold (seconds)')),
                ('guide_repetitions_min', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='guide: fewest repetitions')),
                ('guide_repetitions_max', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='guide: most repetitions')),
                ('guide_sets_min', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)], verbose_name='guide: fewest sets')),
                ('guide_sets_max', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)], verbose_name='guide: most sets')),
                ('guide_minutes_min', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(180)], verbose_name='guide: fewest minutes')),
                ('guide_minutes_max', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(180)], verbose_name='guide: most minutes')),
                ('guide_per_day_min', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='guide: fewest times a day')),
                ('guide_per_day_max', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='guide: most times a day')),
                ('search_document', models.GeneratedField(db_persist=True, expression=exercises.models.searched.SearchDocument('name', 'synonyms', 'muscles', 'regions', 'conditions', 'equipment', 'position', models.Value('{"abdominals": ["tummy muscles", "stomach muscles", "abs", "core"], "ankle and foot": ["ankle", "foot", "heel"], "back extensors": ["erector spinae", "back muscles"], "back of thigh": ["back of leg", "back of the leg", "upper leg"], "buttock": ["bottom", "bum", "backside", "glutes"], "buttock pain": ["piriformis syndrome"], "calf": ["lower leg", "back of lower leg"], "cushion": ["pillow"], "door frame": ["doorway"], "exercise band": ["resistance band", "elastic band"], "front of thigh": ["upper leg"], "gluteus maximus": ["gluteals", "glutes", "buttock muscle"], "gluteus medius": ["gluteals", "glutes", "side of the hip"], "groin": ["inner thigh", "front of hip"], "hands and knees": ["all fours", "four-point kneeling"], "hip flexors": ["iliopsoas", "psoas"], "little fitness": ["unfit", "out of breath"], "low back": ["lower back", "lumbar", "small of the back"], "low back pain": ["backache", "lumbago"], "lying on the back": ["supine", "face up"], "lying on the front": ["prone", "face down"], "lying on the side": ["side-lying"], "obliques": ["side tummy muscles", "core"], "osteoarthritis of the hip": ["hip arthritis", "worn hip", "hip OA"], "poor balance": ["unsteady", "falls"], "quadriceps": ["quads", "thigh muscle"], "sciatic nerve": ["nerve"], "sciatica": ["leg pain", "trapped nerve", "slipped disc", "herniated disc"], "shin": ["lower leg", "front of lower leg"], "side of the trunk": ["waist", "flank", "side"], "sitting": ["seated", "sit"], "spinal stenosis": ["narrow spine", "lumbar stenosis"], "standing": ["upright"], "step": ["stair", "stairs"], "strap or towel": ["belt", "rope"], "support to hold": ["worktop", "counter"], "transversus abdominis": ["deep tummy muscle", "core", "TA"], "tummy": ["belly", "stomach", "abdomen", "core"], "weight": ["dumbbell"], "wrist and hand": ["wrist", "hand"]}')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('search_tags', models.GeneratedField(db_persist=True, expression=exercises.models.searched.SearchTags('regions', 'muscles', 'conditions', 'equipment', 'position', 'precautions'), output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField()))),
                ('saved_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('summary', models.CharField(max_length=200, verbose_name='in one sentence')),
                ('steps', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, verbose_name='steps')),
                ('phases', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('set_up', 'set up'), ('move', 'move'), ('hold', 'hold'), ('return', 'return'), ('rest', 'rest')], max_length=6), blank=True, default=list, size=None, verbose_name='phases of the steps')),
                ('cues', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=3, verbose_name='short, for the handout')),
                ('feel', models.TextField(blank=True, verbose_name='what you should feel, and where')),
                ('cautions', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, verbose_name='cautions')),
                ('progress', models.TextField(blank=True, verbose_name='when to move on')),
                ('why', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, verbose_name='why it may help')),
                ('beside', models.TextField(blank=True, verbose_name='what belongs beside it')),
                ('why_for_patient', models.TextField(blank=True, verbose_name='why it may help, for the patient')),
                ('beside_for_patient', models.TextField(blank=True, verbose_name='what goes well with it, for the patient')),
                ('on_paper', models.CharField(blank=True, max_length=200, verbose_name='in one sentence, for the handout')),
                ('side_kind', models.CharField(blank=True, choices=[('', 'both sides together'), ('leg', 'one leg at a time'), ('arm', 'one arm at a time'), ('side', 'one side at a time')], default='', max_length=4, verbose_name='sides')),
                ('flexes', models.CharField(blank=True, choices=[('', 'neither way'), ('forward', 'bends the low back forwards'), ('backward', 'bends the low back backwards')], default='', max_length=8, verbose_name='direction')),
                ('position', models.CharField(blank=True, choices=[('lying on the back', 'lying on the back'), ('lying on the front', 'lying on the front'), ('lying on the side', 'lying on the side'), ('hands and knees', 'hands and knees'), ('kneeling', 'kneeling'), ('sitting', 'sitting'), ('standing', 'standing')], max_length=20, verbose_name='position')),
                ('equipment', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, verbose_name='equipment')),
                ('muscles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, verbose_name='muscles')),
                ('regions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, verbose_name='parts of the body')),
                ('conditions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, verbose_name='conditions')),
                ('synonyms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, verbose_name='other names')),
                ('figure', models.JSONField(blank=True, default=dict, verbose_name='figure')),
                ('precautions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('OST', 'weak bones (osteoporosis)'), ('THR', 'hip replacement'), ('STEN', 'narrow spine (stenosis)'), ('SLIP', 'slipped vertebra (spondylolisthesis)'), ('IRR', 'easily stirred-up sciatica'), ('BP', 'high blood pressure or heart trouble'), ('NECK', 'neck trouble'), ('SHOULDER', 'painful shoulder'), ('WRIST', 'painful wrist'), ('KNEE', 'painful knee'), ('BAL', 'needs support to balance'), ('HERNIA', 'hernia'), ('PREG', 'pregnancy'), ('BIRTH', 'after birth'), ('OP', 'recent surgery')], max_length=8), blank=True, default=list, verbose_name='precautions')),
                ('dose_basis', models.CharField(choices=[('source', 'as in the source'), ('convention', 'clinical convention')], max_length=10)),
                ('source', models.TextField(verbose_name='source')),
                ('content_hash', models.CharField(blank=True, max_length=64)),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='exercises.exercise')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Favourite',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='favourites', to='exercises.exercise')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='LastUse',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('used_at', models.DateTimeField()),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='exercises.exercise')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('file', models.FileField(max_length=80, storage=pictures.storage.picture_files, unique=True, upload_to='')),
                ('width', models.PositiveIntegerField(help_text='pixels')),
                ('height', models.PositiveIntegerField(help_text='pixels')),
                ('uploaded_at', models.DateTimeField()),
                ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.clinic')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Progression',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('easier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps_up', to='exercises.exercise')),
                ('harder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps_down', to='exercises.exercise')),
            ],
        ),
        migrations.AddField(
            model_name='exercise',
            name='harder',
            field=models.ManyToManyField(related_name='easier', through='exercises.Progression', to='exercises.exercise'),
        ),
        migrations.CreateModel(
            name='Shown',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('words', models.CharField(max_length=200, verbose_name='what the photo shows')),
                ('photo', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shown', to='exercises.photo')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shown', to='exercises.exerciseversion')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('role', models.CharField(choices=[('clinician', 'Clinician'), ('lead', 'Clinic lead')], max_length=9)),
                ('signed_on', models.DateField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.clinic')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='exercises.exerciseversion')),
            ],
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('word', models.TextField(primary_key=True, serialize=False)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['word'], name='word_alike', opclasses=['gin_trgm_ops'])],
            },
        ),
        migrations.AddIndex(
            model_name='exerciseversion',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_document'], name='exerciseversion_document'),
        ),
        migrations.AddIndex(
            model_name='exerciseversion',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_tags'], name='exerciseversion_tags'),
        ),
        migrations.AddIndex(
            model_name='exerciseversion',
            index=models.Index(condition=models.Q(('published_at__isnull', False)), fields=['name', 'id'], name='exerciseversion_by_name'),
        ),
        migrations.AddIndex(
            model_name='exerciseversion',
            index=models.Index(condition=models.Q(('published_at__isnull', False)), fields=['exercise', '-number'], name='exerciseversion_newest'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hold_seconds_max', None), ('hold_seconds_min', None)), models.Q(('hold_seconds_max__gte', models.F('hold_seconds_min')), ('hold_seconds_max__isnull', False), ('hold_seconds_max__lte', 600), ('hold_seconds_min__gte', 1), ('hold_seconds_min__isnull', False)), _connector='OR'), name='exerciseversion_hold_seconds_is_a_range'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('repetitions_max', None), ('repetitions_min', None)), models.Q(('repetitions_max__gte', models.F('repetitions_min')), ('repetitions_max__isnull', False), ('repetitions_max__lte', 100), ('repetitions_min__gte', 1), ('repetitions_min__isnull', False)), _connector='OR'), name='exerciseversion_repetitions_is_a_range'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sets_max', None), ('sets_min', None)), models.Q(('sets_max__gte', models.F('sets_min')), ('sets_max__isnull', False), ('sets_max__lte', 10), ('sets_min__gte', 1), ('sets_min__isnull', False)), _connector='OR'), name='exerciseversion_sets_is_a_range'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('minutes_max', None), ('minutes_min', None)), models.Q(('minutes_max__gte', models.F('minutes_min')), ('minutes_max__isnull', False), ('minutes_max__lte', 180), ('minutes_min__gte', 1), ('minutes_min__isnull', False)), _connector='OR'), name='exerciseversion_minutes_is_a_range'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('per_day_max', None), ('per_day_min', None)), models.Q(('per_day_max__gte', models.F('per_day_min')), ('per_day_max__isnull', False), ('per_day_max__lte', 12), ('per_day_min__gte', 1), ('per_day_min__isnull', False)), _connector='OR'), name='exerciseversion_per_day_is_a_range'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dose_kind', 'hold'), ('hold_seconds_min__isnull', False), ('minutes_min', None), ('repetitions_min__isnull', False)), models.Q(('dose_kind', 'repetitions'), ('repetitions_min__isnull', False), ('hold_seconds_min', None), ('minutes_min', None)), models.Q(('dose_kind', 'minutes'), ('minutes_min__isnull', False), ('hold_seconds_min', None), ('repetitions_min', None), ('sets_min', None)), _connector='OR'), name='exerciseversion_dose_fits_its_kind'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('weekdays', []), _negated=True), ('weekdays__contained_by', [0, 1, 2, 3, 4, 5, 6])), name='exerciseversion_weekdays_are_days'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(('every_days', None), ('every_days__range', (1, 14)), _connector='OR'), name='exerciseversion_every_days_in_range'),
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
            constraint=models.UniqueConstraint(fields=('exercise', 'number'), name='exerciseversion_number_once'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.UniqueConstraint(condition=models.Q(('published_at', None)), fields=('exercise',), name='exerciseversion_one_draft'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(('published_at', None), models.Q(('steps', []), _negated=True), _connector='OR'), name='exerciseversion_has_steps'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(('position__in', ['', 'lying on the back', 'lying on the front', 'lying on the side', 'hands and knees', 'kneeling', 'sitting', 'standing'])), name='exerciseversion_position_is_known'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(('flexes__in', ['', 'forward', 'backward'])), name='exerciseversion_flexes_is_known'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(('side_kind__in', ['', 'leg', 'arm', 'side'])), name='exerciseversion_side_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(('published_at', None), ('phases__len', models.F('steps__len')), _connector='OR'), name='exerciseversion_steps_have_phases'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(('phases__contained_by', ['set_up', 'move', 'hold', 'return', 'rest'])), name='exerciseversion_phases_are_known'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(('equipment__contained_by', ['chair', 'two chairs', 'strap or towel', 'door frame', 'wall', 'step', 'cushion', 'support to hold', 'exercise band', 'weight', 'ball'])), name='exerciseversion_equipment_are_known'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(('muscles__contained_by', ['hamstrings', 'calf muscles', 'quadriceps', 'hip flexors', 'adductors', 'gluteus maximus', 'gluteus medius', 'piriformis', 'deep hip rotators', 'abdominals', 'transversus abdominis', 'obliques', 'pelvic floor', 'back extensors', 'multifidus', 'quadratus lumborum', 'trapezius', 'shoulder muscles', 'sciatic nerve'])), name='exerciseversion_muscles_are_known'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(('regions__contained_by', ['neck', 'shoulder', 'arm', 'wrist and hand', 'chest', 'upper back', 'low back', 'tummy', 'side of the trunk', 'hip', 'groin', 'buttock', 'front of thigh', 'back of thigh', 'outer thigh', 'knee', 'calf', 'shin', 'ankle and foot'])), name='exerciseversion_regions_are_known'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(('conditions__contained_by', ['low back pain', 'sciatica', 'tight hamstrings', 'stiff back', 'buttock pain', 'hip pain', 'weak trunk', 'weak legs', 'little fitness', 'spinal stenosis', 'osteoarthritis of the hip', 'poor balance'])), name='exerciseversion_conditions_are_known'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(('precautions__contained_by', ['OST', 'THR', 'STEN', 'SLIP', 'IRR', 'BP', 'NECK', 'SHOULDER', 'WRIST', 'KNEE', 'BAL', 'HERNIA', 'PREG', 'BIRTH', 'OP'])), name='exerciseversion_precautions_are_known'),
        ),
        migrations.AddConstraint(
            model_name='exerciseversion',
            constraint=models.CheckConstraint(condition=models.Q(('dose_basis__in', ['source', 'convention'])), name='exerciseversion_basis_is_known'),
        ),
        migrations.AddConstraint(
            model_name='favourite',
            constraint=models.UniqueConstraint(fields=('user', 'exercise'), name='favourite_once'),
        ),
        migrations.AddIndex(
            model_name='lastuse',
            index=models.Index(fields=['user', '-used_at'], name='lastuse_recent'),
        ),
        migrations.AddConstraint(
            model_name='lastuse',
            constraint=models.UniqueConstraint(fields=('user', 'exercise'), name='lastuse_once'),
        ),
        migrations.AddConstraint(
            model_name='progression',
            constraint=models.UniqueConstraint(fields=('easier', 'harder'), name='progression_once'),
        ),
        migrations.AddConstraint(
            model_name='progression',
            constraint=models.CheckConstraint(condition=models.Q(('easier', models.F('harder')), _negated=True), name='progression_goes_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='exercise',
            constraint=models.UniqueConstraint(fields=('clinic', 'slug'), name='exercise_slug_once_per_owner', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='exercise',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['stretch', 'mobility', 'nerve', 'control', 'strength', 'aerobic'])), name='exercise_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='shown',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('version', 'position'), name='shown_position_once'),
        ),
        migrations.AddConstraint(
            model_name='shown',
            constraint=models.UniqueConstraint(fields=('version', 'photo'), name='shown_once'),
        ),
        migrations.AddConstraint(
            model_name='shown',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='shown_has_words'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('version', 'clinic'), name='signature_one_standing'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('name__regex', '\\S')), name='signature_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['clinician', 'lead'])), name='signature_role_is_known'),
        ),
        sql.from_file("exercises", "search_words"),
        sql.from_file("exercises", "published_stays"),
        sql.from_file("exercises", "signature_stays"),
    ]
