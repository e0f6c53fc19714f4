"""How many tests somebody has had is a limit now: nothing looks for them among the letters."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_actions_and_limits")]

    operations = [migrations.RemoveIndex(model_name="letter", name="letter_test")]
