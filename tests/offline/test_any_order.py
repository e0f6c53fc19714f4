"""In whatever order, how often, in how many requests and how late a queue comes: in the end
everything is as if each thing had come as it was done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import pytest
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from offline import sync
from patients.models import Assignment, Day, HeldEntry, Session, WarningSign
from patients.services import sessions
from tests.offline.phone import one, sign_of, went
from tests.patients.scene import DAY, HOUR, NOW, TODAY, day_on, items_of, running

pytestmark = pytest.mark.django_db
MINUTE = HOUR / 60
DONE_WITHIN = 4  # days
END = NOW + DONE_WITHIN * DAY
LATEST = 10  # days: more than 14 after it was done nothing is taken
CLOCKS = [timedelta(0), HOUR, -DAY]


@dataclass(frozen=True)
class Thing:
    """Something done at ``at``, by our clock; each time it is sent is so many hours later."""

    number: int
    at: datetime
    what: str  # "tap", "done", "part", "hurt", "skipped", "sign" or "another day"
    sent_after: tuple[int, ...]
    undone_after: int | None = None  # hours after END

    @property
    def client_id(self) -> UUID:
        return uuid5(UUID(int=1), str(self.number))


@dataclass(frozen=True)
class Arrival:
    at: datetime
    thing: Thing
    is_undo: bool = False


HOURS = st.integers(0, LATEST * 24)


@st.composite
def things(draw) -> list[Thing]:
    minutes = draw(
        st.lists(st.integers(0, DONE_WITHIN * 24 * 6 - 60), min_size=1, max_size=6, unique=True)
    )
    kinds = ["tap", "tap", "done", "part", "hurt", "skipped", "sign", "another day"]
    return [
        Thing(
            number,
            NOW + ten * 10 * MINUTE,
            draw(st.sampled_from(kinds)),
            tuple(draw(st.lists(HOURS, min_size=1, max_size=3))),
            draw(st.none() | HOURS),
        )
        for number, ten in enumerate(minutes)
    ]


@pytest.fixture
def plan() -> Assignment:
    """One exercise two or three times a day, one once: what a tap ticks depends on the others."""
    return running({}, {"per_day_min": 1, "per_day_max": 1})


def entry_of(thing: Thing, plan: Assignment, off: timedelta) -> dict:
    """As a phone has it whose clock is off."""
    key, at = {"client_id": str(thing.client_id)}, thing.at + off
    if thing.what == "sign":
        return sign_of(plan.patient, at=at, which=("fever",)) | key
    on = (thing.at + HOUR).date()  # in London
    day = day_on(plan, on + 3 * DAY if thing.what == "another day" else on)
    if thing.what in {"tap", "another day"}:
        return one(plan, day=day, at=at) | key
    item = items_of(plan)[thing.number % 2]
    said = {"pain": 7} if thing.what == "hurt" else {}
    return one(plan, day=day, at=at, results=[went(item.pk, thing.what, **said)]) | key


def send(arrived: Iterable[Arrival], plan: Assignment, off: timedelta) -> None:
    """What arrives at the same moment comes in one request."""
    by_moment: dict[datetime, list[Arrival]] = {}
    for one_more in arrived:
        by_moment.setdefault(one_more.at, []).append(one_more)
    by = plan.patient.user
    for now in sorted(by_moment):
        entries = [entry_of(a.thing, plan, off) for a in by_moment[now] if not a.is_undo]
        answers = sync.take(entries, sync.Phone(by, now + off, now))
        assert all(a["answer"] in list(sync.Answer) for a in answers)
        for undo in by_moment[now]:
            if undo.is_undo:
                take_back(undo.thing, plan, now)


def take_back(thing: Thing, plan: Assignment, now: datetime) -> None:
    """By the clinician: the patient's time for it may be over."""
    session = Session.objects.filter(client_id=thing.client_id).first()
    if session:
        sessions.undo_session(session, by=plan.patient.clinician, now=now)


def undos(found: list[Thing]) -> list[Arrival]:
    """Of what was done before any sign: what is held cannot be taken back. Once it is there."""
    first_sign = min((t.at for t in found if t.what == "sign"), default=None)
    return [
        Arrival(max(END + t.undone_after * HOUR, t.at + min(t.sent_after) * HOUR), t, is_undo=True)
        for t in found
        if t.undone_after is not None and t.what != "sign"
        if first_sign is None or t.at < first_sign
    ]


def as_sent(found: list[Thing]) -> list[Arrival]:
    every = [Arrival(t.at + hours * HOUR, t) for t in found for hours in t.sent_after]
    return [*reversed(every), *undos(found)]


def at_once(found: list[Thing]) -> list[Arrival]:
    return [*(Arrival(t.at, t) for t in found), *undos(found)]


def state(plan: Assignment) -> dict:
    """What clinician and patient see of it: when it came is not part of it."""
    counted = {
        (s.client_id, s.day.on, s.performed_at, s.programme_id, s.pain_after, s.is_one_tap,
         frozenset(s.ticks.values_list("item", "result", "pain")))
        for s in Session.objects.not_undone().select_related("day")
    }  # fmt: skip
    held = {
        (h.client_id, h.on, h.sent_at, h.pain_after, str(h.results))
        for h in HeldEntry.objects.all()
    }
    signs = {(s.told_at, *s.which) for s in WarningSign.objects.all()}
    days = Day.objects.filter(assignment=plan, on__lt=TODAY + 13 * DAY).with_sessions_done()
    return {
        "counted": counted,
        "held": held,
        "signs": signs,
        "days": set(days.values_list("on", "state", "sessions_done")),
        "pauses": set(plan.pauses.values_list("from_on", "until_on", "because_of__told_at")),
    }


def after(arrived: Iterable[Arrival], plan: Assignment, off: timedelta = CLOCKS[0]) -> dict:
    with transaction.atomic():
        send(arrived, plan, off)
        found = state(plan)
        transaction.set_rollback(True)
    return found


# Enough was done two days after a sign that came later than all of it.
DONE_AFTER_A_SIGN = [
    Thing(0, NOW + HOUR, "sign", (9 * 24,)),
    Thing(1, NOW + 2 * DAY, "tap", (0,)),
    Thing(2, NOW + 2 * DAY + HOUR, "tap", (0,)),
]


@settings(max_examples=30)
@example(found=DONE_AFTER_A_SIGN, off=CLOCKS[0])
@given(found=things(), off=st.sampled_from(CLOCKS))
def test_a_queue_ends_in_the_same_state_however_it_comes(plan, found, off):
    assert after(as_sent(found), plan, off) == after(at_once(found), plan)
