"""What a record with a year of three sessions a day may weigh: queries, bytes and elements, no times.

A page that outgrows its budget is looked at before the budget is.
"""

import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.bench import year
from tests.factories import MembershipFactory
from tests.patients.past import NOW

pytestmark = pytest.mark.django_db
ELEMENT = re.compile(rb"<[a-z]")
QUERIES, BYTES, ELEMENTS = 26, 45_000, 945


def test_a_record_keeps_to_its_budget(as_user):
    clinician = MembershipFactory().user
    with time_machine.travel(NOW, tick=False):
        patient = year.lay_out(clinician, now=NOW)
        physio, page = as_user(clinician), reverse("caseload:record", args=[patient.pk])
        physio.get(page)  # the first time writes what is kept
        with CaptureQueriesContext(connection) as queries:
            html = physio.get(page).content
    found = len(queries), len(html), len(ELEMENT.findall(html))
    assert all(own <= most for own, most in zip(found, (QUERIES, BYTES, ELEMENTS), strict=True)), (
        found
    )
