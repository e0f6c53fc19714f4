"""Find when an account came to a record, and when it left, without reading the whole trail."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0014_audit_of_looks"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                condition=models.Q(("action", "invitation_accepted")),
                fields=["actor", "at"],
                name="audit_of_coming",
            ),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                condition=models.Q(("action", "access_closed")),
                fields=["patient_id", "at"],
                name="audit_of_closing",
            ),
        ),
    ]
