"""One's own settings, and the clinic's."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent, Membership
from tests.factories import MembershipFactory, PatientFactory, UserFactory

pytestmark = pytest.mark.django_db
SETTINGS = "/settings/"
CLINIC = {
    "name": "Hillside",
    "time_zone": "Pacific/Auckland",
    "country": "NZ",
    "telephone": "09 887 6543",
    "opening_hours": "Mon to Fri, 8:30 to 17:00",
    "emergency_number": "111",
    "advice_number": "0800 611 116",
}
KEPT = {**CLINIC, "telephone": "+6498876543", "advice_number": "+64800611116"}


@pytest.mark.parametrize("make", [MembershipFactory, PatientFactory], ids=["staff", "patient"])
def test_one_changes_ones_own_name(as_user, make):
    user = make().user
    client = as_user(user)
    assert client.post(SETTINGS, {"name": "Zoë Ågren"})["Location"] == SETTINGS
    page = client.get(SETTINGS).content.decode()
    assert 'value="Zoë Ågren"' in page
    assert "Name saved." in page


@pytest.mark.parametrize("typed", ["", "   ", "x" * 121, "a\x00b"])
def test_bad_names_are_explained_and_kept(as_user, typed):
    user = UserFactory(name="Sam")
    page = as_user(user).post(SETTINGS, {"name": typed})
    assert page.status_code == 422
    assert page.context["form"].errors["name"]
    assert page.context["form"]["name"].value() == typed
    user.refresh_from_db()
    assert user.name == "Sam"


def test_a_patient_finds_the_way_to_time_zone_and_reminders(as_user):
    page = as_user(PatientFactory().user).get(SETTINGS).content.decode()
    assert reverse("today:settings") in page
    assert reverse("reminders:settings") in page
    assert "/settings/team/" not in page


def test_the_password_link_fits_the_account(as_user):
    user = UserFactory()
    assert "/accounts/password/change/" in as_user(user).get(SETTINGS).content.decode()
    user.set_unusable_password()
    user.save()
    assert "/accounts/password/set/" in as_user(user).get(SETTINGS).content.decode()


def test_a_lead_changes_the_clinic(as_user):
    lead = MembershipFactory(role=Membership.Role.LEAD)
    client = as_user(lead.user)
    path = reverse("accounts:clinic", args=[lead.clinic.pk])
    assert path in client.get(SETTINGS).content.decode()
    assert client.post(path, CLINIC)["Location"] == path
    lead.clinic.refresh_from_db()
    assert {field: getattr(lead.clinic, field) for field in KEPT} == KEPT
    assert AuditEvent.objects.get().action == "clinic_changed"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("time_zone", "Moon/Tycho"),
        ("time_zone", ""),
        ("emergency_number", ""),
        ("advice_number", "9" * 31),
        ("advice_number", "a\x00b"),
    ],
)
def test_bad_input_is_explained_and_kept(as_user, field, typed):
    lead = MembershipFactory(role=Membership.Role.LEAD)
    path = reverse("accounts:clinic", args=[lead.clinic.pk])
    page = as_user(lead.user).post(path, {**CLINIC, field: typed})
    assert page.status_code == 422
    assert page.context["form"].errors[field]
    assert page.context["form"][field].value() == typed
    before = lead.clinic.name
    lead.clinic.refresh_from_db()
    assert lead.clinic.name == before


def test_only_its_lead_changes_a_clinic(as_user):
    member = MembershipFactory()
    path = reverse("accounts:clinic", args=[member.clinic.pk])
    others = [member.user, MembershipFactory(role=Membership.Role.LEAD).user, UserFactory()]
    assert {as_user(user).post(path, CLINIC).status_code for user in others} == {404}


def test_who_belongs_nowhere_meets_no_menu_of_pages_they_cannot_open(as_user):
    page = as_user(UserFactory()).get(SETTINGS).content.decode()
    assert 'value="' in page
    assert reverse("today:today") not in page
    assert reverse("caseload:caseload") not in page
