"""A clinic's logo: changed, removed, tidied. How files are kept stands in ``pictures.storage``."""

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.actions import Action
from accounts.models import Clinic, User
from pictures import storage
from pictures.sanitiser import Picture

FOLDER = "logos/"


def change(clinic: Clinic, logo: Picture, *, by: User, now: datetime) -> None:
    """Show this logo from now on. The file of the one before is deleted."""
    name = storage.write(logo, folder=FOLDER)
    with transaction.atomic():
        _put(clinic, name, logo.width, logo.height)
        audit.record(by, Action.CLINIC_LOGO_CHANGED, clinic, clinic=clinic, now=now)


@transaction.atomic
def remove(clinic: Clinic, *, by: User, now: datetime) -> bool:
    """Show no logo any more, and delete its file. False if there was none."""
    if not _put(clinic, "", None, None):
        return False
    audit.record(by, Action.CLINIC_LOGO_REMOVED, clinic, clinic=clinic, now=now)
    return True


def _put(clinic: Clinic, name: str, width: int | None, height: int | None) -> bool:
    """Whether there was another logo before. Two at the same moment take turns."""
    before = Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk).logo
    Clinic.objects.filter(pk=clinic.pk).update(logo=name, logo_width=width, logo_height=height)
    if before:
        storage.delete_after_commit(before)
    return bool(before)


def tidy(*, now: datetime) -> int:
    """Delete the files of logos that no clinic has. Running it twice changes nothing."""
    known = set(Clinic.objects.exclude(logo="").values_list("logo", flat=True))
    return storage.delete_strays(known, folder=FOLDER, now=now)
