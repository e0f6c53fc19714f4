"""The machine's steps: which there are, that no other is taken, and what the table itself refuses."""

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Letter
from outbox import delivery
from outbox.models import LEGAL, IllegalMove, State, step
from tests.outbox.letters import NOW, make_letter

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent
ANY = "|".join(State)

STEPS = {
    ("due", "claimed"),
    ("due", "expired"),
    ("claimed", "handed"),
    ("claimed", "skipped"),
    ("claimed", "expired"),
    ("claimed", "failed"),
    ("claimed", "due"),
    ("handed", "sent"),
    ("handed", "failed"),
    ("handed", "uncertain"),
    ("handed", "due"),
    ("uncertain", "due"),
}
STAMPED = {"lease_until": NOW, "handed_at": NOW, "text": "", "html": ""}


@pytest.mark.parametrize(("before", "after"), list(product(State, State)))
def test_every_step_is_either_listed_or_refused(before, after):
    letter = make_letter(state=before, **STAMPED)
    if (before, after) in STEPS:
        assert Letter.objects.move(before, after) == 1
        letter.refresh_from_db()
        assert letter.state == after
    else:
        with pytest.raises(IllegalMove):
            Letter.objects.move(before, after)


def test_no_state_is_a_dead_end_by_mistake():
    ends = set(State) - {before for before, afters in LEGAL.items() if afters}
    assert ends == {State.SENT, State.FAILED, State.SKIPPED, State.EXPIRED}


def states_changed_in(path: Path) -> Iterator[str]:
    """Where a module changes a message's state by another way than ``move``."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="update" | "bulk_update"), keywords=given):
                if any(ast.unparse(one).startswith("state=State.") for one in given):
                    yield f"{path.name}:{node.lineno}"
            case ast.Constant(value=str(text)) if re.search(rf"\bstate\s*=\s*'({ANY})'", text):
                yield f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("app", ["outbox", "accounts", "reminders", "demo"])
def test_every_state_is_changed_by_a_legal_move(app):
    """Statements of ours in SQL as well: they take their states from ``step``."""
    modules = [p for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts]
    assert [place for path in modules for place in states_changed_in(path)] == []


@pytest.mark.parametrize("first", list(State))
def test_a_row_begins_due_or_too_late(first):
    if first in {State.DUE, State.EXPIRED}:
        assert step(None, first) == first
    else:
        with pytest.raises(IllegalMove):
            step(None, first)


def test_a_row_in_another_state_stays():
    make_letter(state=State.SENT, **STAMPED)
    assert Letter.objects.move(State.DUE, State.CLAIMED, lease_until=NOW) == 0


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("letter_expires_after_due", {"expires_at": NOW - timedelta(seconds=1)}),
        ("letter_held_has_a_lease", {"state": State.CLAIMED}),
        ("letter_held_has_a_lease", {"state": State.HANDED, "handed_at": NOW}),
        ("letter_handed_is_stamped", {"state": State.SENT, "text": "", "html": ""}),
        ("letter_words_are_erased", {"state": State.EXPIRED}),
    ],
)
def test_the_table_refuses(constraint, fields):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_letter(**fields)


def test_two_workers_get_different_rows(letters):
    letters(5)
    first = Letter.objects.claim(3, now=NOW)
    second = Letter.objects.claim(3, now=NOW)
    assert (len(first), len(second)) == (3, 2)
    assert {row.pk for row in first}.isdisjoint(row.pk for row in second)


def test_of_two_who_hold_the_same_row_one_hands_it_over(letter):
    [row] = Letter.objects.claim(1, now=NOW)
    assert Letter.objects.hand_over([row], now=NOW)
    assert not Letter.objects.hand_over([row], now=NOW)


@pytest.mark.parametrize(("server", "stamp"), [("off", "on"), ("remote_apply", "remote_apply")])
def test_the_stamp_outlives_a_crash_of_the_database(letter, server, stamp):
    [row] = Letter.objects.claim(1, now=NOW)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL synchronous_commit = {server}")
        assert Letter.objects.hand_over([row], now=NOW)
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == (stamp,)


@pytest.mark.parametrize("number", [1, 10])
def test_statements_do_not_grow_with_messages(
    smtp_server, letters, clock, django_assert_num_queries, number
):
    """Swept, claimed, handed over in one round, answered; and a look that finds no more."""
    letters(number)
    # Savepoints and releases count as well.
    swept, claimed, handed, answered, none_left = 5, 5, 5, 4, 3
    with django_assert_num_queries(swept + claimed + handed + answered + none_left):
        delivery.deliver(Letter.objects.all(), write=Letter.as_email, clock=clock)
