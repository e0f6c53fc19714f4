import django.db.models.deletion
from django.db import migrations, models

# A reminder's assignment is one of its patient's: one key says so, and that both exist.
ONE_KEY = """
ALTER TABLE patients_assignment ADD CONSTRAINT assignment_and_patient UNIQUE (id, patient_id);
ALTER TABLE reminders_reminder ADD CONSTRAINT reminder_of_assignment
    FOREIGN KEY (assignment_id, patient_id) REFERENCES patients_assignment (id, patient_id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""
TWO_KEYS = """
ALTER TABLE reminders_reminder DROP CONSTRAINT reminder_of_assignment;
ALTER TABLE patients_assignment DROP CONSTRAINT assignment_and_patient;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("patients", "0004_warning_signs"),
        ("reminders", "0007_due_and_held"),
    ]

    operations = [
        migrations.AlterField(
            model_name="reminder",
            name="assignment",
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="patients.assignment"),
        ),
        migrations.AlterField(
            model_name="reminder",
            name="patient",
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="patients.patient"),
        ),
        migrations.RunSQL(ONE_KEY, TWO_KEYS),
        # No table: what planning's statement speaks of.
        migrations.DeleteModel(name="CameDue"),
        migrations.CreateModel(
            name="CameDue",
            fields=[
                ("pk", models.CompositePrimaryKey("patient", "on", "slot", blank=True, editable=False, primary_key=True, serialize=False)),
                ("slot", models.PositiveSmallIntegerField()),
                ("on", models.DateField()),
                ("asks_from", models.PositiveSmallIntegerField()),
                ("asks_to", models.PositiveSmallIntegerField()),
                ("due_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("patient", models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name="came_due", to="patients.patient")),
            ],
            options={"db_table": "came_due", "managed": False},
        ),
    ]
