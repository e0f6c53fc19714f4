"""Letters: written with the caller's work, sent once, their words forgotten."""

import socket
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import override_settings

import clock
from accounts import letters, tasks
from accounts.models import Letter
from config.celery_app import app
from outbox import delivery
from outbox.models import State
from outbox.publish import publish
from tests.journeys.stack import free_port

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 30, 7, 30, tzinfo=UTC)
TEMPLATES = {
    "emails/note.subject.txt": "Your code\nis {{ code }}\n",
    "emails/note.txt": "{% autoescape off %}Hello {{ name }}, it is {{ code }}.\n{{ site_url }}{% endautoescape %}",
    "emails/note.html": "<p>Hello {{ name }}, it is {{ code }}.</p>",
}


@pytest.fixture(autouse=True)
def note_templates(settings):
    engine = {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", TEMPLATES)]},
    }
    settings.TEMPLATES = [engine]


def post(kind=Letter.Kind.NOTICE, **fields) -> Letter:
    context = {"name": "O'Neill & <sons>", "code": "123 456"}
    return letters.post(
        "note", to="sam@example.org", context=context, kind=kind, now=NOW, by=None, **fields
    )


def deliver(now: datetime = NOW) -> int:
    return delivery.deliver(Letter.objects.all(), write=Letter.as_email, clock=lambda: now)


def test_the_words_come_from_three_templates():
    letter = post()
    assert letter.subject == "Your code is 123 456"
    assert letter.text == "Hello O'Neill & <sons>, it is 123 456.\nhttp://testserver\n"
    assert "<p>Hello O'Neill &amp; &lt;sons&gt;, it is 123 456.</p>" in letter.html


def test_a_letter_is_sent_and_its_words_are_forgotten(smtp_server):
    letter = post()
    assert deliver() == 1
    letter.refresh_from_db()
    assert (letter.state, letter.text, letter.html) == (State.SENT, "", "")
    [message] = smtp_server.messages
    assert "123 456" in message.get_body(("plain",)).get_content()
    assert letter.subject == ""  # it may hold a code


@pytest.mark.parametrize(
    ("kind", "valid_for"),
    [
        (Letter.Kind.SIGN_IN, timedelta(minutes=15)),
        (Letter.Kind.INVITATION, timedelta(days=1)),
        (Letter.Kind.NOTICE, timedelta(days=1)),
    ],
)
def test_a_letter_that_could_not_leave_in_time_expires_and_is_forgotten(
    smtp_server, kind, valid_for
):
    letter = post(kind)
    smtp_server.behaviour = "451 later"
    deliver()
    smtp_server.behaviour = "accept"
    assert deliver(NOW + valid_for) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.text, letter.html) == (State.EXPIRED, "", "")


@pytest.mark.parametrize(
    ("kind", "copies"),
    [(Letter.Kind.SIGN_IN, 2), (Letter.Kind.INVITATION, 2), (Letter.Kind.NOTICE, 1)],
)
def test_no_answer_brings_those_who_wait_one_more_copy(smtp_server, kind, copies):
    letter = post(kind)
    smtp_server.behaviour = "drop_after_dot"
    for minutes in range(5):
        deliver(NOW + timedelta(minutes=minutes))
    assert len(smtp_server.received) == copies
    assert {message["Message-ID"] for message in smtp_server.received} == {letter.message_id}
    letter.refresh_from_db()
    assert (letter.state, letter.doubts, letter.text) == (State.UNCERTAIN, copies, "")


def test_a_letter_undone_with_its_transaction_never_leaves(smtp_server):
    with transaction.atomic():
        post()
        transaction.set_rollback(True)
    assert deliver() == 0
    assert smtp_server.messages == []


@pytest.fixture
def silent_broker():
    """Takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def no_broker():
    return free_port()


@pytest.mark.parametrize("kind_of_broker", ["no_broker", "silent_broker"])
def test_a_broker_that_is_down_costs_only_time(
    request, monkeypatch, smtp_server, django_capture_on_commit_callbacks, kind_of_broker
):
    port = request.getfixturevalue(kind_of_broker)
    monkeypatch.setattr(app.conf, "broker_write_url", f"redis://127.0.0.1:{port}/0")
    with django_capture_on_commit_callbacks(execute=True):
        letter = post()
    assert not publish(tasks.deliver_letters)
    with override_settings(CLOCK_OFFSET=_until_due(letter)):
        tasks.sweep_letters()
    assert len(smtp_server.messages) == 1


def _until_due(letter: Letter) -> int:
    """Seconds by which the clock must be moved for the letter to be due now."""
    return int((letter.due_at - clock.now()).total_seconds()) + 1


def test_a_new_letter_rings_for_a_worker_with_no_word_of_it(
    django_capture_on_commit_callbacks,
):
    with app.connection_for_write() as connection, connection.SimpleQueue("letters") as queue:
        queue.clear()
        with django_capture_on_commit_callbacks(execute=True):
            post()
        message = queue.get(timeout=10)
        message.ack()
    assert message.headers["task"] == "accounts.tasks.deliver_letters"
    assert message.headers["argsrepr"] == "()"
    assert message.headers["kwargsrepr"] == "{}"
    assert "sam@example.org" not in str(message.payload)
