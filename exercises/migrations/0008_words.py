"""Slips of the keyboard are told by the words that there are, each kept once."""

import django.contrib.postgres.indexes
from django.db import migrations, models

# The words of a version join the others; in order, so that two writers do not wait in a circle.
FUNCTIONS = """
DROP FUNCTION exercises_like(text);

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

-- One word as typed: its stem, or what begins like it.
CREATE OR REPLACE FUNCTION exercises_query(word text, weights text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
        SELECT to_tsquery('pg_catalog.english', term || ':' || weights)
            || to_tsquery('pg_catalog.simple', term || ':*' || weights)
        FROM (
            SELECT '''' || translate(public.exercises_plain(word), '''\\', '') || '''' AS term
        ) AS terms
    $$;

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
NO_FUNCTIONS = """
DROP FUNCTION exercises_query_like(text);
DROP TRIGGER exerciseversion_keeps_words ON exercises_exerciseversion;
DROP FUNCTION exercises_keep_words();
CREATE FUNCTION exercises_like(word text) RETURNS SETOF uuid
    LANGUAGE sql AS 'SELECT id FROM exercises_exerciseversion WHERE false';
"""


class Migration(migrations.Migration):
    dependencies = [("exercises", "0007_slips")]

    operations = [
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
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RemoveIndex("exerciseversion", "exerciseversion_search"),
        migrations.RemoveField("exerciseversion", "search_words"),
    ]
