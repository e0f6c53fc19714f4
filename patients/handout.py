"""The running programme, or the one that ended last, on paper and as a page to keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404

from accounts.models import User
from patients import words
from patients.chosen import choices
from patients.models import Assignment, Patient
from patients.schedule import local_date
from programmes.handout import About, pdf
from programmes.keepsake import page
from programmes.models import Item
from programmes.typesetting import Layout


@dataclass(frozen=True)
class _Given:
    """``on`` is the patient's date."""

    assignment: Assignment
    items: Sequence[Item]
    about: About
    on: date


def handout_for(
    record: Patient, *, to: User, layout: Layout, now: datetime, all_the_same: bool = False
) -> bytes:
    """The version that days are laid with from now on, or the last one, as a PDF. Raises Http404
    if ``to`` may not see any; and LettersMissing, unless ``all_the_same``.
    """
    given = _given(record, to=to, now=now)
    return pdf(
        given.items,
        given.about,
        on=given.on,
        now=now,
        layout=layout,
        all_the_same=all_the_same,
    )


def keepsake_for(record: Patient, *, to: User, now: datetime) -> str:
    """The same version as one HTML file that needs nothing else. Raises Http404 likewise."""
    given = _given(record, to=to, now=now)
    return page(given.items, given.about, on=given.on, key=given.assignment.programme_id)


def _given(record: Patient, *, to: User, now: datetime) -> _Given:
    given = Assignment.objects.visible_to(to).filter(patient=record).running_first()
    assignment = given.select_related("programme__words", "assigned_by").first()
    if assignment is None:
        raise Http404
    assignment.patient = record
    items = list(assignment.programme.items.for_handout())
    about = About(
        title=words.exercises_for(record.addressed_as),
        clinic=record.clinic,
        advice=assignment.programme.advice,
        starts_on=assignment.starts_on,
        ended_on=assignment.ended_on,
        chosen={key: words.chosen(one) for key, one in choices(items, assignment).items()},
    )
    return _Given(assignment, items, about, on=local_date(now, record.zone))
