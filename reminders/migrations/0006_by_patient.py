import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("patients", "0001_initial"),
        ("reminders", "0005_planning"),
    ]

    operations = [
        migrations.DeleteModel(name="CameDue"),
        migrations.CreateModel(
            name="CameDue",
            fields=[
                ("pk", models.CompositePrimaryKey("patient", "on", "slot", blank=True, editable=False, primary_key=True, serialize=False)),
                ("is_own", models.BooleanField()),
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
        migrations.RemoveIndex(model_name="reminder", name="reminder_of_a_patient"),
        migrations.AlterField(
            model_name="reminder",
            name="patient",
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="patients.patient"),
        ),
    ]
