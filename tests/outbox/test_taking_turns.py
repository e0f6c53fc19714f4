"""Who may claim a row, who may hand it over, and until when."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, connections

from accounts.models import Letter
from outbox import delivery
from outbox.models import LEASE, State
from tests.outbox.letters import NOW, make_letter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other_worker() -> Iterator:
    """A second connection in the middle of a transaction."""
    other = connections["default"].copy()
    other.set_autocommit(False)
    yield other
    other.rollback()
    other.close()


def test_a_row_that_another_worker_is_claiming_holds_nobody_up(other_worker):
    held, free = make_letter(), make_letter()
    with other_worker.cursor() as cursor:
        cursor.execute("SELECT FROM accounts_letter WHERE id = %s FOR UPDATE", [held.pk])
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '2s'")  # whoever waits fails here, and not for ever
    assert [letter.pk for letter in Letter.objects.claim(10, now=NOW)] == [free.pk]
    connection.close()  # its timeout is nobody else's


def test_a_row_out_of_date_is_not_handed_over_by_whoever_holds_it():
    soon = NOW + timedelta(minutes=1)
    make_letter(expires_at=soon)
    [row] = Letter.objects.claim(1, now=NOW)
    assert not Letter.objects.hand_over([row], now=soon)


def test_a_worker_that_woke_up_late_has_lost_its_row_to_the_next():
    make_letter()
    [slow] = Letter.objects.claim(1, now=NOW)
    later = NOW + LEASE
    delivery.sweep(Letter.objects.all(), now=later)
    [quick] = Letter.objects.claim(1, now=later)
    assert slow.pk == quick.pk
    assert not Letter.objects.hand_over([slow], now=later)
    assert Letter.objects.hand_over([quick], now=later)
    assert not Letter.objects.held_by([slow]).move(State.HANDED, State.SENT)
