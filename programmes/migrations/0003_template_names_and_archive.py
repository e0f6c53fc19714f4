from django.db import migrations, models
from django.db.models import Q

# A template's name and whether it is archived are about the list, not about what anybody was
# given: patients have copies, which are no templates and stay frozen altogether.
SHELF_MAY_CHANGE = """
CREATE OR REPLACE FUNCTION programmes_programme_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    otherwise programmes_programme%ROWTYPE;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        otherwise := NEW;
        IF OLD.is_template THEN
            otherwise.title := OLD.title;
            otherwise.archived_at := OLD.archived_at;
        END IF;
        IF otherwise IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a published programme never changes'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_published_is_frozen';
END $$;
"""
ALL_IS_FROZEN = """
CREATE OR REPLACE FUNCTION programmes_programme_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published programme never changes'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_published_is_frozen';
END $$;
"""


class Migration(migrations.Migration):
    """Templates can be renamed and archived, and nothing else of a published one changes."""

    dependencies = [("programmes", "0002_published_is_frozen")]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="archived_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=Q(archived_at=None) | Q(is_template=True),
                name="programme_archived_is_a_template",
            ),
        ),
        migrations.RunSQL(SHELF_MAY_CHANGE, ALL_IS_FROZEN),
    ]
