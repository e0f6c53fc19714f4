"""The columns that held one signature for everybody go; 0010 has copied them."""

from django.db import migrations

# Nothing of a published version may change any more but what the database computes.
KEEP = """
CREATE OR REPLACE FUNCTION exercises_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['search_document', 'search_tags'];
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
KEPT = KEEP.replace("ARRAY[", "ARRAY['reviewed_by_id', 'reviewed_on', ")


class Migration(migrations.Migration):
    dependencies = [("exercises", "0010_signatures")]

    operations = [
        migrations.RemoveConstraint("exerciseversion", "exerciseversion_review_is_signed"),
        migrations.RemoveConstraint("exerciseversion", "exerciseversion_review_of_published"),
        migrations.RemoveField("exerciseversion", "reviewed_by"),
        migrations.RemoveField("exerciseversion", "reviewed_on"),
        migrations.RunSQL(KEEP, KEPT),
    ]
