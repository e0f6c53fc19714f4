"""The running programme on paper, or the one that ended last."""

from datetime import datetime

from django.http import Http404

from accounts.models import User
from patients import words
from patients.chosen import choices
from patients.models import Assignment, Patient
from patients.schedule import local_date
from programmes.handout import About, pdf
from programmes.typesetting import Layout


def handout_for(record: Patient, *, to: User, layout: Layout, now: datetime) -> bytes:
    """The version that days are laid with from now on, or the last one, as a PDF. Raises Http404
    if ``to`` may not see any.
    """
    given = Assignment.objects.visible_to(to).filter(patient=record).running_first()
    assignment = given.select_related("programme__words", "assigned_by").first()
    if assignment is None:
        raise Http404
    assignment.patient = record
    items = list(assignment.programme.items.for_handout())
    about = About(
        title=words.exercises_for(record.first_name),
        clinic=record.clinic,
        advice=assignment.programme.advice,
        starts_on=assignment.starts_on,
        ended_on=assignment.ended_on,
        chosen={key: words.chosen(one) for key, one in choices(items, assignment).items()},
    )
    on = local_date(now, record.zone)
    return pdf(items, about, on=on, now=now, layout=layout)
