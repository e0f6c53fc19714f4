"""An empty database: the first person sets up the clinic, once."""

import threading

import pytest
from django.db import close_old_connections, connection
from django.test import Client

from accounts import services
from accounts.models import AuditEvent, Clinic, Membership, User
from tests.factories import LONG_AGO, PASSWORD, UserFactory

FILLED_IN = {
    "clinic_name": "Riverside",
    "name": "Ada Lowe",
    "email": "Ada@Example.org",
    "password": PASSWORD,
    "time_zone": "Europe/London",
    "country": "GB",
    "emergency_number": "999",
    "advice_number": "111",
}


@pytest.mark.django_db
def test_the_front_door_leads_to_setting_up(client):
    assert client.get("/")["Location"] == "/welcome/"
    page = client.get("/welcome/").content.decode()
    assert 'autocomplete="new-password"' in page
    assert '<option value="Europe/London"' in page


@pytest.mark.django_db
def test_setting_up_makes_the_lead_and_signs_them_in(client):
    assert client.post("/welcome/", FILLED_IN)["Location"] == "/"
    [membership] = Membership.objects.all()
    assert membership.role == Membership.Role.LEAD
    assert (membership.clinic.name, membership.user.name) == ("Riverside", "Ada Lowe")
    assert client.session["_auth_user_id"] == str(membership.user.pk)
    assert membership.user.email == "ada@example.org"
    done = AuditEvent.objects.order_by("at").values_list("action", flat=True)
    assert set(done) == {"clinic_started", "signed_in_at_start"}


@pytest.mark.django_db
def test_it_is_gone_once_somebody_exists(client):
    UserFactory()
    assert client.get("/welcome/").status_code == 404
    assert client.post("/welcome/", FILLED_IN).status_code == 404
    assert client.get("/")["Location"] == "/accounts/login/"
    assert not Clinic.objects.exists()


BAD_INPUT = [
    ("clinic_name", "", "Type a name."),
    ("clinic_name", "x" * 121, "120 letters at most"),
    ("clinic_name", "a\x00b", "Null characters"),
    ("name", "", "Type a name."),
    ("name", "🦵" * 121, "120 letters at most"),
    ("email", "", "Type an e-mail address."),
    ("email", "ada", "like name@example.org"),
    ("email", "a" * 300 + "@example.org", "254 letters at most"),
    ("password", "", "Choose a password."),
    ("password", "short", "Use 10 characters or more."),
    ("password", "password123", "too easy to guess"),
    ("password", "ada@example.org", "Names, and words about"),
    ("password", "Ada Lowe 1", "Names, and words about"),
    ("password", "x" * 129, "128 letters at most"),
    ("time_zone", "", "Type a city"),
    ("time_zone", "Moon/Tycho", "We do not know"),
    ("country", "XX", "Choose a country"),
    ("emergency_number", "", "Type a number."),
    ("emergency_number", "javascript:alert(1)", "Write only the number"),
    ("advice_number", "call us", "Write only the number"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("field", "typed", "said"), BAD_INPUT)
def test_bad_input_is_explained_and_the_rest_kept(client, field, typed, said):
    page = client.post("/welcome/", {**FILLED_IN, field: typed})
    assert page.status_code == 422
    assert said in str(page.context["form"].errors[field])
    assert f'id="id_{field}_error"' in page.content.decode()
    for other in {"clinic_name", "name", "email"} - {field}:
        assert f'value="{FILLED_IN[other]}"' in page.content.decode()
    assert FILLED_IN["password"] not in page.content.decode()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_another_country_asks_for_its_own_emergency_number(client):
    page = client.post("/welcome/", {**FILLED_IN, "country": "US"})
    assert page.status_code == 422
    assert "short number in United States" in str(page.context["form"].errors["emergency_number"])
    assert not Clinic.objects.exists()
    fields = client.get("/welcome/").context["form"]
    assert not fields["emergency_number"].value()  # 999 can be dialled in some, and helps nobody
    there = {"country": "NZ", "emergency_number": "111", "advice_number": "0800 611 116"}
    client.post("/welcome/", {**FILLED_IN, **there})
    clinic = Clinic.objects.get()
    numbers = (clinic.country, clinic.emergency_number, clinic.advice_number)
    assert numbers == ("NZ", "111", "+64800611116")


def set_up(barrier: threading.Barrier, answers: list) -> None:
    client = Client()
    barrier.wait()
    answers.append(client.post("/welcome/", {**FILLED_IN, "email": f"ada{id(client)}@example.org"}))
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_of_several_at_the_same_moment_one_wins():
    barrier, answers = threading.Barrier(4), []
    people = [threading.Thread(target=set_up, args=(barrier, answers)) for _ in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    close_old_connections()
    assert len(answers) == 4
    assert Clinic.objects.count() == User.objects.count() == 1


@pytest.mark.django_db
def test_the_service_itself_refuses_a_second_first_clinic():
    UserFactory()
    with pytest.raises(services.NotPossible, match="already been set up"):
        services.start_first_clinic(
            "Riverside",
            email="ada@example.org",
            person_name="Ada",
            time_zone="UTC",
            password=PASSWORD,
            now=LONG_AGO,
        )
