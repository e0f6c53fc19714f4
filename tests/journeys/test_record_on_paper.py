"""A patient's record as it is printed."""

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import expect

from patients.results import Went
from tests.patients.scene import NOW, items_of, log, running
from tests.pdf import Read


@pytest.mark.django_db(transaction=True)
def test_a_printed_record_says_how_it_went_and_not_how_it_is_done(open_page) -> None:
    with time_machine.travel(NOW, tick=True):
        plan = running({})
        [item] = items_of(plan)
        log(plan, results={item.pk: Went("hurt", amount=1, pain=5)})
        eye = open_page("physio", user=plan.patient.clinician)
        eye.page.goto(reverse("caseload:record", args=[plan.patient_id]))
        eye.page.get_by_text("How to do it").click()
        expect(eye.page.get_by_text(item.exercise_version.steps[0])).to_be_visible()
        paper = Read(eye.page.pdf(prefer_css_page_size=True)).text
        assert "stopped because it hurt, pain 5" in paper
        assert item.exercise_version.name in paper
        assert item.exercise_version.steps[0] not in paper
