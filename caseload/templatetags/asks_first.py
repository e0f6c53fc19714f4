"""The builder belongs to an app that does not know for whom it builds: what to look at twice."""

from collections.abc import Sequence
from typing import Any

from django import template

from caseload import precautions
from caseload.owners import owner_of
from programmes.models import Item, Programme
from programmes.precautions import asking_first

register = template.Library()


@register.inclusion_tag("caseload/_asks_first_bar.html")
def asks_first(programme: Programme, items: Sequence[Item]) -> dict[str, Any]:
    """``{% asks_first programme items %}`` for a version of a patient's own programme."""
    owner = owner_of(programme)
    if owner is None or not owner.patient.precautions:
        return {"patient": None}
    patient = owner.patient
    asking = asking_first(items, patient.precautions)
    return {"patient": patient, "asking": asking, "without": precautions.search_without(patient)}
