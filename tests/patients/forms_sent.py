"""Forms about one patient: where they are, and what a refusal looks like."""

from django.urls import reverse
from pytest_django.asserts import assertContains

from patients.models import Patient


def page(name: str, patient: Patient) -> str:
    return reverse(f"caseload:{name}", args=[patient.pk])


def refused(response, field: str, words: str) -> None:
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assertContains(response, words, status_code=422)
    if field != "__all__":
        assertContains(response, f'id="id_{field}_error"', status_code=422)
