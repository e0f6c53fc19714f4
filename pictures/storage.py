"""Where pictures lie: private, outside everything that a web server hands out.

A file is written before its row and deleted after the row is gone for good: a crash in between
leaves a file without a row, which ``delete_strays`` takes away, and never a row without a file.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.db.models.fields.files import FieldFile

from pictures.sanitiser import Picture

WRITTEN_LATELY = timedelta(days=1)  # a file as young as this may still be getting its row


def picture_files() -> Storage:
    return storages["photos"]


def write(picture: Picture, *, folder: str = "") -> str:
    """The name of a new file: a random one, in this folder of the storage."""
    return picture_files().save(f"{folder}{uuid4().hex}.webp", ContentFile(picture.content))


def delete_after_commit(file: FieldFile) -> None:
    """Delete it once it is final that no row names it."""
    transaction.on_commit(partial(picture_files().delete, str(file)), robust=True)


def delete_strays(known: Collection[str], *, folder: str = "", now: datetime) -> int:
    """Delete the files of this folder that a crash left behind, once it is certain that no row
    is on its way: those that are not ``known``. How many they were."""
    files = picture_files()
    if not files.exists(folder):
        return 0
    strays = [
        name
        for name in (folder + file for file in files.listdir(folder)[1])
        if name not in known and now - files.get_modified_time(name) > WRITTEN_LATELY
    ]
    for name in strays:
        files.delete(name)
    return len(strays)
