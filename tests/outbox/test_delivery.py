"""What becomes of a message, for everything that a mail server can do."""

from datetime import timedelta

import pytest

from accounts.models import Letter
from config.mail import mailers_from_url
from outbox import delivery
from outbox.models import LEASE, State
from outbox.transport import CONNECTIONS
from tests.outbox.letters import NOW, make_letter

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def deliver(clock) -> int:
    return delivery.deliver(Letter.objects.all(), write=Letter.as_email, clock=clock)


def test_an_accepted_message_is_sent_once(smtp_server, letter, clock):
    assert deliver(clock) == 1
    assert deliver(clock) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.finished_at) == (State.SENT, NOW)
    assert len(smtp_server.messages) == 1


def test_the_message_carries_our_headers(smtp_server, letter, clock):
    deliver(clock)
    [message] = smtp_server.messages
    assert message["Message-ID"] == letter.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == NOW
    assert (message["To"], message["Subject"]) == ("sam@example.org", "Hello")
    assert message.get_body(("plain",)).get_content().strip() == "Plain words"
    assert message.get_body(("html",)).get_content().strip() == "<p>Words</p>"


def test_connections_are_kept_for_all(smtp_server, letters, clock):
    letters(delivery.BATCH + 5)
    assert deliver(clock) == delivery.BATCH + 5
    assert smtp_server.connections == CONNECTIONS


def test_one_message_opens_one_connection(smtp_server, letter, clock):
    deliver(clock)
    assert smtp_server.connections == 1


def test_an_operator_may_allow_fewer_connections(settings, smtp_server, letters, clock):
    settings.MAILERS = mailers_from_url(f"{smtp_server.url}&connections=2")
    letters(5)
    assert deliver(clock) == 5
    assert smtp_server.connections == 2


def test_an_answer_too_many_is_no_yes_to_the_next_message(settings, smtp_server, letters, clock):
    settings.MAILERS = mailers_from_url(f"{smtp_server.url}&connections=1")
    letters(2)
    smtp_server.behaviour = "250 kept\r\n250 kept"
    assert deliver(clock) == 1
    assert len(smtp_server.received) == 1
    smtp_server.behaviour = "accept"
    clock.now += MINUTE
    assert deliver(clock) == 1
    assert set(Letter.objects.values_list("state", flat=True)) == {State.SENT}


@pytest.mark.parametrize(
    ("behaviour", "state", "reason"),
    [
        ("451 later", State.DUE, "451"),
        ("421 closing", State.DUE, "421"),
        ("554 no", State.FAILED, "554"),
        ("refuse 450", State.DUE, "450"),
        ("refuse 550", State.FAILED, "550"),
        ("drop_before_dot", State.DUE, "dropped"),
        ("drop_after_dot", State.UNCERTAIN, "no_answer"),
    ],
)
def test_outcome(smtp_server, letter, clock, behaviour, state, reason):
    smtp_server.behaviour = behaviour
    assert deliver(clock) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.reason) == (state, reason)


def test_one_refused_message_does_not_hold_up_the_others(smtp_server, letters, clock):
    first, *_others = letters(3)
    Letter.objects.filter(pk=first.pk).update(to="two,addresses", due_at=NOW - MINUTE)
    assert deliver(clock) == 2
    first.refresh_from_db()
    assert (first.state, first.reason) == (State.FAILED, "unsendable")


@pytest.mark.parametrize(
    ("tries", "minutes"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 15), (9, 15), (1440, 15)]
)
def test_back_off_grows_to_a_quarter_of_an_hour(tries, minutes):
    assert delivery.back_off(tries) == minutes * MINUTE


def test_a_message_put_off_goes_out_when_its_time_has_come(smtp_server, letter, clock):
    smtp_server.behaviour = "451 later"
    deliver(clock)
    smtp_server.behaviour = "accept"
    assert deliver(clock) == 0
    clock.now += MINUTE
    assert deliver(clock) == 1


def test_nobody_there_costs_a_message_nothing_but_time(smtp_server, letters, clock):
    letters(3)
    smtp_server.stop()
    assert deliver(clock) == 0
    for letter in Letter.objects.all():
        assert (letter.state, letter.reason) == (State.DUE, "unreachable")
        assert letter.retry_at is None


def test_too_late_is_not_sent(smtp_server, clock):
    letter = make_letter(expires_at=NOW + MINUTE)
    clock.now += MINUTE
    assert deliver(clock) == 0
    letter.refresh_from_db()
    assert letter.state == State.EXPIRED


def test_not_before_it_is_due(smtp_server, clock):
    make_letter(due_at=NOW + MINUTE)
    assert deliver(clock) == 0
    assert smtp_server.messages == []


def test_a_dead_claim_is_due_again(smtp_server, letter, clock):
    [claimed] = Letter.objects.claim(5, now=NOW)
    assert deliver(clock) == 0, "while the lease lasts the row is somebody's"
    clock.now += LEASE
    assert deliver(clock) == 1
    assert not Letter.objects.hand_over([claimed], now=clock()), "the dead may not come back"


def test_a_dead_hand_over_is_uncertain_and_stays(smtp_server, letter, clock):
    [claimed] = Letter.objects.claim(5, now=NOW)
    assert Letter.objects.hand_over([claimed], now=NOW)
    clock.now += LEASE
    assert deliver(clock) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.reason, letter.doubts) == (State.UNCERTAIN, "worker_died", 1)


def test_a_lease_that_ran_out_lets_nothing_through(letter):
    [claimed] = Letter.objects.claim(5, now=NOW)
    assert not Letter.objects.hand_over([claimed], now=NOW + LEASE)


def test_another_backend_serves_too(settings, mailoutbox, letter, clock):
    settings.MAILERS = mailers_from_url("django.core.mail.backends.locmem.EmailBackend://")
    assert deliver(clock) == 1
    [message] = mailoutbox
    assert message.extra_headers["Message-ID"] == letter.message_id


def test_what_runs_out_between_claim_and_hand_over_is_too_late(smtp_server):
    letter = make_letter(expires_at=NOW + timedelta(minutes=1))
    in_time = iter([NOW, NOW])  # for the sweep and for the claim
    later = NOW + timedelta(minutes=2)
    assert (
        delivery.deliver(
            Letter.objects.all(), write=Letter.as_email, clock=lambda: next(in_time, later)
        )
        == 0
    )
    letter.refresh_from_db()
    assert (letter.state, letter.finished_at, letter.text) == (State.EXPIRED, later, "")
    assert smtp_server.messages == []
