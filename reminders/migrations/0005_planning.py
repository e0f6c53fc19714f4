import django.db.models.deletion
from django.db import migrations, models

import reminders.channels

# A slot's zone is its patient's: a key on both columns, which follows a change of zone.
SAME_ZONE = """
ALTER TABLE patients_patient ADD CONSTRAINT patient_and_zone UNIQUE (id, time_zone);
UPDATE reminders_slot slot SET zone = patient.time_zone
    FROM patients_patient patient WHERE patient.id = slot.patient_id;
ALTER TABLE reminders_slot ADD CONSTRAINT slot_in_the_zone_of_its_patient
    FOREIGN KEY (patient_id, zone) REFERENCES patients_patient (id, time_zone)
    ON UPDATE CASCADE ON DELETE CASCADE;
"""
ANY_ZONE = """
ALTER TABLE reminders_slot DROP CONSTRAINT slot_in_the_zone_of_its_patient;
ALTER TABLE patients_patient DROP CONSTRAINT patient_and_zone;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("patients", "0001_initial"),
        ("reminders", "0004_in_time"),
    ]

    operations = [
        migrations.CreateModel(
            name="CameDue",
            fields=[
                ("pk", models.CompositePrimaryKey("day", "slot", blank=True, editable=False, primary_key=True, serialize=False)),
                ("day", models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name="came_due", to="patients.day")),
                ("slot", models.PositiveSmallIntegerField()),
                ("due_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
            ],
            options={"db_table": "came_due", "managed": False},
        ),
        migrations.RemoveIndex(model_name="slot", name="slot_time"),
        migrations.AddField(
            model_name="slot",
            name="zone",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.RunSQL(SAME_ZONE, ANY_ZONE),
        migrations.AddIndex(
            model_name="slot",
            index=models.Index(fields=["zone", "at"], name="slot_local_time"),
        ),
        migrations.AlterField(
            model_name="reminder",
            name="channel",
            field=models.CharField(default="email", max_length=20, validators=[reminders.channels.validate]),
        ),
    ]
