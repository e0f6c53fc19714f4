"""What the log lines hold, and what they must not."""

import json
import logging

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from config.logs import JsonLines
from reminders import tokens
from tests.cast import Cast
from tests.factories import UserFactory
from tests.reminders.routes import remind

ADDRESS = "sam@example.org"
NOTE = "it hurts\n\nso much"


@pytest.fixture
def lines():
    """Every line as the deployment would write it, for this test."""
    kept = []

    class Keeps(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(json.loads(self.format(record)))

    handler = Keeps()
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    yield kept
    logging.getLogger().removeHandler(handler)


def test_a_link_from_an_email_is_logged_by_its_route(cast: Cast, lines) -> None:
    token = tokens.make(remind(cast), purpose="change")
    address = reverse("reminders:from_email", args=[token])
    for answer, data in ((200, {"when": "usual"}), (422, {"when": "sometimes"})):
        assert Client().post(address, data).status_code == answer
    assert Client().get(f"{address}nowhere/").status_code == 404
    assert "Unprocessable Content: /reminders/<str:token>/change/" in [
        line["message"] for line in lines
    ]
    assert token not in json.dumps(lines)


def test_a_link_with_a_letter_too_many_is_logged_by_its_route(db: None, lines) -> None:
    """Mail programs sometimes take the quotation mark behind a link for a part of it."""
    assert Client().get("/invitations/secret-token»/").status_code == 404
    assert "secret-token" not in json.dumps(lines)


def test_what_the_database_refuses_is_logged_without_the_values(db: None, lines) -> None:
    UserFactory(email=ADDRESS)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        UserFactory(email=ADDRESS)
    assert ADDRESS in str(refused.value)
    error = refused.value
    logging.error("first: %s", error)
    logging.error("as a task says it: %r", error, extra={"why": str(error)})
    try:
        raise RuntimeError("later") from error
    except RuntimeError:
        logging.exception("last")
    assert len(lines) == 3
    assert ADDRESS not in json.dumps(lines)
    assert lines[0]["message"].startswith("first: duplicate key value violates unique constraint")
    told = lines[2]["traceback"]
    assert "IntegrityError: duplicate key value violates unique constraint" in told
    assert told.endswith("RuntimeError: later")


@pytest.mark.parametrize(
    "statement",
    [
        "select nothing from accounts_user where name = %s",
        "do $$ begin raise 'no' using detail = %s; end $$",
        "do $$ begin raise 'no' using detail = 'Failing row contains (1,' || %s; end $$",
    ],
)
def test_no_line_of_a_value_is_logged(db: None, lines, statement) -> None:
    """A note may have several lines; the database tells of them all."""
    with pytest.raises(Error) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [NOTE])
    logging.error("refused", exc_info=refused.value)
    assert refused.type.__name__ in lines[0]["traceback"]
    assert "it hurts" not in json.dumps(lines)
    assert "so much" not in json.dumps(lines)


HEADERS = {
    "a host": {"host": ADDRESS},
    "a host and more": {"host": f"clinic.example/{ADDRESS}"},
    "an origin": {"origin": f"https://{ADDRESS}"},
    "a page before": {"referer": f"https://clinic.example/{ADDRESS}"},
    "a page before without a host": {"referer": ADDRESS},
}


@pytest.mark.parametrize("path", ["/", "/accounts/login/"])
@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS.keys())
def test_nothing_that_a_caller_wrote_in_a_header_is_logged(db: None, lines, headers, path) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answer = strict.post(path, {"login": ADDRESS}, headers=headers, secure=True)
    assert answer.status_code in {400, 403}
    refused = [line for line in lines if line["logger"].startswith("django.security")]
    assert len(refused) == 1
    assert refused[0]["level"] == "warning"
    assert "traceback" not in refused[0]
    assert ADDRESS not in json.dumps(lines)


def test_it_still_says_what_was_refused(db: None, lines) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.get("/accounts/login/", headers={"host": ADDRESS})
    strict.post("/accounts/login/", headers={"origin": f"https://{ADDRESS}"})
    strict.post("/accounts/login/")
    refused = [line["message"] for line in lines if line["logger"].startswith("django.security")]
    assert refused == [
        "DisallowedHost: (unknown)",
        "Origin checking failed: /accounts/login/",
        "CSRF cookie not set.: /accounts/login/",
    ]


def test_a_body_that_cannot_be_read_is_logged_without_it(db: None, lines) -> None:
    form = f"multipart/form-data; boundary={ADDRESS}\N{DEGREE SIGN}"
    client = Client(raise_request_exception=False)
    answer = client.post("/accounts/login/", b"x", content_type=form)
    assert answer.status_code == 400
    assert ADDRESS not in json.dumps(lines)


def test_a_fault_of_ours_keeps_its_traceback(lines) -> None:
    try:
        raise RuntimeError("ours")
    except RuntimeError:
        logging.getLogger("django.request").exception("failed", extra={"status_code": 500})
    assert lines[0]["level"] == "error"
    assert "RuntimeError: ours" in lines[0]["traceback"]
