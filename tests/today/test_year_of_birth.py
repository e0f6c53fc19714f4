"""The year of birth: typed by the clinic, asked at the invitation, tried three times at most."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import AuditEvent, Letter, User
from patients.models import Patient
from patients.services import records
from tests.caseload.test_close_access import link_in
from tests.caseload.test_record_pages import NEW, typed
from tests.factories import UserFactory
from tests.patients.forms_sent import page
from tests.patients.scene import NOW, waiting_patient

pytestmark = pytest.mark.django_db
TODAY_PAGE = reverse("today:today")
YEAR = 1984
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def patient() -> Patient:
    return waiting_patient(name="Sam Reed", year_of_birth=YEAR)


@pytest.fixture
def link(patient) -> str:
    return link_in(records.invite(patient, by=patient.clinician, now=NOW).letter)


# --- the clinic's forms ---


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("1984", 1984),
        ("１９８４", 1984),
        (" 19 84 ", 1984),
        ("1984.", 1984),
        ("born in 1984", 1984),
        ("I was born in the year 1984, in March", 1984),
        ("12/03/1984", 1984),
        ("12 March 1984", 1984),
        ("3.1984", 1984),
        ("1984-03-12", 1984),
        ("", None),
    ],
)
@pytest.mark.parametrize("form", ["new", "edit"])
def test_it_is_kept_however_it_is_typed(cast, as_user, form, said, kept):
    address = NEW if form == "new" else page("edit", cast.record)
    answer = as_user(cast.clinician).post(address, typed(cast, year_of_birth=said))
    assert answer.status_code == 302
    assert Patient.objects.get(name="Lena Wolf").year_of_birth == kept


@pytest.mark.parametrize(
    "said",
    ["84", "1899", "2101", "abcd", "19840", "-984", "1984.5", "٠", "\x00", "9" * 400]
    + ["1984 or 1985", "12/03/84", "12/03/19845", "1984/1985", "123 1984", "1 2 3 1984", "x" * 61],
)
@pytest.mark.parametrize("form", ["new", "edit"])
def test_what_is_no_year_is_refused_beside_the_field(cast, as_user, form, said):
    address = NEW if form == "new" else page("edit", cast.record)
    answer = as_user(cast.clinician).post(address, typed(cast, year_of_birth=said))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["year_of_birth"]
    assertContains(answer, "Lena Wolf", status_code=422)


WHY = [
    ("84", "Write the year in four figures"),
    ("1899", "Write a year from 1900 on."),
    ("2101", "That year has not come yet."),
]


@pytest.mark.parametrize(("said", "why"), WHY)
def test_the_clinic_reads_what_is_wrong_with_the_year(cast, as_user, said, why):
    answer = as_user(cast.clinician).post(NEW, typed(cast, year_of_birth=said))
    assertContains(answer, why, status_code=422)


@pytest.mark.parametrize(("said", "why"), WHY)
def test_the_patient_reads_it_too(client, patient, link, said, why):
    assertContains(client.post(link, {"year": said}), why, status_code=422)


def test_a_year_that_has_not_come_is_refused(cast, as_user):
    answer = as_user(cast.clinician).post(NEW, typed(cast, year_of_birth="2027"))
    assertContains(answer, "That year has not come yet.", status_code=422)


# --- the invitation ---


def test_without_a_year_nothing_is_asked(client, patient, link):
    Patient.objects.update(year_of_birth=None)
    assertNotContains(client.get(link), "year of birth")
    assert client.post(link)["Location"] == TODAY_PAGE


def test_it_is_in_no_letter_and_not_shown_before(client, link):
    letter = Letter.objects.get()
    assert str(YEAR) not in letter.text + letter.html + letter.subject
    words = client.get(link)
    assertContains(words, "Your year of birth")
    assertNotContains(words, f'value="{YEAR}"')
    assert "login" in client.get(TODAY_PAGE)["Location"]


@pytest.mark.parametrize("said", ["1984", "１９８４", " 19 84"])
def test_the_right_year_opens_the_page(client, patient, link, said):
    assert client.post(link, {"year": said})["Location"] == TODAY_PAGE
    patient.refresh_from_db()
    assert patient.user is not None


@pytest.mark.parametrize("said", ["", "84", "abcd", "\x00"])
def test_what_is_no_year_does_not_count_as_a_try(client, patient, link, said):
    for _press in range(5):
        assert client.post(link, {"year": said}).status_code == 422
    assert patient.invitations.get().wrong_years == 0


def test_a_wrong_year_says_how_often_it_can_still_be_tried(client, patient, link):
    assertContains(client.post(link, {"year": "1985"}), "2 more times", status_code=422)
    assertContains(client.post(link, {"year": "1985"}), "1 more time.", status_code=422)
    assert client.post(link, {"year": "1984"})["Location"] == TODAY_PAGE


def test_the_third_wrong_year_closes_the_link(client, patient, link):
    for _press in range(2):
        client.post(link, {"year": "1985"})
    answer = client.post(link, {"year": "1985"}, follow=True)
    assertContains(answer, "You can try three times, so this link is closed", status_code=410)
    assert client.post(link, {"year": str(YEAR)}).status_code == 410
    assert not User.objects.filter(email=patient.email).exists()
    assert AuditEvent.objects.filter(
        action="invitation_year_wrong", patient_id=patient.pk
    ).count() == 3  # fmt: skip


def test_staff_see_it_and_invite_anew_with_one_press(client, as_user, patient, link, clock_hands):
    for _press in range(3):
        client.post(link, {"year": "1985"})
    physio = as_user(patient.clinician)
    record = page("record", patient)
    assertContains(physio.get(record), "Somebody typed another year of birth than 1984 three times")
    clock_hands.shift(MINUTE)
    physio.post(page("invite", patient))
    assertNotContains(physio.get(record), "three times")
    fresh = link_in(Letter.objects.latest("created_at"))
    assert client.post(fresh, {"year": str(YEAR)})["Location"] == TODAY_PAGE


def test_the_caseload_says_it_too(client, as_user, patient, link):
    caseload = reverse("caseload:caseload")
    closed = "Invitation closed: wrong year of birth three times"
    assertNotContains(as_user(patient.clinician).get(caseload), closed)
    for year in (1985, 1986, 1987):
        client.post(link, {"year": year})
    assertContains(as_user(patient.clinician).get(caseload), closed)


def test_an_existing_account_is_asked_too(client, patient, link):
    client.force_login(UserFactory(email=patient.email))
    assertContains(client.get(link), "Your year of birth")
    assert client.post(link).status_code == 422
    assert client.post(link, {"year": "1985"}).status_code == 422
    assert client.post(link, {"year": str(YEAR)})["Location"] == TODAY_PAGE


def test_an_account_that_has_yet_to_sign_in_cannot_use_up_the_tries(client, patient, link):
    UserFactory(email=patient.email)
    for _press in range(4):
        client.post(link, {"year": "1985"})
    assert patient.invitations.get().wrong_years == 0
