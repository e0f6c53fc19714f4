"""What a page of the caseload may cost: queries, letters and nodes of HTML, for 25 rows."""

import re

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from patients.models import Patient
from tests.factories import PatientFactory
from tests.patients.past import NOW, ago, lay, with_plan

ROWS = 25
# Queries, letters and nodes as measured, and a tenth more.
PAGE = (13, 36_800, 1_000)


def lay_two_weeks(patient: Patient, *, number: int) -> None:
    """Two sessions on each day but yesterday; two of five hurt at the end or have no review."""
    assignment = with_plan(patient=patient, review_on=ago(1) if number % 5 == 1 else ago(-30))
    for back in range(14, 1, -1):
        lay(assignment, ago(back), done=2, pain=8 if number % 5 == 0 and back == 2 else 2)
    lay(assignment, ago(1), done=0)
    lay(assignment, ago(0), done=0)


@time_machine.travel(NOW, tick=False)
def test_the_caseload(cast, as_user):
    Patient.objects.exclude(pk=cast.record.pk).delete()
    whose = {"clinic": cast.clinic, "clinician": cast.clinician}
    for number in range(ROWS):
        lay_two_weeks(PatientFactory(name="Chloé Chaudhry", **whose), number=number)
    client, page = as_user(cast.clinician), reverse("caseload:caseload")
    client.get(page)  # places are worked out once
    with CaptureQueriesContext(connection) as asked:
        html = client.get(page).content
    costs = len(asked), len(html), len(re.findall(rb"<[a-z]", html))
    assert html.count(b'<tr class="caseload__row--') == ROWS
    assert all(cost <= limit for cost, limit in zip(costs, PAGE, strict=True)), costs
