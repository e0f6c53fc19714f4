"""The log as a clinician reads it: which exercises, how each went, how much of what was asked."""

import pytest
import time_machine
from pytest_django.asserts import assertContains, assertNotContains

from caseload import record_page
from caseload.words import log
from patients.models import Patient, Tick
from patients.results import Went
from patients.services import sessions
from programmes.models import Item
from tests.caseload.test_record_pages import QUERIES
from tests.patients.forms_sent import page
from tests.patients.past import NOW
from tests.patients.scene import DAY, HOUR, items_of, running
from tests.patients.scene import log as tick_off
from tests.patients.test_plans import new_version, verb, verb_publish

pytestmark = pytest.mark.django_db
WALK = {
    "dose_kind": "minutes",
    "minutes_min": 10,
    "minutes_max": 15,
    **dict.fromkeys(("hold_seconds_min", "hold_seconds_max", "sets_min", "sets_max")),
    **dict.fromkeys(("repetitions_min", "repetitions_max")),
}
TWICE_EACH_SIDE = {"repetitions_min": 2, "repetitions_max": 3, "side": Item.Side.BOTH}


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


def plan(*names: str, **fields):
    each = [{"exercise_version__name": name, **fields} for name in names]
    return running(*each)


def told(assignment, *went: Went, **said):
    """A session in which the exercises, in their order, went like this."""
    results = dict(zip((item.pk for item in items_of(assignment)), went, strict=False))
    return tick_off(assignment, results=results, **said)


def plain(words: str) -> str:
    """Without what keeps numbers on one line."""
    return words.replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "")


def entry_of(assignment):
    record = record_page.of_patient(Patient.objects.get(pk=assignment.patient_id), now=NOW)
    [entry] = record.read_log(list(record.sessions))
    return entry


@pytest.mark.parametrize(
    ("went", "words"),
    [
        (Went("part", amount=3), "part done, 3 of 4–6"),
        (Went("part"), "part done"),
        (Went("done", amount=7), "done, 7 of 4–6"),
        (Went("done", amount=3), "done, 3 of 4–6"),
        (Went("done", amount=4, pain=3), "done, pain 3, 4 of 4–6"),
        (Went("skipped"), "skipped"),
        (Went("skipped", skip_reason="no_time"), "skipped: no time"),
        (Went("skipped", skip_reason="too_hard"), "skipped: too hard"),
        (Went("skipped", skip_reason="not_sure"), "skipped: not sure how to do it"),
        (Went("skipped", skip_reason="no_equipment"), "skipped: does not have what it needs"),
        (Went("skipped", skip_reason="other"), "skipped: another reason"),
        (Went("hurt"), "stopped because it hurt"),
        (Went("hurt", amount=0, pain=0), "stopped because it hurt, pain 0, 0 of 4–6"),
        (Went("hurt", amount=1, pain=6), "stopped because it hurt, pain 6, 1 of 4–6"),
    ],
)
def test_what_is_not_as_asked_has_a_line_of_its_own(went, words):
    assignment = plan("Bridge", **TWICE_EACH_SIDE)
    told(assignment, went)
    entry = entry_of(assignment)
    assert [(line.name, plain(log.went(line))) for line in entry.otherwise] == [("Bridge", words)]


@pytest.mark.parametrize("amount", [None, 4, 6])
def test_as_much_as_was_asked_is_one_short_line(amount):
    assignment = plan("Bridge", "Clam", **TWICE_EACH_SIDE)
    told(assignment, Went("done", amount=amount), Went("done"))
    entry = entry_of(assignment)
    bridge = "Bridge" if amount is None else f"Bridge, {amount} of 4–6"
    assert entry.otherwise == []
    assert plain(log.done(entry)) == f"2 exercises done: {bridge}; Clam"


@pytest.mark.parametrize(
    ("went", "words"),
    [
        ([Went("part", amount=3), Went("skipped")], "0 of 2 exercises done, 1 in part"),
        ([Went("done"), Went("hurt", amount=1, pain=6)], "1 of 2 exercises done, 1 in part"),
        ([Went("done"), Went("hurt", pain=6)], "1 of 2 exercises done"),
        ([Went("skipped"), Went("skipped")], "0 of 2 exercises done"),
    ],
)
def test_what_was_done_in_part_is_counted_too(went, words):
    """Else a session that counts would say that nothing was done."""
    assignment = plan("Bridge", "Clam")
    told(assignment, *went)
    assert log.done(entry_of(assignment)) == words


def test_minutes_are_said_as_minutes():
    assignment = plan("Walk", **WALK)
    told(assignment, Went("part", amount=8))
    [line] = entry_of(assignment).otherwise
    assert plain(log.went(line)) == "part done, 8 of 10–15 min"


def test_what_was_asked_is_what_that_version_asked():
    assignment = plan("Bridge", **TWICE_EACH_SIDE)
    told(assignment, Went("done", amount=4))
    draft = verb("start_change", assignment)
    Item.objects.filter(programme=draft).update(repetitions_min=5, repetitions_max=5)
    verb_publish(draft, assignment, now=NOW)
    assert plain(log.done(entry_of(assignment))) == "1 exercise done: Bridge, 4 of 4–6"


@pytest.fixture
def physio_of(as_user):
    return lambda assignment: as_user(assignment.patient.clinician)


def test_the_record_shows_how_each_exercise_went(physio_of):
    assignment = plan("Bridge", "Clam", "Plank", "Walk", **TWICE_EACH_SIDE)
    results = (
        Went("done", amount=5),
        Went("part", amount=3),
        Went("skipped", skip_reason="too_hard"),
        Went("hurt", amount=1, pain=6),
    )
    told(assignment, *results, note="Sore after the third.", effort="hard")
    response = physio_of(assignment).get(page("record", assignment.patient))
    assertContains(response, "1 of 4 exercises done")
    page_text = plain(response.text)
    assert "<span>Bridge, 5 of 4–6</span>" in page_text
    for words in (
        "Clam: <strong>part done, 3 of 4–6</strong>",
        "Plank: <strong>skipped: too hard</strong>",
        "Walk: <strong>stopped because it hurt, pain 6, 1 of 4–6</strong>",
    ):
        assert f"<span>{words}</span>" in page_text
    for result, icon in {"part": "half", "skipped": "close", "hurt": "alert"}.items():
        [_before, line] = response.text.split(f'class="log__line--{result}"')
        assert f"#{icon}" in line.split("</li>")[0], "a shape of its own, not only a colour"
    for words in ("too hard", "Pain 6 of 10", "Sore after the third."):
        assertContains(response, words)


def test_numbers_stay_on_one_line():
    assignment = plan("Bridge", **TWICE_EACH_SIDE)
    told(assignment, Went("done", amount=4))
    [line] = entry_of(assignment).lines
    assert log.amount(line) == "4\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}4–\N{WORD JOINER}6"


@pytest.mark.parametrize(
    ("went", "counts"),
    [
        (Went("skipped"), False),
        (Went("hurt", pain=5), False),
        (Went("hurt", amount=0), False),
        (Went("hurt", amount=1), True),
        (Went("part"), True),
        (Went("done"), True),
    ],
)
def test_a_session_of_which_nothing_was_done_says_that_it_does_not_count(physio_of, went, counts):
    assignment = plan("Bridge")
    session = told(assignment, went)
    response = physio_of(assignment).get(page("record", assignment.patient))
    assert ("does not count" in response.text) != counts
    assert type(session).objects.counted().exists() == counts


def test_one_tap_is_one_line(physio_of):
    assignment = plan("Bridge", "Clam")
    tick_off(assignment)
    response = physio_of(assignment).get(page("record", assignment.patient))
    assertContains(response, "2 exercises done: Bridge; Clam")
    assertNotContains(response, "log__lines")


# --- each exercise over the last two weeks ---


def lately(assignment, *, now=NOW) -> list[str]:
    record = record_page.of_patient(Patient.objects.get(pk=assignment.patient_id), now=now)
    return [log.lately(lately) for _item, lately in record.exercises]


def test_beside_the_programme_stands_how_each_exercise_went_lately(physio_of):
    assignment = plan("Bridge", "Clam")
    told(assignment, Went("done"), Went("hurt", pain=4))
    told(assignment, Went("part", amount=1), Went("hurt", pain=6), now=NOW + HOUR)
    too_hard = Went("skipped", skip_reason="too_hard")
    told(assignment, too_hard, now=NOW + 2 * HOUR)
    told(assignment, Went("skipped"), now=NOW + 3 * HOUR)
    told(assignment, Went("skipped", skip_reason="no_time"), now=NOW + 4 * HOUR)
    undone = told(assignment, too_hard, Went("hurt", pain=9), now=NOW + 5 * HOUR)
    sessions.undo_session(undone, by=assignment.patient.user, now=NOW + 5 * HOUR)
    bridge, clam = lately(assignment)
    assert bridge == (
        "Last 14 days: done in 1 of 5 sessions · part done 1 · skipped 3 (too hard 1, no time 1)"
    )
    assert clam == "Last 14 days: done in 0 of 2 sessions · hurt 2, last Mon 4 May, pain 6"
    response = physio_of(assignment).get(page("record", assignment.patient))
    assertContains(response, bridge)
    assertContains(response, clam)


def test_lately_is_fourteen_days_and_not_logged_is_not_called_not_done():
    assignment = plan("Bridge")
    told(assignment, Went("done"))
    assert lately(assignment, now=NOW + 13 * DAY) == ["Last 14 days: done in 1 of 1 session"]
    assert lately(assignment, now=NOW + 14 * DAY) == ["Nothing logged in the last 14 days."]


def test_lately_counts_an_exercise_across_versions_of_the_programme():
    assignment = plan("Bridge")
    told(assignment, Went("hurt", pain=2))
    changed = new_version(assignment)
    tomorrow = NOW + DAY
    told(changed, Went("done"), on=tomorrow.date(), now=tomorrow)
    assert lately(changed, now=tomorrow) == [
        "Last 14 days: done in 1 of 2 sessions · hurt 1, last Mon 4 May, pain 2"
    ]


@pytest.mark.parametrize(("exercises", "times"), [(1, 1), (6, 20)])
def test_the_record_takes_the_same_queries_for_any_number_of_results(
    physio_of, exercises, times, django_assert_num_queries
):
    assignment = plan(*(f"Exercise {number}" for number in range(exercises)))
    for number in range(times):
        went = Went(*[("hurt", 1, 6), ("part", 2), ("skipped",)][number % 3])
        told(assignment, *[went] * exercises, now=NOW + number * HOUR / 10)
    physio = physio_of(assignment)
    assert Tick.objects.count() == exercises * times
    with django_assert_num_queries(QUERIES):
        physio.get(page("record", assignment.patient))
