from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("accounts", "0016_audit_of_holders")]

    operations = [
        migrations.RemoveConstraint("mailbox", "mailbox_paused_after_three"),
        migrations.RemoveConstraint("mailbox", "mailbox_doubtful_before_three"),
        migrations.RenameModel("Mailbox", "AddressTrouble"),
        migrations.AddConstraint(
            "addresstrouble",
            models.CheckConstraint(
                condition=~Q(state="paused") | Q(refusals__gte=3),
                name="addresstrouble_paused_after_three",
            ),
        ),
        migrations.AddConstraint(
            "addresstrouble",
            models.CheckConstraint(
                condition=~Q(state="doubtful") | Q(refusals__lt=3),
                name="addresstrouble_doubtful_before_three",
            ),
        ),
    ]
