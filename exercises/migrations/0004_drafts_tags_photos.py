"""Drafts, tags from a vocabulary, figures as data, photos, favourites."""

import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

import exercises.models.photo

# Versions published before there was a vocabulary get its words, so that programmes
# made with them stay as they are. Their drawings were files and are gone.
OLD_WORDS = """
CREATE FUNCTION pg_temp.renamed(words varchar[], names jsonb) RETURNS varchar[]
    LANGUAGE sql IMMUTABLE
    AS $$
        SELECT COALESCE(array_agg(DISTINCT names ->> word), '{}')
        FROM unnest(words) AS word
        WHERE names ->> word IS NOT NULL
    $$;

ALTER TABLE exercises_exerciseversion DISABLE TRIGGER exerciseversion_stays;
UPDATE exercises_exerciseversion SET
    saved_at = published_at,
    position = CASE
        WHEN position LIKE 'Lying on your back%' THEN 'lying on the back'
        WHEN position LIKE 'Sitting%' THEN 'sitting'
        ELSE ''
    END,
    equipment = pg_temp.renamed(equipment, '{
        "chair": "chair", "belt or towel": "strap or towel", "doorway": "door frame"
    }'),
    muscles = pg_temp.renamed(muscles, '{
        "hamstrings": "hamstrings", "calf": "calf muscles", "gluteals": "gluteus maximus",
        "gluteus maximus": "gluteus maximus", "piriformis": "piriformis",
        "deep hip rotators": "deep hip rotators", "abdominals": "abdominals",
        "transversus abdominis": "transversus abdominis", "hip flexors": "hip flexors",
        "pelvic floor": "pelvic floor", "low back muscles": "back extensors"
    }'),
    regions = pg_temp.renamed(regions, '{
        "back of thigh": "back of thigh", "back of leg": "back of thigh", "calf": "calf",
        "low back": "low back", "pelvis": "low back", "buttock": "buttock",
        "bottom": "buttock", "hip": "hip", "tummy": "tummy"
    }'),
    conditions = pg_temp.renamed(conditions, '{
        "low back pain": "low back pain", "sciatica": "sciatica", "leg pain": "sciatica",
        "tight hamstrings": "tight hamstrings", "stiff back": "stiff back",
        "buttock pain": "buttock pain"
    }');
ALTER TABLE exercises_exerciseversion ENABLE TRIGGER exerciseversion_stays;
DROP FUNCTION pg_temp.renamed(varchar[], jsonb);
"""

# A draft may change and go; what is published, with its photos, stays.
KEEP = """
CREATE OR REPLACE FUNCTION exercises_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['reviewed_by_id', 'reviewed_on', 'search_words'];
BEGIN
    IF OLD.published_at IS NOT NULL
        AND to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change
    THEN
        RAISE EXCEPTION 'a published exercise version never changes: publish the next one'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'exerciseversion_stays';
    END IF;
    RETURN NEW;
END $$;

-- Deleting is left to the deletion of the whole version, which Django does row by row.
CREATE FUNCTION exercises_shown_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM exercises_exerciseversion
        WHERE id IN (OLD.version_id, NEW.version_id) AND published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'the photos of a published exercise version never change'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'shown_stays';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER shown_stays
    BEFORE INSERT OR UPDATE ON exercises_shown
    FOR EACH ROW EXECUTE FUNCTION exercises_shown_stays();
"""
NO_KEEP = """
DROP TRIGGER shown_stays ON exercises_shown;
DROP FUNCTION exercises_shown_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_roles_as_words'),
        ('exercises', '0003_known_values'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Favourite',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='LastUse',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('used_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('file', models.FileField(max_length=80, storage=exercises.models.photo.photo_files, unique=True, upload_to='')),
                ('width', models.PositiveIntegerField(help_text='pixels')),
                ('height', models.PositiveIntegerField(help_text='pixels')),
                ('uploaded_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Shown',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('words', models.CharField(max_length=200, verbose_name='what the photo shows')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='exerciseversion',
            name='exerciseversion_figure_has_words',
        ),
        migrations.RemoveConstraint(
            model_name='exerciseversion',
            name='exerciseversion_has_steps',
        ),
        migrations.AddField(
            model_name='exercise',
            name='created_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='exerciseversion',
            name='flexes',
            field=models.CharField(blank=True, choices=[('', 'neither way'), ('forward', 'bends the low back forwards'), ('backward', 'bends the low back backwards')], default='', max_length=8, verbose_name='direction'),
        ),
        migrations.AddField(
            model_name='exerciseversion',
            name='saved_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='exerciseversion',
            name='written_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunSQL(OLD_WORDS, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='exerciseversion',
            name='conditions',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, verbose_name='conditions'),
        ),
        migrations.AlterField(
            model_name='exerciseversion',
            name='content_hash',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name='exerciseversion',
            name='equipment',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, verbose_name='equipment'),
        ),
        migrations.RemoveField(model_name='exerciseversion', name='figure'),
        migrations.AddField(
            model_name='exerciseversion',
            name='figure',
            field=models.JSONField(blank=True, default=dict, verbose_name='figure'),
        ),
        migrations.AlterField(
            model_name='exerciseversion',
            name='muscles',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, verbose_name='muscles'),
        ),
        migrations.AlterField(
            model_name='exerciseversion',
            name='position',
            field=models.CharField(blank=True, choices=[('lying on the back', 'lying on the back'), ('lying on the front', 'lying on the front'), ('lying on the side', 'lying on the side'), ('hands and knees', 'hands and knees'), ('kneeling', 'kneeling'), ('sitting', 'sitting'), ('standing', 'standing')], max_length=20, verbose_name='position'),
        ),
        migrations.AlterField(
            model_name='exerciseversion',
            name='published_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='exerciseversion',
            name='regions',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, verbose_name='parts of the body'),
        ),
        migrations.AlterField(
            model_name='exerciseversion',
            name='steps',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, verbose_name='steps'),
        ),
        migrations.AlterField(
            model_name='exerciseversion',
            name='synonyms',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, verbose_name='other names'),
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
            constraint=models.CheckConstraint(condition=models.Q(('reviewed_on', None), ('published_at__isnull', False), _connector='OR'), name='exerciseversion_review_of_published'),
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
            constraint=models.CheckConstraint(condition=models.Q(('conditions__contained_by', ['low back pain', 'sciatica', 'tight hamstrings', 'stiff back', 'buttock pain', 'hip pain', 'weak trunk', 'weak legs', 'little fitness'])), name='exerciseversion_conditions_are_known'),
        ),
        migrations.AddField(
            model_name='favourite',
            name='exercise',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='favourites', to='exercises.exercise'),
        ),
        migrations.AddField(
            model_name='favourite',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='lastuse',
            name='exercise',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='exercises.exercise'),
        ),
        migrations.AddField(
            model_name='lastuse',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='photo',
            name='clinic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.clinic'),
        ),
        migrations.AddField(
            model_name='photo',
            name='uploaded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='shown',
            name='photo',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shown', to='exercises.photo'),
        ),
        migrations.AddField(
            model_name='shown',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shown', to='exercises.exerciseversion'),
        ),
        migrations.RemoveField(
            model_name='exerciseversion',
            name='figure_alt',
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
            model_name='shown',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('version', 'position'), name='shown_position_once'),
        ),
        migrations.AddConstraint(
            model_name='shown',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='shown_has_words'),
        ),
        migrations.AddConstraint(
            model_name='shown',
            constraint=models.UniqueConstraint(fields=('version', 'photo'), name='shown_once'),
        ),
        migrations.RunSQL(KEEP, NO_KEEP),
    ]
