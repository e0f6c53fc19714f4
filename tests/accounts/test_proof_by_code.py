"""Who has no password, or does not want to type it, is asked for a fresh code from an e-mail."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts import codes, limits, proof_checks, sign_in
from accounts.models import Clinic, Letter
from tests.accounts.post import code_in, newest_letter_to, words_of, wrong
from tests.accounts.test_proof import CONFIRM, asks, proved, typed_again
from tests.at_once import all_at_once
from tests.factories import PASSWORD, PatientFactory, UserFactory

pytestmark = pytest.mark.django_db
NINE = "2026-03-02 09:00:00+00:00"
MOMENT = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SET = "/accounts/password/set/"


@pytest.fixture
def person():
    """A patient who has only ever signed in by code."""
    user = PatientFactory(name="Sam Reed", user__name="Sam Reed").user
    user.set_unusable_password()
    user.save()
    return user


@pytest.fixture
def client(as_user, person):
    return proved(as_user(person), minutes=16)


def code_for(person) -> str:
    letter = newest_letter_to(person.email)
    assert letter.asked == "confirm"
    return code_in(letter)


def send(client, path=CONFIRM, **more):
    return client.post(path, {**more, "confirm": "send"})


def type_in(client, code, path=CONFIRM, **more):
    return client.post(path, {**more, "confirm": "code", "confirm-code": code})


def test_a_code_by_email_is_all_they_need(client, person):
    page = client.get(client.get(SET)["Location"])
    assert "E-mail me a code" in page.content.decode()
    assert 'type="password"' not in page.content.decode()
    asked = f"{CONFIRM}?next={SET}"
    assert person.email in send(client, asked).content.decode()
    assert type_in(client, code_for(person), asked)["Location"] == SET
    assert client.get(SET).status_code == 200


@pytest.mark.parametrize(
    "spelled",
    [str.lower, lambda c: c.replace("-", " "), lambda c: f" {c}\n", lambda c: c.replace("-", "–")],
)
def test_however_it_is_spelled(client, person, spelled):
    send(client)
    assert type_in(client, spelled(code_for(person))).status_code == 302


def test_someone_with_a_password_may_choose_a_code_and_go_back(cast, as_user):
    client = proved(as_user(cast.lead), minutes=16)
    path = reverse("accounts:invite_colleague", args=[cast.clinic.pk])
    typed = {"name": "Nia Price", "address": "nia@example.org", "role": "clinician"}
    page = send(client, path, **typed)
    assert "Type my password instead" in page.content.decode()
    assert typed_again(page)["name"] == ["Nia Price"]
    back = client.post(path, {**typed, "confirm": ""})
    assert 'type="password"' in back.content.decode()
    done = type_in(client, code_for(cast.lead), path, **typed)
    assert done["Location"] == "/settings/team/"
    assert cast.clinic.team_invitations.get().name == "Nia Price"


def test_the_letter_goes_to_them_says_little_and_leaves_first(client, person):
    Clinic.objects.update(name_in_mail="Green Door")
    send(client)
    letter = newest_letter_to(person.email)
    assert letter.kind == Letter.Kind.SIGN_IN
    assert letter.expires_at - letter.created_at == 10 * MINUTE
    for private in ("Sam", "Reed", person.patient_records.get().clinic.name):
        assert private not in "".join(words_of(letter))
    assert "Never tell anyone the code." in words_of(letter)[0]
    assert letter.as_email(now=letter.created_at).subject == "Your code to go on"


def test_a_wrong_code_may_be_typed_twice_more(client, person):
    send(client)
    code = code_for(person)
    for _ in range(2):
        page = type_in(client, wrong(code))
        assert "not the code from our newest e-mail" in str(page.context["form"].errors["code"])
    assert "not the code" in type_in(client, wrong(code)).content.decode()
    page = type_in(client, code)
    assert asks(page)
    assert "wrong code three times" in page.content.decode()
    assert "Code from the e-mail" not in page.content.decode()


@pytest.mark.parametrize("typed", ["", "zoë", "1" * 5000, "-1", "\x00", "🦵"])
def test_nonsense_for_a_code_is_explained(client, typed):
    send(client)
    page = type_in(client, typed)
    assert asks(page)
    assert page.context["form"].errors["code"]


def test_a_code_runs_out(as_user, person):
    with time_machine.travel(NINE, tick=False) as now:
        client = proved(as_user(person), minutes=16)
        send(client)
        code = code_for(person)
        now.shift(10 * MINUTE + timedelta(seconds=1))
        page = type_in(client, code)
        assert "has run out" in page.content.decode()


def test_a_code_works_once(as_user, person):
    client = proved(as_user(person), minutes=16)
    send(client)
    code = code_for(person)
    assert type_in(client, code).status_code == 302
    proved(client, minutes=16)
    assert asks(type_in(client, code))


def test_a_code_works_only_where_it_was_asked_for(as_user, person):
    here, elsewhere = (proved(as_user(person), minutes=16) for _ in range(2))
    send(here)
    assert asks(type_in(elsewhere, code_for(person)))


def test_another_code_replaces_the_first(client, person):
    send(client)
    first = code_for(person)
    send(client)
    assert asks(type_in(client, first))
    assert type_in(client, code_for(person)).status_code == 302


def test_another_code_says_that_it_was_sent_and_that_older_ones_are_worthless(as_user, person):
    with time_machine.travel(NINE, tick=False):
        client = proved(as_user(person), minutes=16)
        assert "Sent again" not in send(client).content.decode()
        said = send(client).content.decode()
        assert '<p role="status">Sent again just now. Older codes no longer work.</p>' in said


def test_the_session_holds_no_code(client, person):
    send(client)
    kept = str(dict(client.session))
    assert code_for(person) not in kept
    assert codes.read(code_for(person)) not in kept


def test_codes_are_limited_together_with_those_for_signing_in(as_user, person):
    with time_machine.travel(NINE, tick=False) as now:
        client = proved(as_user(person), minutes=16)
        client.get("/")  # from here on the device is known
        for _ in range(limits.CODE_ASKED.number):
            send(client)
            now.shift(MINUTE)
        page = send(client)
        assert "You can ask for another in 10 minutes." in page.content.decode()
        assert Letter.objects.count() == limits.CODE_ASKED.number
        now.shift(10 * MINUTE)
        proved(client, minutes=16)
        send(client)
        assert Letter.objects.count() == limits.CODE_ASKED.number + 1


def test_five_wrong_passwords_then_the_page_says_how_long_to_wait(as_user):
    user = UserFactory()
    with time_machine.travel(NINE, tick=False) as now:
        client = as_user(user)

        def answer(typed):
            proved(client, minutes=16)
            return client.post(CONFIRM, {"confirm": "password", "confirm-password": typed})

        for _ in range(7):
            assert answer(PASSWORD).status_code == 302
        for _ in range(5):
            assert "not your password" in answer("a wrong guess").content.decode()
        assert "Wait 15 minutes, or ask for a code." in answer(PASSWORD).content.decode()
        now.shift(15 * MINUTE)
        assert answer(PASSWORD).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_many_guesses_at_once_no_more_than_three_are_looked_at(as_user, person, monkeypatch):
    client, looked_at = proved(as_user(person), minutes=16), []
    send(client)
    monkeypatch.setattr(codes, "fits", lambda *words: looked_at.append(words) or False)
    clients = [same_browser(client) for _ in range(12)]
    answers = all_at_once(lambda n: type_in(clients[n], f"CDFG-346{2 + n % 8}"), times=12)
    assert len(looked_at) == 3
    assert all(asks(answer) for answer in answers)


def same_browser(client) -> Client:
    """Another tab of it: test clients are no good to several threads at once."""
    twin = Client()
    twin.cookies = client.cookies
    return twin


@pytest.mark.django_db(transaction=True)
def test_of_many_passwords_at_once_no_more_than_five_are_looked_at(monkeypatch):
    user, looked_at = UserFactory(), []
    monkeypatch.setattr(sign_in, "check_password", lambda *words: looked_at.append(words) or False)
    all_at_once(lambda n: proof_checks.check_password(user, f"guess {n}", now=MOMENT), times=16)
    assert len(looked_at) == limits.OLD_PASSWORD.number == 5
