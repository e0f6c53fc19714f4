"""Full-text search: stems, lay words and tags, in columns that the database keeps."""

import json

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

import exercises.models.searched

COLUMNS = ("name", "synonyms", "muscles", "regions", "conditions", "equipment", "position")
TAGGED = ("regions", "muscles", "conditions", "equipment", "position", "precautions")
LAY_WORDS = {
    "abdominals": ["tummy muscles", "stomach muscles", "abs", "core"],
    "ankle and foot": ["ankle", "foot", "heel"],
    "back extensors": ["erector spinae", "back muscles"],
    "back of thigh": ["back of leg", "back of the leg", "upper leg"],
    "buttock": ["bottom", "bum", "backside", "glutes"],
    "buttock pain": ["piriformis syndrome"],
    "calf": ["lower leg", "back of lower leg"],
    "cushion": ["pillow"],
    "door frame": ["doorway"],
    "exercise band": ["resistance band", "elastic band"],
    "front of thigh": ["upper leg"],
    "gluteus maximus": ["gluteals", "glutes", "buttock muscle"],
    "gluteus medius": ["gluteals", "glutes", "side of the hip"],
    "groin": ["inner thigh", "front of hip"],
    "hands and knees": ["all fours", "four-point kneeling"],
    "hip flexors": ["iliopsoas", "psoas"],
    "little fitness": ["unfit", "out of breath"],
    "low back": ["lower back", "lumbar", "small of the back"],
    "low back pain": ["backache", "lumbago"],
    "lying on the back": ["supine", "face up"],
    "lying on the front": ["prone", "face down"],
    "lying on the side": ["side-lying"],
    "obliques": ["side tummy muscles", "core"],
    "quadriceps": ["quads", "thigh muscle"],
    "sciatic nerve": ["nerve"],
    "sciatica": ["leg pain", "trapped nerve"],
    "shin": ["lower leg", "front of lower leg"],
    "side of the trunk": ["waist", "flank", "side"],
    "sitting": ["seated", "sit"],
    "standing": ["upright"],
    "step": ["stair", "stairs"],
    "strap or towel": ["belt", "rope"],
    "support to hold": ["worktop", "counter"],
    "transversus abdominis": ["deep tummy muscle", "core"],
    "tummy": ["belly", "stomach", "abdomen", "core"],
    "weight": ["dumbbell"],
    "wrist and hand": ["wrist", "hand"],
}
LAY = json.dumps(LAY_WORDS, ensure_ascii=False)

# The dictionary of each word is named in full, so that all of this may be called immutable.
# Hyphens, slashes and dots part words: PostgreSQL would read "hip/knee" as a file's name.
# Of a position the first word only ("lying"): "back" is asked for as a part of the body.
FUNCTIONS = """
CREATE FUNCTION exercises_said(tags varchar[], lay jsonb) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
        SELECT ARRAY(
            SELECT word FROM unnest(tags) AS tag, jsonb_array_elements_text(lay -> tag) AS word
        )
    $$;

CREATE FUNCTION exercises_stems(words text[], weight "char") RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
        SELECT setweight(
            to_tsvector('pg_catalog.english', plain) || to_tsvector('pg_catalog.simple', plain),
            weight
        )
        FROM translate(
            public.exercises_plain(array_to_string(words, ' ')), '-/_.:@''', '       '
        ) AS plain
    $$;

CREATE FUNCTION exercises_search_document(
    name varchar, synonyms varchar[], muscles varchar[], regions varchar[],
    conditions varchar[], equipment varchar[], "position" varchar, lay text
) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
        SELECT public.exercises_stems(ARRAY[name], 'A')
            || public.exercises_stems(synonyms, 'B')
            || public.exercises_stems(
                muscles || regions || conditions
                || public.exercises_said(muscles || regions || conditions, lay::jsonb)::varchar[],
                'C'
            )
            || public.exercises_stems(
                equipment || split_part("position", ' ', 1)::varchar
                || public.exercises_said(equipment || "position", lay::jsonb)::varchar[],
                'D'
            )
    $$;

CREATE FUNCTION exercises_search_tags(
    regions varchar[], muscles varchar[], conditions varchar[], equipment varchar[],
    "position" varchar, precautions varchar[]
) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
        SELECT ARRAY(
            SELECT 'region:' || tag FROM unnest(regions) AS tag
            UNION SELECT 'muscle:' || tag FROM unnest(muscles) AS tag
            UNION SELECT 'condition:' || tag FROM unnest(conditions) AS tag
            UNION SELECT 'equipment:' || tag FROM unnest(equipment) AS tag
            UNION SELECT 'position:' || "position" WHERE "position" <> ''
            UNION SELECT 'avoid:' || tag FROM unnest(precautions) AS tag
        )
    $$;

-- One word as typed: its stem, or what begins like it.
CREATE FUNCTION exercises_query(word text, weights text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
        SELECT to_tsquery('pg_catalog.english', term || ':' || weights)
            || to_tsquery('pg_catalog.simple', term || ':*' || weights)
        FROM (
            SELECT '''' || translate(public.exercises_plain(word), '''\\', '') || '''' AS term
        ) AS terms
    $$;
"""
NO_FUNCTIONS = """
DROP FUNCTION exercises_query(text, text);
DROP FUNCTION exercises_search_tags(
    varchar[], varchar[], varchar[], varchar[], varchar, varchar[]
);
DROP FUNCTION exercises_search_document(
    varchar, varchar[], varchar[], varchar[], varchar[], varchar[], varchar, text
);
DROP FUNCTION exercises_stems(text[], "char");
DROP FUNCTION exercises_said(varchar[], jsonb);
"""

# Slips of the keyboard are told by the words that there are, each kept once. The words of
# a version join the others in order, so that two writers do not wait in a circle.
WORDS = """
CREATE FUNCTION exercises_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO exercises_word (word)
        SELECT word FROM unnest(tsvector_to_array(NEW.search_document)) AS word ORDER BY word
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE TRIGGER exerciseversion_keeps_words
    AFTER INSERT OR UPDATE ON exercises_exerciseversion
    FOR EACH ROW EXECUTE FUNCTION exercises_keep_words();

INSERT INTO exercises_word (word)
    SELECT DISTINCT unnest(tsvector_to_array(search_document)) FROM exercises_exerciseversion;

-- The same, or any word that is spelled much like it. How alike is alike enough, 0 to 1, is
-- a setting of the operator that uses the index. Measured on the library: slips
-- ("pirifromis", "strech") reach 0.47 and more.
CREATE FUNCTION exercises_query_like(typed text) RETURNS tsquery
    LANGUAGE plpgsql STABLE STRICT
    SET pg_trgm.similarity_threshold = 0.42
    AS $$
        DECLARE
            alike text;
        BEGIN
            SELECT string_agg(quote_literal(replace(word, '\\', '')), ' | ') INTO alike
                FROM exercises_word WHERE word % public.exercises_plain(typed);
            RETURN public.exercises_query(typed, 'ABCD') || COALESCE(alike, '')::tsquery;
        END
    $$;
"""
NO_WORDS = """
DROP FUNCTION exercises_query_like(text);
DROP TRIGGER exerciseversion_keeps_words ON exercises_exerciseversion;
DROP FUNCTION exercises_keep_words();
"""

# Every word in one text, as searched before.
NO_TEXT = """
DROP FUNCTION exercises_search_words(varchar, varchar[], varchar[], varchar[], varchar[]);
"""
TEXT = """
CREATE FUNCTION exercises_search_words(
    name varchar, synonyms varchar[], muscles varchar[], regions varchar[], conditions varchar[]
) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
        SELECT public.exercises_plain(
            array_to_string(ARRAY[name] || synonyms || muscles || regions || conditions, ' ')
        )
    $$;
"""

# The columns that follow others are not yet computed in a BEFORE trigger.
KEEP = """
CREATE OR REPLACE FUNCTION exercises_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY[
        'reviewed_by_id', 'reviewed_on', 'search_document', 'search_tags'
    ];
BEGIN
    IF OLD.published_at IS NOT NULL
        AND to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change
    THEN
        RAISE EXCEPTION 'a published exercise version never changes: publish the next one'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'exerciseversion_stays';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("exercises", "0004_drafts_tags_photos")]
    replaces = [
        ("exercises", "0005_photos_lie_apart"),
        ("exercises", "0006_full_text"),
        ("exercises", "0007_slips"),
        ("exercises", "0008_words"),
    ]

    operations = [
        migrations.RemoveIndex("exerciseversion", "exerciseversion_search"),
        migrations.RemoveField("exerciseversion", "search_words"),
        migrations.RunSQL(NO_TEXT, TEXT),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.AddField(
            "exerciseversion",
            "search_document",
            models.GeneratedField(
                db_persist=True,
                expression=exercises.models.searched.SearchDocument(*COLUMNS, models.Value(LAY)),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddField(
            "exerciseversion",
            "search_tags",
            models.GeneratedField(
                db_persist=True,
                expression=exercises.models.searched.SearchTags(*TAGGED),
                output_field=django.contrib.postgres.fields.ArrayField(models.TextField()),
            ),
        ),
        migrations.AddIndex(
            "exerciseversion",
            django.contrib.postgres.indexes.GinIndex(
                fields=["search_document"], name="exerciseversion_document"
            ),
        ),
        migrations.AddIndex(
            "exerciseversion",
            django.contrib.postgres.indexes.GinIndex(
                fields=["search_tags"], name="exerciseversion_tags"
            ),
        ),
        migrations.AddIndex(
            "exerciseversion",
            models.Index(
                condition=models.Q(("published_at__isnull", False)),
                fields=["exercise", "-number"],
                name="exerciseversion_newest",
            ),
        ),
        migrations.CreateModel(
            "Word",
            fields=[("word", models.TextField(primary_key=True, serialize=False))],
        ),
        migrations.AddIndex(
            "word",
            django.contrib.postgres.indexes.GinIndex(
                fields=["word"], name="word_alike", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.RunSQL(WORDS, NO_WORDS),
    ]
