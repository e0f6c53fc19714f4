"""E-mailed codes: how they are read, how often guessed at, and where they never stand."""

import logging
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import redis
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection
from django.test import Client

from accounts import codes, tasks
from accounts.actions import Action
from accounts.models import AuditEvent, Letter
from config.celery_app import app
from tests.accounts.post import code_in, letter_to, newest_letter_to, wrong
from tests.accounts.test_proof import CONFIRM as IS_IT_YOU
from tests.accounts.test_proof import proved
from tests.at_once import all_at_once
from tests.clients import is_signed_in
from tests.factories import PASSWORD, PatientFactory, UserFactory

SIGN_IN, CONFIRM = "/accounts/login/", "/accounts/login/code/confirm/"
START = "2026-03-30 07:30:00+00:00"
pytestmark = pytest.mark.django_db


def asked_by(client: Client, address: str) -> str:
    """The code that this browser waits for."""
    client.post(SIGN_IN, {"login": address, "way": "code"})
    return code_in(newest_letter_to(address))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("BCDF-2345", "BCDF2345"),
        ("bcdf2345", "BCDF2345"),
        ("  bcdf - 2345\r\n", "BCDF2345"),
        ("ＢＣＤＦ－２３４５", "BCDF2345"),  # full width
        ("ｂｃｄｆ２３４５", "BCDF2345"),
        ("BCDF–2345", "BCDF2345"),  # en dash
        ("BCDF‑2345", "BCDF2345"),  # dash that does not break
        ("BCDF\u00ad2345", "BCDF2345"),  # soft hyphen
        ("BC\u200bDF\u200d-23\ufeff45", "BCDF2345"),  # no width
        ("BCDF\u00a02345", "BCDF2345"),  # no-break space
        ("\u202aBCDF-2345\u202c", "BCDF2345"),  # turns of direction
        ("𝐁𝐂𝐃𝐅-𝟐𝟑𝟒𝟓", "BCDF2345"),
        ("„BCDF-2345“.", "BCDF2345"),
        ("OIL0AEU1", ""),
    ],
)
def test_what_is_typed_or_pasted_is_read(typed, read):
    assert codes.read(typed) == read


def test_a_pasted_code_signs_in(client):
    code = asked_by(client, UserFactory().email)
    pasted = "\u200b " + "".join(chr(ord(c) + 0xFEE0) for c in code.lower()) + "\u00a0"
    client.post(CONFIRM, {"code": pasted})
    assert is_signed_in(client)


def test_a_code_has_eight_characters_that_nobody_mistakes_for_everybody(client):
    for user in (UserFactory(), PatientFactory().user):
        code = asked_by(Client(), user.email).replace("-", "")
        assert len(code) == 8
        assert set(code) <= set(codes.ALPHABET)
    assert not set("01LIOAEU") & set(codes.ALPHABET)


def test_codes_are_spread_over_all_that_are_possible():
    made = [codes.code_of(uuid4()) for _ in range(2000)]
    assert len(set(made)) == 2000
    for place in zip(*made, strict=True):
        assert set(place) == set(codes.ALPHABET)


def test_a_code_cannot_be_computed_without_the_secret_key(settings):
    request = UUID(int=1)
    before = codes.code_of(request)
    settings.SECRET_KEY = "another" * 10
    assert codes.code_of(request) != before


@pytest.mark.django_db(transaction=True)
def test_of_twelve_guesses_at_once_three_are_judged(client):
    code = asked_by(client, UserFactory().email)
    guess = wrong(code)

    def post(_n):
        browser = Client()
        browser.cookies = client.cookies
        return browser.post(CONFIRM, {"code": guess})

    pages = all_at_once(post, times=12)
    assert {page.status_code for page in pages} <= {302, 422}
    assert AuditEvent.objects.filter(action=Action.CODE_WRONG).count() == 3
    client.post(CONFIRM, {"code": code})
    assert not is_signed_in(client)


@pytest.mark.django_db(transaction=True)
def test_of_many_presses_with_the_right_code_one_signs_in(client):
    code = asked_by(client, UserFactory().email)

    def post(_n):
        browser = Client()
        browser.cookies = client.cookies
        return browser.post(CONFIRM, {"code": code})

    all_at_once(post, times=3)
    assert AuditEvent.objects.filter(action=Action.SIGNED_IN_BY_CODE).count() == 1


def guess_wrongly(address: str, times: int) -> None:
    """From browsers that nobody knows, two guesses at each code, as fast as codes are sent."""
    for n in range(times):
        if n % 2 == 0:
            guest = Client()
            code = asked_by(guest, address)
        # The one that uses them up is told how long to wait.
        assert guest.post(CONFIRM, {"code": wrong(code)}).status_code in (422, 429)


def test_ten_wrong_codes_in_an_hour_over_all_codes_and_none_is_judged_or_sent(client, time_machine):
    user = UserFactory()
    time_machine.move_to(START, tick=False)
    waiting = Client()
    guess_wrongly(user.email, 4)
    time_machine.shift(timedelta(minutes=16))
    code = asked_by(waiting, user.email)
    guess_wrongly(user.email, 6)
    letters = Letter.objects.count()
    for page in (
        waiting.post(CONFIRM, {"code": code}),
        client.post(SIGN_IN, {"login": user.email, "way": "code"}),
        client.post("/accounts/login/code/", {"email": user.email}),
        waiting.post(CONFIRM, {"action": "resend"}),
    ):
        assert page.status_code == 429
        assert "Try again in 44 minutes. Or sign in with your password" in page.content.decode()
        assert page["Retry-After"] == str(44 * 60)
    assert not is_signed_in(waiting)
    assert Letter.objects.count() == letters
    client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    assert is_signed_in(client)


def test_thirty_wrong_codes_in_a_day_are_enough(client, time_machine):
    user = UserFactory()
    time_machine.move_to(START, tick=False)
    for _ in range(3):
        for _ in range(2):
            guess_wrongly(user.email, 4)
            time_machine.shift(timedelta(minutes=16))
        guess_wrongly(user.email, 2)
        time_machine.shift(timedelta(hours=1))
    page = client.post(SIGN_IN, {"login": user.email, "way": "code"})
    assert page.status_code == 429
    assert "hours" in page.content.decode()


def test_a_right_code_uses_no_guess_up(time_machine):
    user = UserFactory()
    time_machine.move_to(START, tick=False)
    for _ in range(12):
        browser = Client()
        browser.post(CONFIRM, {"code": asked_by(browser, user.email)})
        assert is_signed_in(browser)
        time_machine.shift(timedelta(minutes=4))


def test_what_is_no_code_at_all_is_not_counted_as_a_guess(client):
    code = asked_by(client, UserFactory().email)
    for typed in ["", "BCDF", "123456", code * 2]:
        assert client.post(CONFIRM, {"code": typed}).status_code == 422
    client.post(CONFIRM, {"code": code})
    assert is_signed_in(client)


def test_only_the_newest_code_of_a_browser_counts_whichever_tab_asked(client):
    user = UserFactory()
    first = asked_by(client, user.email)
    client.post("/accounts/login/code/", {"email": user.email})  # another tab
    client.post(CONFIRM, {"code": first})
    assert not is_signed_in(client)
    client.post(CONFIRM, {"code": code_in(newest_letter_to(user.email))})
    assert is_signed_in(client)


def test_the_field_takes_letters_and_is_offered_the_code_by_the_phone(client):
    asked_by(client, UserFactory().email)
    page = client.get(CONFIRM).content.decode()
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="text"' in page
    assert "maxlength" not in page


def everything_stored() -> str:
    """Every row of every table, and every key of Redis, as text."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        rows = []
        for name in names:
            table = connection.ops.quote_name(name)
            cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608  our own tables
            rows += cursor.fetchall()
    sessions = [str(session.get_decoded()) for session in Session.objects.all()]
    return str([*rows, *sessions])


def everything_in_redis() -> str:
    server = redis.Redis.from_url(settings.REDIS_URL)
    keys = server.keys()
    lists = [server.lrange(key, 0, -1) for key in keys if server.type(key) == b"list"]
    texts = [server.get(key) for key in keys if server.type(key) == b"string"]
    return str([keys, lists, texts])


@pytest.mark.parametrize("end", ["waiting", "sent", "refused", "expired", "no answer"])
def test_a_code_stands_in_no_table_no_session_no_queue_and_no_log(
    client, smtp_server, caplog, time_machine, django_capture_on_commit_callbacks, end
):
    caplog.set_level(logging.DEBUG)
    user, now = UserFactory(), time_machine.move_to
    with app.connection_for_write() as broker, broker.SimpleQueue("letters") as queue:
        queue.clear()
        with django_capture_on_commit_callbacks(execute=True):
            code = asked_by(client, user.email)
        in_redis = everything_in_redis()
        queue.clear()
    smtp_server.behaviour = {"refused": "refuse 550", "no answer": "drop_after_dot"}.get(
        end, "accept"
    )
    if end == "expired":
        now(letter_to(user.email).expires_at)
    if end != "waiting":
        tasks.deliver_letters()
    ours = [record.__dict__ for record in caplog.records if record.name != "mail.log"]
    told = everything_stored() + in_redis + str(ours)
    for spelling in (code, code.replace("-", "")):
        assert spelling not in told
    assert "deliver_letters" in in_redis


def test_the_database_refuses_words_for_what_was_asked_at_the_sign_in_page(client):
    asked_by(client, UserFactory().email)
    with pytest.raises(IntegrityError, match="letter_asked_for_has_no_words"):
        Letter.objects.update(text="Your code is BCDF-2345")


def test_the_subject_says_no_code(client, smtp_server):
    code = asked_by(client, UserFactory().email)
    tasks.deliver_letters()
    [message] = smtp_server.messages
    assert message["Subject"] == "Your code to sign in"
    assert code in message.get_body(("plain",)).get_content()


NO_SUCH_SIGNS = "Check it: our codes have no 0, 1 or L, and no vowels (A, E, I, O, U)."
EIGHT = "A code has 8 letters and numbers"


@pytest.mark.parametrize("page", ["the door", "is it you"])
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("WRONG123", NO_SUCH_SIGNS),
        ("bcdo-2345", NO_SUCH_SIGNS),
        ("ＢＣＤＦ－２３４０", NO_SUCH_SIGNS),
        ("BCDF-234", EIGHT),
        ("BCDF-23456", EIGHT),
        ("WRONG12", EIGHT),
    ],
)
def test_what_cannot_be_a_code_is_told_why_and_is_no_try(client, as_user, page, typed, words):
    user = UserFactory()
    if page == "the door":
        asked_by(client, user.email)
        answer = client.post(CONFIRM, {"code": typed})
    else:
        client = proved(as_user(user), minutes=16)
        client.post(IS_IT_YOU, {"confirm": "send"})
        answer = client.post(IS_IT_YOU, {"confirm": "code", "confirm-code": typed})
    assert words in str(answer.context["form"].errors["code"])
    assert typed in answer.content.decode()
    assert not AuditEvent.objects.filter(action=Action.CODE_WRONG).exists()
