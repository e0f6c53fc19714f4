"""The clinic's page: its country, its numbers, and what is said of each that cannot be dialled."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Membership
from tests.accounts.test_settings import CLINIC, SETTINGS
from tests.accounts.test_telephone import REFUSED
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
BRITISH = {
    **CLINIC,
    "country": "GB",
    "telephone": "020 7946 0958",
    "emergency_number": "999",
    "advice_number": "111",
}
NUMBERS = ("telephone", "emergency_number", "advice_number")
CASELOAD = "/patients/"
ASKED = "has no telephone number yet"


@pytest.fixture
def lead():
    return MembershipFactory(role=Membership.Role.LEAD, clinic__name="Riverside")


@pytest.fixture
def address(lead):
    return reverse("accounts:clinic", args=[lead.clinic.pk])


@pytest.fixture
def desk(lead, as_user):
    return as_user(lead.user)


@pytest.mark.parametrize("field", NUMBERS)
@pytest.mark.parametrize(
    "typed", [typed for typed, country, _ in REFUSED if country == "GB"], ids=ascii
)
def test_what_cannot_be_dialled_is_refused_beside_its_field(desk, address, lead, field, typed):
    page = desk.post(address, {**BRITISH, field: typed})
    assertContains(page, f'id="id_{field}_error"', status_code=422)
    form = page.context["form"]
    assert list(form.errors) == [field]
    assert form[field].value() == typed
    before = getattr(lead.clinic, field)
    lead.clinic.refresh_from_db()
    assert getattr(lead.clinic, field) == before


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("country", "", "Choose a country from the list."),
        ("country", "XX", "Choose a country from the list."),
        ("country", "gb", "Choose a country from the list."),
        ("country", "a\x00b", "Choose a country from the list."),
        ("telephone", "9" * 41, "40 letters at most"),
        ("telephone", "999", "not a telephone number in Britain"),
        ("telephone", "0\x00", "Null characters are not allowed."),
        ("emergency_number", "", "Type a number."),
        ("advice_number", "999", "This is the emergency number."),
        ("opening_hours", "<b>always</b>", "without &lt; and &gt;"),
        ("opening_hours", "x" * 121, "120 letters at most"),
    ],
)
def test_the_form_says_what_is_wrong(desk, address, field, typed, words):
    page = desk.post(address, {**BRITISH, field: typed})
    assertContains(page, f'id="id_{field}_error"', status_code=422)
    assert list(page.context["form"].errors) == [field]
    assert words in str(page.context["form"].errors[field])
    assert page.context["form"][field].value() == typed
    for other in {*NUMBERS, "opening_hours"} - {field}:
        assertContains(page, f'value="{BRITISH[other]}"', status_code=422)


def test_changing_the_country_reads_the_numbers_in_it(desk, address, lead):
    desk.post(address, BRITISH)
    page = desk.post(address, {**BRITISH, "country": "US"})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"emergency_number", "advice_number"}
    desk.post(address, CLINIC)
    lead.clinic.refresh_from_db()
    assert (lead.clinic.country, lead.clinic.telephone) == ("NZ", "+6498876543")


@pytest.mark.parametrize(("country", "emergency"), [("FI", "112"), ("IT", "112"), ("NZ", "111")])
def test_a_number_that_was_not_typed_anew_stays_itself(desk, address, lead, country, emergency):
    """020 7946 0958 is someone else's number in Finland, Italy and New Zealand."""
    desk.post(address, BRITISH)
    moved = {**BRITISH, "country": country, "emergency_number": emergency, "advice_number": ""}
    assert desk.post(address, moved).status_code == 302
    lead.clinic.refresh_from_db()
    assert (lead.clinic.country, lead.clinic.telephone) == (country, "+442079460958")


def test_an_emergency_number_left_from_the_old_country_is_refused(desk, address):
    """999 can be dialled in New Zealand, and brings nobody."""
    page = desk.post(address, {**CLINIC, "emergency_number": "999"})
    assertContains(page, "Write the emergency number of New Zealand.", status_code=422)
    assert list(page.context["form"].errors) == ["emergency_number"]


def test_an_advice_number_left_from_the_old_country_is_asked_for_again(desk, address):
    """111 is for advice in Britain, and for emergencies in Tanzania."""
    desk.post(address, BRITISH)
    page = desk.post(address, {**BRITISH, "country": "TZ", "emergency_number": "112"})
    assertContains(page, "Write the number for health advice in Tanzania", status_code=422)
    assert list(page.context["form"].errors) == ["advice_number"]


def test_the_form_shows_what_was_kept_and_keeps_it_again(desk, address, lead):
    desk.post(address, CLINIC)
    page = desk.get(address)
    for typed in CLINIC.values():
        assertContains(page, typed)
    lead.clinic.refresh_from_db()
    before = lead.clinic.advice_number
    desk.post(address, page.context["form"].initial)
    lead.clinic.refresh_from_db()
    assert lead.clinic.advice_number == before


def test_telephone_hours_and_advice_may_stay_empty(desk, address, lead):
    page = desk.post(
        address, {**BRITISH, "telephone": "", "opening_hours": "", "advice_number": ""}
    )
    assert page["Location"] == address
    lead.clinic.refresh_from_db()
    kept = (lead.clinic.telephone, lead.clinic.opening_hours, lead.clinic.advice_number)
    assert kept == ("", "", "")


@pytest.mark.parametrize("page", [CASELOAD, SETTINGS])
def test_the_lead_is_asked_for_a_number_until_there_is_one(desk, address, page):
    assertContains(desk.get(page), f"Riverside {ASKED}")
    assertContains(desk.get(page), f'href="{address}"')
    desk.post(address, BRITISH)
    assertNotContains(desk.get(page), ASKED)


def test_the_form_itself_says_that_the_number_is_missing(desk, address):
    assertContains(desk.get(address), ASKED)
    desk.post(address, BRITISH)
    assertNotContains(desk.get(address), ASKED)


@pytest.mark.parametrize("page", [CASELOAD, SETTINGS])
def test_who_leads_nothing_is_not_asked(as_user, page):
    assertNotContains(as_user(MembershipFactory().user).get(page), ASKED)


def queries_of(desk, page) -> int:
    with CaptureQueriesContext(connection) as seen:
        desk.get(page)
    return len(seen)


@pytest.mark.parametrize("page", [CASELOAD, SETTINGS])
def test_asking_takes_no_query(desk, address, page):
    asked = queries_of(desk, page)
    desk.post(address, BRITISH)
    desk.get(page)  # with the message that it was saved
    assert queries_of(desk, page) == asked
