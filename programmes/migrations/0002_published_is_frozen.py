from django.db import migrations, models

# FOR SHARE waits for a publication under way in another transaction, and the next
# statement sees it: nothing slips into a programme while it is being published.
ITEMS_FREEZE = """
CREATE FUNCTION programmes_item_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM programmes_programme
    WHERE id IN (OLD.programme_id, NEW.programme_id) FOR SHARE;
    IF EXISTS (
        SELECT FROM programmes_programme
        WHERE id IN (OLD.programme_id, NEW.programme_id) AND published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'the items of a published programme never change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'item_of_published_is_frozen';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE TRIGGER item_of_published_is_frozen
BEFORE INSERT OR UPDATE OR DELETE ON programmes_item
FOR EACH ROW EXECUTE FUNCTION programmes_item_is_frozen();
"""
ITEMS_THAW = """
DROP TRIGGER item_of_published_is_frozen ON programmes_item;
DROP FUNCTION programmes_item_is_frozen();
"""

PROGRAMMES_FREEZE = """
CREATE FUNCTION programmes_programme_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published programme never changes'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_published_is_frozen';
END $$;

CREATE TRIGGER programme_published_is_frozen
BEFORE UPDATE OR DELETE ON programmes_programme
FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
EXECUTE FUNCTION programmes_programme_is_frozen();
"""
PROGRAMMES_THAW = """
DROP TRIGGER programme_published_is_frozen ON programmes_programme;
DROP FUNCTION programmes_programme_is_frozen();
"""


class Migration(migrations.Migration):
    """Published programmes never change, whoever asks; and an exercise is in one only once."""

    dependencies = [("programmes", "0001_initial")]

    operations = [
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(
                fields=["programme", "exercise_version"], name="item_exercise_once"
            ),
        ),
        migrations.RunSQL(PROGRAMMES_FREEZE, PROGRAMMES_THAW),
        migrations.RunSQL(ITEMS_FREEZE, ITEMS_THAW),
    ]
