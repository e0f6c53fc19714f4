"""The counts behind every limit, and the one table of them."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError

from accounts import limits, tasks
from accounts.limits import HOUR, LIMITS, MINUTE, Limit, Reached
from accounts.models import LimitUse
from accounts.words import too_many_tries
from tests.accounts.used_up import use_up
from tests.at_once import all_at_once

NOW = datetime(2026, 3, 30, 7, 30, tzinfo=UTC)
THREE = Limit("three", "tries", "somebody", 3, HOUR)
DAILY = Limit("daily", "tries", "somebody", 4, 24 * HOUR)
pytestmark = pytest.mark.django_db


def reached(*uses: limits.Use, now: datetime) -> datetime | None:
    """Until when one of these is refused; None if it is not."""
    try:
        limits.use_all(uses, now=now)
    except Reached as refusal:
        return refusal.until
    return None


def test_so_many_in_any_stretch_of_the_window():
    for minute in (0, 10, 20):
        limits.use(THREE, "ana", now=NOW + minute * MINUTE)
    until = NOW + HOUR
    assert reached((THREE, "ana"), now=NOW + 30 * MINUTE) == until
    assert reached((THREE, "ana"), now=until) is None
    assert reached((THREE, "ana"), now=until) == NOW + HOUR + 10 * MINUTE


def test_another_key_and_another_limit_count_by_themselves():
    use_up(THREE, "ana", now=NOW)
    assert reached((THREE, "ben"), (DAILY, "ana"), now=NOW) is None


def test_what_is_refused_counts_nowhere_and_the_longest_wait_is_named():
    use_up(THREE, "ana", now=NOW)
    use_up(DAILY, "ana", now=NOW)
    assert reached((THREE, "ben"), (THREE, "ana"), (DAILY, "ana"), now=NOW) == NOW + 24 * HOUR
    assert limits.free_at(THREE, "ben", now=NOW) is None
    use_up(THREE, "ben", now=NOW)


def test_only_one_use_is_given_back_of_several_at_the_same_moment():
    use_up(THREE, "ana", now=NOW)
    limits.give_back([(THREE, "ana")], used_at=NOW)
    limits.give_back([(THREE, "ana")], used_at=NOW - HOUR)  # there was none
    assert reached((THREE, "ana"), now=NOW) is None
    assert reached((THREE, "ana"), now=NOW) == NOW + HOUR


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_no_more_get_through_than_may():
    answers = all_at_once(lambda _n: limits.use(THREE, "ana", now=NOW), times=12)
    assert answers.count(None) == 3
    assert sum(isinstance(answer, Reached) for answer in answers) == 9


def test_no_key_stands_in_the_table():
    limits.use(THREE, "ana@example.org", now=NOW)
    [row] = LimitUse.objects.values_list("key", "name")
    assert "ana" not in str(row)
    with pytest.raises(IntegrityError, match="limituse_once"):
        LimitUse.objects.create(
            name=row[1], key=row[0], used_at=[], forgotten_at=NOW
        )  # fmt: skip


def test_what_counts_no_longer_is_forgotten_every_hour(time_machine, settings):
    assert "accounts.tasks.forget_limits" in str(settings.CELERY_BEAT_SCHEDULE)
    use_up(THREE, "ana", now=NOW)
    use_up(DAILY, "ana", now=NOW)
    time_machine.move_to(NOW + HOUR, tick=False)
    tasks.forget_limits()
    assert LimitUse.objects.get().name == "daily"


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(seconds=1), "1 minute"),
        (timedelta(seconds=61), "2 minutes"),
        (timedelta(minutes=15), "15 minutes"),
        (timedelta(minutes=60), "1 hour"),
        (timedelta(hours=2, minutes=4, seconds=30), "2 hours and 5 minutes"),
        (timedelta(hours=24), "24 hours"),
    ],
)
def test_the_waiting_time_is_said_in_words_and_never_too_short(wait, words):
    refusal = Reached(THREE, NOW + wait)
    assert too_many_tries(refusal, now=NOW) == f"Too many tries. Try again in {words}."
    assert refusal.seconds(NOW) == wait.total_seconds()


def row_of(limit: Limit) -> str:
    hours, minutes = divmod(limit.window // MINUTE, 60)
    window = f"{hours} h" if hours else f"{minutes} min"
    return f"| `{limit.name}` | {limit.what} | {limit.per} | {limit.number} | {window} |"


def test_the_documentation_lists_the_limits_as_they_are():
    rows = re.findall(r"^\| `.*\|$", Path("docs/limits.md").read_text(), re.MULTILINE)
    assert rows == [row_of(limit) for limit in LIMITS]


def test_every_limit_has_a_name_of_its_own_and_all_are_in_the_table():
    made = [value for value in vars(limits).values() if isinstance(value, Limit)]
    assert sorted(made, key=lambda limit: limit.name) == sorted(LIMITS, key=lambda one: one.name)
    assert len({limit.name for limit in LIMITS}) == len(LIMITS)


def test_no_limit_is_left_to_a_library(settings):
    assert settings.ACCOUNT_RATE_LIMITS is False
