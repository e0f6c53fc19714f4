"""What is made of a mail server's answers about an address, told by a real one."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AddressTrouble, Letter
from outbox import delivery
from outbox.outcomes import NotAccepted
from tests.outbox.letters import NOW, make_letter

pytestmark = pytest.mark.django_db
State = AddressTrouble.State
APART = AddressTrouble.SAME_TROUBLE
MINUTE = timedelta(minutes=1)


def send(now=NOW, to="sam@example.org") -> None:
    make_letter(to=to, due_at=now, expires_at=now + timedelta(minutes=30))
    delivery.deliver(Letter.objects.all(), write=Letter.as_email, clock=lambda: now)


def known() -> list[tuple[str, str, int, str]]:
    return list(AddressTrouble.objects.values_list("address", "state", "refusals", "code"))


def test_an_address_that_works_leaves_no_trace(smtp_server):
    send()
    assert known() == []


def test_refused_for_good_closes_the_address_at_once(smtp_server):
    smtp_server.behaviour = "refuse 550"
    send()
    assert known() == [("sam@example.org", State.REFUSED, 0, "550")]
    assert AddressTrouble.objects.of(" SAM@example.org").closed().exists()


def test_the_third_temporary_refusal_in_a_row_pauses(smtp_server):
    smtp_server.behaviour = "refuse 450"
    for number, state in enumerate([State.DOUBTFUL, State.DOUBTFUL, State.PAUSED]):
        send(NOW + number * APART)
        assert known() == [("sam@example.org", state, number + 1, "450")]


def test_tries_of_one_trouble_count_once(smtp_server):
    """Greylisting puts off every first try: a message tried four times is no proof."""
    smtp_server.behaviour = "refuse 450"
    send()
    for minutes in range(1, 120, 5):
        delivery.deliver(
            Letter.objects.all(), write=Letter.as_email, clock=lambda m=minutes: NOW + m * MINUTE
        )
    assert known() == [("sam@example.org", State.DOUBTFUL, 1, "450")]


def test_one_that_gets_through_starts_the_count_again(smtp_server):
    smtp_server.behaviour = "refuse 450"
    send(NOW)
    send(NOW + APART)
    smtp_server.behaviour = "accept"
    send(NOW + 2 * APART)
    assert known() == []
    smtp_server.behaviour = "refuse 450"
    send(NOW + 3 * APART)
    assert known() == [("sam@example.org", State.DOUBTFUL, 1, "450")]


def test_a_letter_somebody_asked_for_is_tried_and_opens_the_address_again(smtp_server):
    smtp_server.behaviour = "refuse 550"
    send()
    smtp_server.behaviour = "accept"
    send(NOW + MINUTE)
    assert len(smtp_server.messages) == 1
    assert known() == []


def test_refused_for_good_stays_so_when_refused_for_a_while(smtp_server):
    for answer in ("550", "450", "450"):
        smtp_server.behaviour = f"refuse {answer}"
        send()
    assert known() == [("sam@example.org", State.REFUSED, 0, "550")]


@pytest.mark.parametrize("behaviour", ["554 no", "451 later", "drop_before_dot", "drop_after_dot"])
def test_trouble_that_is_not_the_addresss_is_not_held_against_it(smtp_server, behaviour):
    smtp_server.behaviour = behaviour
    send()
    assert known() == []


def test_each_address_has_its_own_record(smtp_server):
    smtp_server.behaviour = "refuse 550"
    send(to="a@example.org")
    send(to="b@example.org")
    assert {address for address, *_ in known()} == {"a@example.org", "b@example.org"}


@pytest.mark.parametrize(
    ("state", "refusals", "constraint"),
    [
        ("paused", 2, "addresstrouble_paused_after_three"),
        ("doubtful", 3, "addresstrouble_doubtful_before_three"),
    ],
)
def test_the_database_knows_what_pauses(state, refusals, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        AddressTrouble.objects.create(
            address="a@example.org", state=state, refusals=refusals, counted_at=NOW, code="450"
        )


def test_two_answers_at_once_are_both_taken():
    refusal = NotAccepted("450", for_good=False, of_recipient=True)
    for _ in range(2):
        with transaction.atomic():
            AddressTrouble.objects.note_refusal("sam@example.org", refusal, now=NOW)
    assert known() == [("sam@example.org", State.DOUBTFUL, 1, "450")]
