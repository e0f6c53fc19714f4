"""Taking away a colleague's access offers to hand over their patients first."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent, Letter, Membership
from patients.models import Patient
from patients.services import signs
from tests.factories import LONG_AGO, MembershipFactory, PatientFactory
from tests.patients.past import NOW

TEAM = reverse("accounts:team")


@pytest.fixture
def lead(cast, as_user):
    return as_user(cast.lead)


@pytest.fixture
def leaving(cast) -> Membership:
    return cast.clinician.memberships.get()


@pytest.fixture
def address(leaving) -> str:
    return reverse("caseload:hand_over", args=[leaving.pk])


def field(patient: Patient) -> str:
    return f"patient-{patient.pk}"


def test_taking_away_access_offers_it_first(lead, leaving, address):
    page = lead.get(reverse("accounts:deactivate", args=[leaving.pk]))
    assertContains(page, address)
    assertContains(page, "They look after 2 patients.")
    assertContains(page, "If you skip this, nobody is responsible for them.")


def test_one_colleague_for_all_in_one_press(cast, lead, leaving, address):
    assertContains(lead.get(address), "Sam Reed")
    response = lead.post(address, {"everyone": cast.colleague.pk}, follow=True)
    assertRedirects(response, TEAM)
    assertContains(response, "2 patients are handed over.")
    assertContains(response, "Priya Shah has no access any more.")
    assert set(Patient.objects.values_list("clinician", flat=True)) == {cast.colleague.pk}
    leaving.refresh_from_db()
    assert leaving.deactivated_at is not None


def test_another_colleague_for_one_of_them(cast, lead, address):
    other = PatientFactory(clinic=cast.clinic, clinician=cast.clinician)
    lead.post(address, {"everyone": cast.colleague.pk, field(other): str(cast.lead.pk)})
    other.refresh_from_db()
    cast.record.refresh_from_db()
    assert (other.clinician, cast.record.clinician) == (cast.lead, cast.colleague)


def test_it_is_written_down_for_each_patient(cast, lead, address):
    lead.post(address, {"everyone": cast.colleague.pk})
    events = AuditEvent.objects.filter(action="patient_handed_over", actor=cast.lead)
    patients = {(pk, pk) for pk in Patient.objects.values_list("pk", flat=True)}
    assert set(events.values_list("subject_id", "patient_id")) == patients


def test_letters_about_a_warning_sign_go_to_the_new_one(cast, lead, address):
    lead.post(address, {"everyone": cast.colleague.pk})
    cast.record.refresh_from_db()
    signs.tell(cast.record, by=cast.patient, now=NOW)
    assert [letter.to for letter in Letter.objects.all()] == [cast.colleague.email]


def test_skipping_takes_away_access_and_leaves_the_patients(cast, lead, leaving):
    lead.post(reverse("accounts:deactivate", args=[leaving.pk]))
    leaving.refresh_from_db()
    assert leaving.deactivated_at is not None
    cast.record.refresh_from_db()
    assert cast.record.clinician == cast.clinician


def test_who_has_left_can_be_relieved_later(cast, lead, leaving, address):
    Membership.objects.filter(pk=leaving.pk).update(deactivated_at=LONG_AGO)
    assertContains(lead.get(TEAM), address)
    response = lead.post(address, {"everyone": cast.colleague.pk}, follow=True)
    assertContains(response, "2 patients are handed over.")
    assertNotContains(response, "has no access any more.")


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("", "Choose a colleague for all of them, or one for each patient."),
        ("clinician", "Choose somebody who works in this clinic."),
        ("deactivated", "Choose somebody who works in this clinic."),
        ("other_clinician", "Choose somebody who works in this clinic."),
    ],
)
def test_nobody_is_handed_to_who_is_not_at_work_there(cast, lead, leaving, address, who, words):
    person = who and getattr(cast, who).pk
    for values in ({"everyone": person}, {field(cast.record): str(person)}):
        response = lead.post(address, values)
        assertContains(response, words if "everyone" in values else "Choose", status_code=422)
    cast.record.refresh_from_db()
    leaving.refresh_from_db()
    assert (cast.record.clinician, leaving.deactivated_at) == (cast.clinician, None)


def test_what_cannot_be_undoes_the_handing_over_too(cast, lead, as_user):
    own = cast.lead.memberships.get()
    patient = PatientFactory(clinic=cast.clinic, clinician=cast.lead)
    path = reverse("caseload:hand_over", args=[own.pk])
    response = lead.post(path, {"everyone": cast.colleague.pk})
    assertContains(response, "You cannot take away your own access", status_code=422)
    patient.refresh_from_db()
    assert patient.clinician == cast.lead
    assert not AuditEvent.objects.filter(action="patient_handed_over").exists()


def test_without_patients_the_question_is_the_old_one(cast, lead):
    member = MembershipFactory(clinic=cast.clinic)
    question = reverse("accounts:deactivate", args=[member.pk])
    assertNotContains(lead.get(question), "without handing over")
    path = reverse("caseload:hand_over", args=[member.pk])
    assertRedirects(lead.get(path), question)


def test_queries_do_not_grow_with_patients(cast, lead, address, django_assert_num_queries):
    for many in (1, 20):
        PatientFactory.create_batch(many, clinic=cast.clinic, clinician=cast.clinician)
        with django_assert_num_queries(9):
            lead.get(address)
