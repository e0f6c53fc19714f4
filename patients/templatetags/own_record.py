"""Whose page of the patient's side it is: ``{% own_record as whose %}{{ whose|looked_after }}``."""

from django import template
from django.template import Context

from patients import words
from patients.models import Patient

register = template.Library()

NAMES = ("record", "patient", "only_record")


@register.simple_tag(takes_context=True)
def own_record(context: Context) -> Patient | None:
    """The one record that a page is about, as ``own_records`` gave it to the view; else None.

    ``only_record`` is for a page that anybody may read: it does not turn into the notice when a
    warning sign is told elsewhere.
    """
    found = (context.get(name) for name in NAMES)
    return next((one for one in found if isinstance(one, Patient)), None)


@register.filter
def looked_after(record: Patient) -> str:
    """By whom; empty where nobody who works there now is known."""
    role = getattr(record, "clinician_role", None)
    return words.looked_after(record.clinician.name, role) if role else ""
