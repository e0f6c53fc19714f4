import uuid

import django.db.models.deletion
from django.db import migrations, models

from accounts.zones import canonical


def take_names_of_today(apps, schema_editor):
    patients = apps.get_model("patients", "Patient").objects
    for zone in patients.order_by().values_list("time_zone", flat=True).distinct():
        if canonical(zone) != zone:
            patients.filter(time_zone=zone).update(time_zone=canonical(zone))


class Migration(migrations.Migration):
    """A draft built for one patient, at most one each; old names of zones become those of today."""

    dependencies = [
        ("patients", "0011_pain_is_dealt_with_like_any_reason"),
        ("programmes", "0002_published_is_frozen"),
    ]

    operations = [
        migrations.CreateModel(
            name="OneOff",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "patient",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="one_off",
                        to="patients.patient",
                    ),
                ),
                (
                    "programme",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="one_off",
                        to="programmes.programme",
                    ),
                ),
            ],
        ),
        migrations.RunPython(take_names_of_today, migrations.RunPython.noop),
    ]
