from django.db import migrations, models
from django.db.models import Min, OuterRef, Subquery


def welcome_who_was_here(apps, schema_editor):
    """Patients who have ticked off a session themselves know their page already."""
    Patient = apps.get_model("patients", "Patient")
    Session = apps.get_model("patients", "Session")
    own = Session.objects.filter(assignment__patient=OuterRef("pk"), source="patient").order_by()
    first = own.values("assignment__patient").annotate(at=Min("received_at")).values("at")
    Patient.objects.filter(user__isnull=False).update(welcomed_at=Subquery(first))


class Migration(migrations.Migration):
    dependencies = [("patients", "0012_one_offs_and_zones_of_today")]

    operations = [
        migrations.AddField(
            model_name="patient",
            name="welcomed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.RunPython(welcome_who_was_here, migrations.RunPython.noop),
    ]
