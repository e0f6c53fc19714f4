"""What the log lines hold, and what they must not."""

import json
import logging

import pytest
from django.test import Client
from django.urls import reverse

from config.logs import JsonLines
from reminders import tokens
from tests.cast import Cast
from tests.reminders.routes import remind


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
    token = tokens.make(remind(cast).pk, purpose="change")
    address = reverse("reminders:from_email", args=[token])
    for answer, data in ((200, {"when": "usual"}), (422, {"when": "sometimes"})):
        assert Client().post(address, data).status_code == answer
    assert Client().get(f"{address}nowhere/").status_code == 404
    assert "Unprocessable Content: /reminders/<str:token>/" in [line["message"] for line in lines]
    assert token not in json.dumps(lines)


def test_a_link_with_a_letter_too_many_is_logged_by_its_route(db: None, lines) -> None:
    """Mail programs sometimes take the quotation mark behind a link for a part of it."""
    assert Client().get("/invitations/secret-token»/").status_code == 404
    assert "secret-token" not in json.dumps(lines)
