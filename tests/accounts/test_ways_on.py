"""Someone who waits for a code reads what happened, what still works, and finds another way in."""

import pytest
import time_machine
from django.test import Client

from accounts import limits
from tests.accounts.post import code_in, newest_letter_to, wrong
from tests.accounts.used_up import use_up
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SIGN_IN, CONFIRM = "/accounts/login/", "/accounts/login/code/confirm/"
ASK, RESET = "/accounts/login/code/", "/accounts/password/reset/"
BY_PASSWORD = f"{SIGN_IN}?way=password"
ADDRESS = "ana@example.org"
FIELD, RESEND = 'name="code"', 'value="resend"'


@pytest.fixture(autouse=True)
def clock_stands():
    with time_machine.travel("2026-03-30 07:30:00+00:00", tick=False) as hands:
        yield hands


@pytest.fixture(params=["account", "no account"])
def address(request) -> str:
    if request.param == "account":
        UserFactory(email=ADDRESS)
    return ADDRESS


def ask(client: Client, address: str = ADDRESS):
    return client.post(SIGN_IN, {"login": address, "way": "code"})


def send_again(client: Client):
    return client.post(CONFIRM, {"action": "resend"})


def lock_codes() -> None:
    use_up(limits.CODE_WRONG, f"address:{ADDRESS}")


def read(page) -> str:
    return " ".join(page.content.decode().split())


def kept_address(client: Client, path: str, field: str) -> str:
    return client.get(path).context["form"][field].value()


def has_no_field(page) -> bool:
    return not any(part in read(page) for part in (FIELD, RESEND, "is on its way"))


def test_after_too_many_asks_the_newest_code_still_works_and_the_page_says_so(client, address):
    ask(client)
    for _ in range(4):
        send_again(client)
    page = send_again(client)
    said = read(page)
    assert page.status_code == 429
    assert "You can ask for another in 15 minutes. The newest one still works." in said
    assert "Too many tries" not in said
    assert FIELD in said
    assert RESEND not in said
    assert "is on its way" not in said
    assert f'href="{BY_PASSWORD}"' in said
    assert "call your clinic" in said


def test_the_newest_code_does_work_then(client, clock_stands):
    UserFactory(email=ADDRESS)
    for _ in range(6):
        clock_stands.shift(1)
        ask(client)
    client.post(CONFIRM, {"code": code_in(newest_letter_to(ADDRESS))})
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("path", [SIGN_IN, ASK])
def test_asking_on_another_page_leads_to_the_code_that_still_works(client, address, path):
    for _ in range(5):
        ask(client)
    page = client.post(path, {"login": ADDRESS, "email": ADDRESS, "way": "code"})
    assert "The newest one still works." in read(page)
    assert FIELD in read(page)


@pytest.mark.parametrize("path", [SIGN_IN, ASK])
def test_a_browser_without_a_code_is_not_told_that_one_works(client, address, path):
    use_up(limits.CODE_ASKED, f"address:{ADDRESS}")
    said = read(client.post(path, {"login": ADDRESS, "email": ADDRESS, "way": "code"}))
    assert "You can ask for another in 15 minutes." in said
    assert "still works" not in said
    assert "call your clinic" in said
    assert kept_address(client, BY_PASSWORD, "login") == ADDRESS


def test_while_no_code_is_looked_at_there_is_no_field_for_one(client, address):
    ask(client)
    lock_codes()
    for page in (
        client.get(CONFIRM),
        client.post(CONFIRM, {"code": "BCDF-2345"}),
        client.post(CONFIRM, {"code": "no code"}),
        send_again(client),
    ):
        assert page.status_code == 429
        assert has_no_field(page)
        assert "Try again in 1 hour. Or sign in with your password" in read(page)
        assert "call your clinic" in read(page)
        assert f'href="{BY_PASSWORD}"' in read(page)


def test_the_tenth_wrong_code_is_answered_by_the_wait_and_no_advice_to_look_again(client):
    UserFactory(email=ADDRESS)
    use_up_but_one = limits.CODE_WRONG.number - 1
    ask(client)
    for _ in range(use_up_but_one):
        limits.use(limits.CODE_WRONG, f"address:{ADDRESS}", now=newest().created_at)
    page = client.post(CONFIRM, {"code": wrong(code_in(newest()))})
    assert page.status_code == 429
    assert has_no_field(page)
    assert "Look again" not in read(page)


def newest():
    return newest_letter_to(ADDRESS)


def test_the_password_can_be_typed_while_a_code_is_waited_for_and_the_address_is_kept(client):
    UserFactory(email=ADDRESS)
    ask(client)
    assert f'href="{BY_PASSWORD}"' in read(client.get(CONFIRM))
    assert kept_address(client, BY_PASSWORD, "login") == ADDRESS
    client.post(SIGN_IN, {"login": ADDRESS, "password": PASSWORD})
    assert "_auth_user_id" in client.session


def test_the_way_to_the_password_keeps_where_one_wanted_to_be(client):
    ask(client)
    page = client.get(f"{CONFIRM}?next=/settings/")
    assert f'href="{SIGN_IN}?way=password&amp;next=%2Fsettings%2F"' in read(page)


def test_another_code_says_that_it_was_sent_and_that_older_ones_are_worthless(client, address):
    ask(client)
    assert "Sent again" not in read(client.get(CONFIRM))
    page = client.post(CONFIRM, {"action": "resend"}, follow=True)
    status = read(page).split('role="status">')[1].split("</div></div>")[0]
    assert "Sent again just now. Older codes no longer work." in status
    assert "Sent again" not in read(client.get(CONFIRM))


@pytest.mark.parametrize(("path", "field"), [(SIGN_IN, "login"), (ASK, "email"), (RESET, "email")])
def test_the_address_is_kept_after_three_wrong_codes(client, address, path, field):
    ask(client)
    for n in range(3):
        answer = client.post(CONFIRM, {"code": f"BCDF-234{n + 5}"})
    assert answer["Location"] == SIGN_IN
    assert kept_address(client, path, field) == ADDRESS


def test_the_address_is_kept_after_a_code_ran_out_and_then_for_ten_minutes(client, clock_stands):
    ask(client)
    clock_stands.shift(601)
    assert client.get(CONFIRM)["Location"] == SIGN_IN
    assert kept_address(client, SIGN_IN, "login") == ADDRESS
    clock_stands.shift(601)
    assert kept_address(client, SIGN_IN, "login") == ""


def test_another_person_at_the_same_browser_finds_no_address(client, address):
    ask(client)
    client.post("/accounts/logout/", {"next": SIGN_IN})
    assert kept_address(client, SIGN_IN, "login") == ""


def reset_too_often(client: Client):
    use_up(limits.RESET, f"address:{ADDRESS}")
    return client.post(RESET, {"email": ADDRESS})


def test_too_many_links_for_a_new_password_and_the_page_offers_a_code(client, address):
    said = read(reset_too_often(client))
    assert "Try again in 1 hour. You can sign in with a code by e-mail" in said
    assert "call your clinic" in said
    assert f'href="{ASK}"' in said
    assert kept_address(client, ASK, "email") == ADDRESS
    assert kept_address(client, SIGN_IN, "login") == ADDRESS


def test_it_offers_no_code_where_none_would_be_sent(client, address):
    lock_codes()
    said = read(reset_too_often(client))
    assert "code by e-mail" not in said
    assert f'href="{ASK}"' not in said
