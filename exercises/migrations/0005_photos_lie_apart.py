"""Photos lie in a storage of their own, and a version shows each of them once."""

from django.db import migrations, models

import exercises.models.photo


class Migration(migrations.Migration):

    dependencies = [('exercises', '0004_drafts_tags_photos')]

    operations = [
        migrations.AlterField(
            model_name='photo',
            name='file',
            field=models.FileField(max_length=80, storage=exercises.models.photo.photo_files, unique=True, upload_to=''),
        ),
        migrations.AddConstraint(
            model_name='shown',
            constraint=models.UniqueConstraint(fields=('version', 'photo'), name='shown_once'),
        ),
    ]
