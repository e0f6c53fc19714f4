"""A page of the library comes in the order of names, without sorting them all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exercises", "0005_search")]

    operations = [
        migrations.AddIndex(
            "exerciseversion",
            models.Index(
                condition=models.Q(("published_at__isnull", False)),
                fields=["name", "id"],
                name="exerciseversion_by_name",
            ),
        ),
    ]
