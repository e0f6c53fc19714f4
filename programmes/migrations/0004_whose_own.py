"""A programme that is one patient's own says whose: its pages and its events name the patient."""

from django.db import migrations, models

# A version belongs to whoever its line is assigned to, a draft not yet given to whom it is built
# for. Published ones are frozen, so the trigger stands aside while this is filled in.
FILL = """
ALTER TABLE programmes_programme DISABLE TRIGGER programme_published_is_frozen;
UPDATE programmes_programme p SET patient_id = a.patient_id
FROM patients_assignment a JOIN programmes_programme current ON current.id = a.programme_id
WHERE p.line_id = current.line_id AND NOT p.is_template;
UPDATE programmes_programme p SET patient_id = o.patient_id
FROM patients_oneoff o WHERE o.programme_id = p.id AND NOT p.is_template;
-- Of a record that is gone: a key that is nobody's.
UPDATE programmes_programme SET patient_id = id WHERE patient_id IS NULL AND NOT is_template;
SET CONSTRAINTS ALL IMMEDIATE;  -- a row that is written twice still waits to be looked at
ALTER TABLE programmes_programme ENABLE TRIGGER programme_published_is_frozen;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("programmes", "0003_template_names_and_archive"),
        ("patients", "0015_access_taken_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="patient_id",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_template", True), ("patient_id", None)),
                    models.Q(("is_template", False), ("patient_id__isnull", False)),
                    _connector="OR",
                ),
                name="programme_is_a_template_or_a_patients",
            ),
        ),
    ]
