"""Where an exercise is used: its page belongs to an app that knows neither programmes nor patients."""

from typing import Any

from django import template
from django.db.models import Exists, OuterRef
from django.template import Context

from accounts.views.looks import note_listed
from exercises.models import Exercise
from patients.models import Assignment, Patient
from programmes.models import Item, Programme

register = template.Library()

FEW = 5  # names of each kind; the rest are counted


@register.inclusion_tag("caseload/_where_used.html", takes_context=True)
def where_used(context: Context, exercise: Exercise) -> dict[str, Any]:
    """``{% where_used version.exercise %}``: the reader's own clinics' programmes and patients.

    In whichever version, and a clinic's own exercise together with the shared
    one that it replaces. Four queries, and a line in the audit trail for each patient named.
    """
    user = context["request"].user
    templates = (
        Programme.objects.visible_to(user)
        .templates()
        .offered()
        .current()
        .filter(_holds(exercise, "pk"))
        .distinct("line_id")  # a version and the draft of the next are one template
        .order_by("line_id", "version")
    )
    running = (
        Assignment.objects.running()
        .filter(_holds(exercise, "programme"), patient__in=Patient.objects.in_care_of(user))
        .select_related("patient")
        .order_by("patient__name", "pk")
    )
    named = Programme.objects.filter(pk__in=templates.values("pk")).order_by("title", "pk")
    template_count, running_count = templates.count(), running.count()
    few = list(running[:FEW])
    note_listed(context["request"], [assignment.patient for assignment in few])
    return {
        "templates": named[:FEW],
        "template_count": template_count,
        "more_templates": max(template_count - FEW, 0),
        "running": few,
        "running_count": running_count,
        "more_running": max(running_count - FEW, 0),
    }


def _holds(exercise: Exercise, programme: str) -> Exists:
    """A programme with an item of this exercise."""
    items = Item.objects.filter(programme=OuterRef(programme))
    return Exists(items.filter(exercise_version__exercise__slug=exercise.slug))
