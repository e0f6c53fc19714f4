"""Before a handout is printed with letters that no font here has, a page names them."""

import pytest
import time_machine
from django.urls import reverse

from tests.factories import PatientFactory
from tests.patients.scene import NOW, running


@pytest.mark.django_db(transaction=True)
def test_the_letters_are_named_and_it_can_be_printed_all_the_same(open_page) -> None:
    with time_machine.travel(NOW, tick=True):
        plan = running(patient=PatientFactory(name="\U00012000\U00012001 Reed"))
        eye = open_page("physio", user=plan.patient.clinician)
        eye.page.goto(reverse("caseload:record", args=[plan.patient_id]))
        eye.page.goto(reverse("caseload:handout", args=[plan.patient_id]))
        eye.page.get_by_text("These letters cannot be printed:").wait_for()
        eye.look("letters-missing")
        address = eye.page.get_by_role("link", name="Print it with empty boxes")
        answer = eye.page.request.get(str(address.get_attribute("href")))
        assert answer.headers["content-type"] == "application/pdf"
