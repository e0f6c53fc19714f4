"""A record through its pages: added, opened, corrected, invited; whatever is typed."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent, Letter, Membership
from patients.models import Assignment, Invitation, Patient
from patients.services import records
from tests.cast import Cast
from tests.factories import MembershipFactory, PatientFactory
from tests.patients.past import NOW, TODAY, ago, lay_days, with_plan

NEW = "/patients/new/"
QUERIES = 26  # of a patient’s page, for one session or sixty


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def physio(cast: Cast, as_user):
    return as_user(cast.clinician)


def typed(cast: Cast, **changes) -> dict:
    values = {
        "name": "Lena Wolf",
        "email": "lena@example.org",
        "invite_now": "on",
        "clinician": cast.clinician.pk,
        "time_zone": "Europe/Berlin",
        "client_id": uuid4(),
        "close_access": "on",
    }
    return {name: value for name, value in {**values, **changes}.items() if value is not None}


def page(name: str, patient: Patient) -> str:
    return reverse(f"caseload:{name}", args=[patient.pk])


def test_the_form_starts_with_me_and_the_clinics_zone(cast, physio):
    response = physio.get(NEW)
    form = response.context["form"]
    assert form["clinician"].value() == cast.clinician.pk
    assert form["time_zone"].value() == cast.clinic.time_zone
    assertContains(response, "Without one they have no page of their own")


def test_add_and_invite(cast, physio):
    response = physio.post(NEW, typed(cast), follow=True)
    patient = Patient.objects.get(name="Lena Wolf")
    assertRedirects(response, page("record", patient))
    assertContains(response, "the invitation is on its way")
    assertContains(response, "Next: a programme")
    assert (patient.clinic, patient.clinician) == (cast.clinic, cast.clinician)
    assert (patient.email, patient.time_zone) == ("lena@example.org", "Europe/Berlin")
    assert patient.invitations.get().expires_at == NOW + timedelta(days=7)
    assert Letter.objects.get().to == "lena@example.org"


def test_what_to_call_them_stands_on_the_record_and_in_the_invitation(cast, physio):
    physio.post(NEW, typed(cast, name="Wolf, Lena", called="Lena"))
    patient = Patient.objects.get(name="Wolf, Lena")
    assert "Hello Lena," in Letter.objects.get().text
    assertContains(physio.get(page("record", patient)), "Wants to be called Lena")
    sent = typed(cast, name="Wolf, Lena", called="Mrs Wolf")
    assertRedirects(physio.post(page("edit", patient), sent), page("record", patient))
    patient.refresh_from_db()
    assert (patient.called, patient.addressed_as) == ("Mrs Wolf", "Mrs Wolf")
    physio.post(page("edit", patient), typed(cast, name="Wolf, Lena", called=""))
    assertNotContains(physio.get(page("record", patient)), "Wants to be called")


@pytest.mark.parametrize(("email", "sent"), [("lena@example.org", 1), ("", 0)])
def test_pressed_twice_it_is_one_patient_and_one_invitation(cast, physio, email, sent):
    said = typed(cast, email=email)
    first, again = (physio.post(NEW, said) for _ in range(2))
    patient = Patient.objects.get(name="Lena Wolf")
    assert first.url == again.url == page("record", patient)
    assert patient.invitations.count() == Letter.objects.count() == sent


def test_each_page_has_a_key_of_its_own_and_keeps_it_when_refused(cast, physio):
    first, second = (physio.get(NEW).context["form"]["client_id"].value() for _ in range(2))
    assert first != second
    response = physio.post(NEW, typed(cast, client_id=first, name=""))
    assertContains(response, f'name="client_id" value="{first}"', status_code=422)


@pytest.mark.parametrize("key", [None, "", "x", "\x00", "x" * 5000], ids=ascii)
def test_a_form_without_its_key_is_refused_in_words(cast, physio, key):
    response = physio.post(NEW, typed(cast, client_id=key))
    assertContains(response, "Open this page again", status_code=422)
    assert not Patient.objects.filter(name="Lena Wolf").exists()


@pytest.mark.parametrize("later", [{"invite_now": None}, {"email": ""}])
def test_add_without_inviting(cast, physio, later):
    response = physio.post(NEW, typed(cast, **later), follow=True)
    assertContains(response, "Lena Wolf is added. Next: a programme.")
    assert not Invitation.objects.exists()
    assert not Letter.objects.exists()


def test_without_an_address_the_page_says_what_that_means(cast, physio):
    physio.post(NEW, typed(cast, email=""))
    response = physio.get(page("record", Patient.objects.get(name="Lena Wolf")))
    assertContains(
        response, "Not in yet, no reminders. Record their sessions here, or sign their phone in."
    )
    assertNotContains(response, "Send invitation")


WRONG = [
    ("name", "", "Write the patient&#x27;s name."),
    ("name", "   ", "Write the patient&#x27;s name."),
    ("name", "x" * 121, "120 letters at most"),
    ("name", "a\x00b", "Null characters are not allowed"),
    ("email", "lena", "Write the address like name@example.org."),
    ("email", "lena@", "Write the address like name@example.org."),
    ("email", "a b@example.org", "Write the address like name@example.org."),
    ("email", "x" * 300 + "@example.org", "254 letters at most"),
    ("email", "<script>@example.org", "Write the address like name@example.org."),
    ("clinician", "", "Choose who looks after this patient."),
    ("clinician", "not-a-key", "Choose somebody who works in this clinic."),
    ("clinician", "\x00", "Null characters are not allowed."),
    ("time_zone", "", "Type a city, such as Berlin."),
    ("time_zone", "Mars/Olympus", "We do not know"),
    ("time_zone", "../etc/passwd", "We do not know"),
]


@pytest.mark.parametrize(("field", "value", "words"), WRONG, ids=ascii)
@pytest.mark.parametrize("form", ["new", "edit"])
def test_bad_input_is_explained_beside_its_field(cast, physio, form, field, value, words):
    address = NEW if form == "new" else page("edit", cast.record)
    before = Patient.objects.order_by("pk").values()[::1]
    response = physio.post(address, typed(cast, **{field: value}))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assertContains(response, words, status_code=422)
    assertContains(response, f'id="id_{field}_error"', status_code=422)
    if field != "name":
        assertContains(response, 'value="Lena Wolf"', status_code=422)
    assert Patient.objects.order_by("pk").values()[::1] == before


@pytest.mark.parametrize("who", ["other_clinician", "deactivated", "patient", "stranger"])
def test_only_somebody_at_work_there_can_be_responsible(cast, physio, who):
    response = physio.post(NEW, typed(cast, clinician=getattr(cast, who).pk))
    assertContains(response, "Choose somebody who works in this clinic.", status_code=422)


@pytest.mark.parametrize("name", ["Zoë Ünal-Šimić", "李雷", "O’Neil", "x" * 120, "👩‍🦽 Ada"])
def test_names_of_the_world(cast, physio, name):
    physio.post(NEW, typed(cast, name=name))
    assert Patient.objects.get(email="lena@example.org").name == name


def test_an_address_that_is_here_already(cast, physio):
    address = cast.record.email.upper()
    response = physio.post(NEW, typed(cast, email=address))
    assert response.status_code == 422
    assertContains(response, "A record in this clinic has this address", status_code=422)
    assertContains(response, f'href="{page("record", cast.record)}"', status_code=422)
    assertContains(response, "Open Sam Reed", status_code=422)
    assertContains(response, "This is another person", status_code=422)
    assertContains(response, f'value="{address}"', status_code=422)
    response = physio.post(NEW, typed(cast, email=address, another_person="on"))
    assert response.status_code == 302
    assert Patient.objects.get(name="Lena Wolf").email == cast.record.email


def test_the_same_address_in_another_clinic_is_nobodys_business(cast, physio):
    PatientFactory(name="Somebody else", user=None, email="lena@example.org")
    response = physio.post(NEW, typed(cast), follow=True)
    assertNotContains(response, "Somebody else")
    assert Patient.objects.filter(email="lena@example.org").count() == 2


def test_somebody_at_work_in_two_clinics_chooses_where(cast, physio):
    other = MembershipFactory(user=cast.clinician, clinic__time_zone="Asia/Tokyo").clinic
    response = physio.get(NEW, {"clinic": other.pk})
    assert response.context["form"]["time_zone"].value() == "Asia/Tokyo"
    physio.post(f"{NEW}?clinic={other.pk}", typed(cast))
    assert Patient.objects.get(name="Lena Wolf").clinic == other


def test_a_clinic_of_others_cannot_be_chosen(cast, physio):
    foreign = Membership.objects.get(user=cast.other_clinician).clinic
    physio.post(f"{NEW}?clinic={foreign.pk}", typed(cast))
    assert Patient.objects.get(name="Lena Wolf").clinic == cast.clinic


def test_edit(cast, physio):
    response = physio.post(
        page("edit", cast.record),
        typed(cast, clinician=cast.colleague.pk, email=cast.record.email),
        follow=True,
    )
    assertContains(response, "Details saved.")
    cast.record.refresh_from_db()
    assert cast.record.name == "Lena Wolf"
    assert cast.record.clinician == cast.colleague
    assert cast.record.time_zone == "Europe/Berlin"


def test_edit_shows_what_is_there(cast, physio):
    form = physio.get(page("edit", cast.record)).context["form"]
    assert form["name"].value() == "Sam Reed"
    assert form["email"].value() == cast.record.email
    assert form["clinician"].value() == cast.clinician.pk


def test_a_record_keeps_its_clinician_who_has_left(cast, physio):
    patient = PatientFactory(clinic=cast.clinic, clinician=cast.deactivated)
    values = typed(cast, clinician=cast.deactivated.pk, email=patient.email)
    assert physio.post(page("edit", patient), values).status_code == 302


def test_invite_and_send_again(cast, physio):
    patient = PatientFactory(
        clinic=cast.clinic, clinician=cast.clinician, user=None, email="lena@example.org"
    )
    assertContains(physio.get(page("record", patient)), "Not sent yet.")
    response = physio.post(page("invite", patient), follow=True)
    assertContains(response, "The invitation to lena@example.org is on its way.")
    assertContains(response, "Sent Mon 4 May, not accepted yet. The link works until Mon 11 May")
    physio.post(page("invite", patient))
    assert patient.invitations.open().count() == 1
    assert Letter.objects.count() == 2


def test_an_invitation_that_has_run_out_says_so(cast, physio):
    patient = PatientFactory(
        clinic=cast.clinic, clinician=cast.clinician, user=None, email="lena@example.org"
    )
    records.invite(patient, by=cast.clinician, now=NOW - timedelta(days=8))
    response = physio.get(page("record", patient))
    assertContains(response, "the link ran out on Sun 3 May. Send it again.")


def test_nobody_is_invited_twice_or_without_an_address(cast, physio):
    assertContains(physio.post(page("invite", cast.record), follow=True), "has accepted already")
    no_mail = PatientFactory(clinic=cast.clinic, clinician=cast.clinician, user=None, email="")
    assertContains(physio.post(page("invite", no_mail), follow=True), "Add an e-mail address first")
    assert not Letter.objects.exists()


@pytest.mark.parametrize("days", [1, 20])
def test_the_number_of_queries_is_the_same_for_any_number_of_sessions(
    cast, physio, django_assert_num_queries, days
):
    patient = PatientFactory(clinic=cast.clinic, clinician=cast.clinician)
    lay_days(with_plan(patient=patient), range(days), done=3, pain=2)
    physio.get(page("record", patient))
    with django_assert_num_queries(QUERIES):
        response = physio.get(page("record", patient))
    assert response.context["sessions"].paginator.count == 3 * days


def test_every_reading_of_a_record_is_written_down_once(cast, as_user):
    as_user(cast.colleague).get(page("record", cast.record))
    as_user(cast.other_clinician).get(page("record", cast.record))
    as_user(cast.patient).get(page("record", cast.record))
    [event] = AuditEvent.objects.filter(action="record_read")
    assert (event.actor, event.subject_id) == (cast.colleague, cast.record.pk)
    assert (event.clinic, event.at) == (cast.clinic, NOW)


def test_a_clinician_who_is_also_a_patient_elsewhere_has_no_staff_page_of_themselves(cast, as_user):
    own = PatientFactory(user=cast.clinician, email=cast.clinician.email)
    assert as_user(cast.clinician).get(page("record", own)).status_code == 404


def test_a_patients_page_without_a_programme(cast, physio):
    patient = PatientFactory(clinic=cast.clinic, clinician=cast.clinician, name="New")
    response = physio.get(page("record", patient))
    assertContains(response, f'href="{page("assign", patient)}"')
    assertNotContains(response, "Record a session")


def test_after_the_end_the_page_keeps_the_past(cast, physio):
    Assignment.objects.update(ended_on=ago(2), end_reason="Goals reached")
    response = physio.get(page("record", cast.record))
    assertContains(response, "Goals reached")
    assertContains(response, "Use a template")
    assertNotContains(response, "Change programme")
    assertContains(response, f"{TODAY - timedelta(2):%a} 2 May 2026")


def test_for_a_patient_without_an_address_recording_is_the_first_thing(cast, physio):
    patient = PatientFactory(clinic=cast.clinic, clinician=cast.clinician, user=None, email="")
    with_plan(patient=patient)
    response = physio.get(page("record", patient))
    assertContains(response, f'class="btn btn-primary" href="{page("record_session", patient)}"')
    assertContains(response, page("record_session", patient), count=1)
    assertContains(response, "Last 14 days, recorded by the clinic")


def test_a_time_zone_that_only_the_browser_knew_survives_a_correction(cast, physio):
    """A phone may name a zone that our list leaves out; saving must not move them to Abidjan."""
    Patient.objects.filter(pk=cast.record.pk).update(time_zone="EST5EDT")
    form = physio.get(page("edit", cast.record)).context["form"]
    assert form["time_zone"].value() == "EST5EDT"
    sent = typed(cast, email=cast.record.email, time_zone="EST5EDT")
    assertRedirects(physio.post(page("edit", cast.record), sent), page("record", cast.record))


def test_the_form_says_who_loses_the_page_with_another_address(cast, physio):
    response = physio.get(page("edit", cast.record))
    assertContains(response, f"whoever signs in as {cast.patient.email} loses this page at once")


def test_how_to_do_an_exercise_is_fetched_when_it_is_opened(cast, physio):
    item = cast.record.assignments.running().get().programme.items.first()
    how = reverse("programmes:item_how", args=[item.programme_id, item.pk])
    preview = reverse("programmes:preview", args=[item.programme_id])
    record = physio.get(page("record", cast.record))
    assertContains(record, f'<p data-how="{how}"><a href="{preview}">Show the steps</a></p>')
    step = item.exercise_version.written[0].text
    assertNotContains(record, step)
    for address in (how, preview):
        assertContains(physio.get(address), step)
