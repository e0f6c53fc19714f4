from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"
FILL = """
INSERT INTO programmes_programmewords (programme_id, advice)
    SELECT id, advice FROM programmes_programme WHERE advice <> '';
INSERT INTO programmes_itemwords (item_id, note)
    SELECT id, note FROM programmes_item WHERE note <> '';
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    """Advice and notes lie apart from what is prescribed, so that they can be erased."""

    dependencies = [("programmes", "0004_whose_own")]

    operations = [
        migrations.CreateModel(
            name="ProgrammeWords",
            fields=[
                ("programme", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="words", serialize=False, to="programmes.programme")),
                ("advice", models.TextField(blank=True, max_length=2000, verbose_name="advice for the patient")),
            ],
        ),
        migrations.CreateModel(
            name="ItemWords",
            fields=[
                ("item", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="words", serialize=False, to="programmes.item")),
                ("note", models.TextField(blank=True, max_length=500, verbose_name="note for the patient")),
            ],
        ),
        migrations.RunSQL(FILL),
        migrations.RemoveField("programme", "advice"),
        migrations.RemoveField("item", "note"),
        migrations.RunSQL((SQL / "published_is_frozen.sql").read_text()),
        migrations.RunSQL((SQL / "words_stay.sql").read_text()),
    ]
