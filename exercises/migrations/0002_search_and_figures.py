"""Search by name without minding accents and slips; figures; versions that stay as published."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations, models

import exercises.models

# unaccent() alone depends on the search path, so PostgreSQL will not index it:
# a wrapper that names the dictionary in full may be called immutable.
WORDS = """
CREATE FUNCTION exercises_plain(words text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT lower(public.unaccent('public.unaccent', words)) $$;

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
NO_WORDS = """
DROP FUNCTION exercises_search_words(varchar, varchar[], varchar[], varchar[], varchar[]);
DROP FUNCTION exercises_plain(text);
"""

# search_words follows the other columns and is not yet computed in a BEFORE trigger.
KEEP = """
CREATE FUNCTION exercises_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['reviewed_by_id', 'reviewed_on', 'search_words'];
BEGIN
    IF to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change THEN
        RAISE EXCEPTION 'a published exercise version never changes: publish the next one'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'exerciseversion_stays';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER exerciseversion_stays
    BEFORE UPDATE ON exercises_exerciseversion
    FOR EACH ROW EXECUTE FUNCTION exercises_version_stays();
"""
NO_KEEP = """
DROP TRIGGER exerciseversion_stays ON exercises_exerciseversion;
DROP FUNCTION exercises_version_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("exercises", "0001_initial")]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.AddField(
            "exerciseversion",
            "figure",
            models.SlugField(blank=True, default="", max_length=80, verbose_name="figure"),
            preserve_default=False,
        ),
        migrations.AddField(
            "exerciseversion",
            "figure_alt",
            models.TextField(blank=True, default="", verbose_name="figure in words"),
            preserve_default=False,
        ),
        migrations.AddField(
            "exerciseversion",
            "search_words",
            models.GeneratedField(
                db_persist=True,
                expression=exercises.models.SearchWords(
                    "name", "synonyms", "muscles", "regions", "conditions"
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddConstraint(
            "exerciseversion",
            models.CheckConstraint(
                condition=models.Q(("figure", ""), models.Q(("figure_alt", ""), _negated=True), _connector="OR"),
                name="exerciseversion_figure_has_words",
            ),
        ),
        migrations.AddIndex(
            "exerciseversion",
            django.contrib.postgres.indexes.GinIndex(
                fields=["search_words"], name="exerciseversion_search", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.RunSQL(KEEP, NO_KEEP),
    ]
