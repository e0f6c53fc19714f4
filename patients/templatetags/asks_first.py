"""The builder belongs to an app that does not know for whom it builds: what to look at twice."""

from django import template

from patients import matches
from patients.models import Patient
from programmes.precautions import asking_first

register = template.Library()


@register.inclusion_tag("patients/_asks_first_bar.html")
def asks_first(programme, items):
    """``{% asks_first programme items %}`` for a version of a patient's own programme.

    One query. Who may open the programme's page may see the record: both are the clinic's.
    """
    plans = Patient.objects.filter(assignments__programme__line_id=programme.line_id)
    patient = plans.first()
    if patient is None or not patient.precautions:
        return {"patient": None}
    asking = asking_first(items, patient.precautions)
    return {"patient": patient, "asking": asking, "without": matches.search_without(patient)}
