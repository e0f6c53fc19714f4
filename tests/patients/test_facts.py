"""What is known of patients, as values: for many of them in a fixed number of queries."""

from datetime import timedelta

import pytest

from caseload import caseload_page, record_page
from patients.facts import Pain, facts_for
from patients.models import Patient
from patients.services import signs
from tests.factories import PatientFactory
from tests.patients.past import NOW, TODAY, ago, lay, with_plan

pytestmark = pytest.mark.django_db
QUERIES = 3  # what hurt, running programmes, records


def known(patient: Patient):
    return facts_for([patient.pk], now=NOW)[patient.pk]


@pytest.mark.parametrize("number", [1, 12])
def test_three_queries_for_any_number_of_patients(django_assert_num_queries, number):
    for n in range(number):
        assignment = with_plan(patient=PatientFactory(name=f"Patient {n:02}"))
        lay(assignment, ago(1), done=1, pain=n % 11)
    patients = [patient.pk for patient in Patient.objects.all()]
    with django_assert_num_queries(QUERIES):
        found = facts_for(patients, now=NOW)
        assert [facts.patient.clinic.name for facts in found.values()]
    assert len(found) == number


def test_of_a_running_programme():
    assignment = with_plan(review_on=TODAY + timedelta(9))
    lay(assignment, ago(1), done=1, pain=7)
    running = known(assignment.patient).running
    assert running.last_pain == Pain(7, ago(1))
    assert (running.last_logged_on, running.silent_days) == (ago(1), 0)
    assert (running.review_on, running.is_paused) == (TODAY + timedelta(9), False)


def test_of_a_warning_sign_until_it_is_checked():
    patient = with_plan().patient
    sign = signs.tell(patient, by=patient.user, now=NOW)
    facts = known(patient)
    assert (facts.warned_at, facts.warning_id) == (NOW, sign.pk)
    assert facts.running.is_stopped
    signs.check(sign, note="Seen.", goes_on=True, by=patient.clinician, now=NOW)
    assert known(patient).warned_at is None


def test_of_a_record_that_has_no_programme_and_of_one_that_has_ended():
    nothing_yet, ended = PatientFactory(), with_plan(ended_on=ago(2)).patient
    assert (known(nothing_yet).running, known(nothing_yet).has_ended) == (None, False)
    assert (known(ended).last_ended_on, known(ended).has_ended) == (ago(2), True)


def test_the_caseload_and_the_record_read_the_same_facts():
    assignment = with_plan()
    lay(assignment, TODAY, done=1, pain=8)
    [row] = caseload_page.rows_of(Patient.objects.values_list("pk", flat=True), now=NOW)
    record = record_page.of_patient(assignment.patient, now=NOW)
    assert row.known == record.row.known == known(assignment.patient)
