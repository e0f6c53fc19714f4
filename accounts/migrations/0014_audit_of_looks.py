"""Events say as what somebody acted, and on which page somebody looked or was refused."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0011_asked_for_while_signed_out"),
    ]

    operations = [
        migrations.AddField(
            model_name="auditevent",
            name="actor_role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("clinician", "Clinician"),
                    ("lead", "Clinic lead"),
                    ("patient", "The patient’s own account"),
                ],
                default="",
                max_length=9,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="auditevent",
            name="page",
            field=models.CharField(blank=True, default="", max_length=60),
            preserve_default=False,
        ),
    ]
