from django.db import migrations

from accounts.zones import canonical


def take_names_of_today(apps, schema_editor):
    clinics = apps.get_model("accounts", "Clinic").objects
    for zone in clinics.order_by().values_list("time_zone", flat=True).distinct():
        if canonical(zone) != zone:
            clinics.filter(time_zone=zone).update(time_zone=canonical(zone))


class Migration(migrations.Migration):
    """Clinics whose time zone has an old name get its name of today: the same clock."""

    dependencies = [("accounts", "0007_numbers")]

    operations = [migrations.RunPython(take_names_of_today, migrations.RunPython.noop)]
