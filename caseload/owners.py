"""For whom a programme is: a clinic's page about it belongs to an app that knows no patients."""

from dataclasses import dataclass

from patients.models import Assignment, OneOff, Patient
from programmes.models import Programme


@dataclass(frozen=True)
class Owner:
    patient: Patient
    is_one_off: bool
    """A draft built for this patient and not given yet."""


def owner_of(programme: Programme) -> Owner | None:
    """The patient whose own programme this is, in whichever version; None of a template.

    Two queries at most. Who may open the programme's page may see the record: both are the
    clinic's.
    """
    return None if programme.is_template else _owner_of(programme)


def _owner_of(programme: Programme) -> Owner | None:
    one_off = OneOff.objects.select_related("patient").filter(programme=programme).first()
    if one_off is not None:
        return Owner(one_off.patient, is_one_off=True)
    line = Assignment.objects.select_related("patient")
    assignment = line.filter(programme__line_id=programme.line_id).first()
    return Owner(assignment.patient, is_one_off=False) if assignment else None
