"""What a record's precautions say to a programme, before it is given and while it is changed."""

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlencode
from uuid import UUID

from patients.models import Patient
from programmes.models import Item, Programme
from programmes.precautions import AsksFirst, asking_first


def of_programmes(programmes: Iterable[Programme], patient: Patient) -> dict[UUID, list[AsksFirst]]:
    """Those of these programmes that hold something for which the patient should ask first."""
    if not patient.precautions:
        return {}
    items = Item.objects.filter(
        programme__in=programmes, exercise_version__precautions__overlap=patient.precautions
    )
    held = defaultdict(list)
    for item in items.select_related("exercise_version"):
        held[item.programme_id].append(item)
    return {key: asking_first(found, patient.precautions) for key, found in held.items()}


def of_patients(patients: Iterable[Patient], programme: Programme) -> dict[UUID, list[AsksFirst]]:
    """Those of these patients who should ask first about something in the programme."""
    items = list(programme.items.select_related("exercise_version"))
    found = {patient.pk: asking_first(items, patient.precautions) for patient in patients}
    return {key: asking for key, asking in found.items() if asking}


def search_without(patient: Patient) -> str:
    """The query of a library search that leaves out whatever asks this patient to ask first."""
    return urlencode({"avoid": patient.precautions}, doseq=True)
