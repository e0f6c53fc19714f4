"""What was done without a network is taken later, judged by when it was done."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from joserfc import jwe
from joserfc.jwk import ECKey

from offline import kept_today
from offline.seal import ALGORITHMS, public_jwk
from patients.models import Session, WarningSign
from patients.results import Went
from patients.services import access, plans, sessions
from patients.services.session_days import KEPT_AHEAD
from patients.services.sessions import results_of
from tests.factories import PatientFactory
from tests.offline.phone import Phone, one, sign_of, went
from tests.patients.scene import DAY, HOUR, NOW, TODAY, day_on, items_of, running
from tests.patients.test_plans import new_version, verb

pytestmark = pytest.mark.django_db
MINUTE = HOUR / 60
NOT_YOURS = "This is not on your page any more."


@pytest.fixture(autouse=True)
def hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running({}, {})


@pytest.fixture
def phone(plan) -> Phone:
    return Phone(plan.patient.user)


def later(hands, by: timedelta) -> datetime:
    hands.move_to(NOW + by)
    return NOW + by


def test_two_sessions_are_taken_on_their_day_and_each_has_its_answer(phone, plan, hands):
    now = later(hands, 2 * DAY)
    entries = [one(plan, at=NOW), one(plan, at=NOW + 5 * HOUR)]
    answers = phone.send(*entries, clock=now)
    taken = list(Session.objects.order_by("performed_at"))
    assert [session.day.on for session in taken] == [TODAY, TODAY]
    assert [session.performed_at for session in taken] == [NOW, NOW + 5 * HOUR]
    assert {session.received_at for session in taken} == {now}
    assert [a["client_id"] for a in answers] == [e["client_id"] for e in entries]
    assert {a["answer"] for a in answers} == {"taken"}
    assert [a["session"] for a in answers] == [f"/today/sessions/{s.pk}/" for s in taken]
    assert day_on(plan).sessions_done == 2


def test_how_it_went_and_felt_is_kept(phone, plan):
    first, second = items_of(plan)
    results = [
        went(first.pk, "part", amount=3, pain=2),
        went(second.pk, "skipped", skip_reason="no_time"),
    ]
    entry = one(
        plan, guided=True, results=results, pain_after=4, effort="hard", note="Slow\r\ndone"
    )
    assert phone.answers(entry) == ["taken"]
    session = Session.objects.get()
    assert results_of(session) == {
        first.pk: Went("part", amount=3, pain=2),
        second.pk: Went("skipped", skip_reason="no_time"),
    }
    assert (session.pain_after, session.effort, session.note) == (4, "hard", "Slow\ndone")
    assert (session.source, session.recorded_by) == ("patient", plan.patient.user)


# --- the phone's clock


@pytest.mark.parametrize(
    ("off", "said", "kept"),
    [
        (timedelta(0), -HOUR, -HOUR),
        (9 * MINUTE, -HOUR, -HOUR),  # taken as it is
        (HOUR, timedelta(0), -HOUR),  # an hour fast: an hour earlier than it says
        (-HOUR, -2 * HOUR, -HOUR),
        (DAY, DAY - HOUR, -HOUR),
        (-400 * DAY, -400 * DAY - HOUR, -HOUR),
        (9 * MINUTE, 9 * MINUTE, timedelta(0)),  # a few minutes in the future are now
    ],
)
def test_a_clock_that_is_off_by_more_than_ten_minutes_is_put_right(phone, plan, off, said, kept):
    entry = one(plan, at=NOW + said)
    assert phone.answers(entry, clock=NOW + off) == ["taken"]
    assert Session.objects.get().performed_at == NOW + kept


# --- which moment, and which day


def refusal(phone, entry, *, clock=NOW) -> str:
    """Why it is refused; and nothing has changed."""
    before = Session.objects.count()
    [answer] = phone.send(entry, clock=clock)
    assert (answer["answer"], answer["session"]) == ("refused", "")
    assert Session.objects.count() == before
    return answer["reason"]


@pytest.mark.parametrize(
    ("day", "at", "arrives", "why"),
    [
        (0, "04 00:00", "04 12:00", ""),
        (0, "04 23:59", "18 12:00", ""),
        (0, "05 02:59", "18 12:00", ""),  # begun before midnight
        (0, "05 23:59", "19 12:00", ""),  # added for yesterday
        (0, "06 00:00", "06 12:00", "That day was over by then."),
        (1, "04 23:59", "06 12:00", "That day had not come yet."),
        (1, "05 00:00", "06 12:00", ""),
        (0, "04 12:00", "18 12:00", ""),
        (0, "04 11:59", "18 12:00", "This was more than 14 days ago."),
        (0, "04 12:11", "04 12:00", "This is in the future."),
    ],
)
def test_a_session_counts_for_its_day_if_the_patient_could_have_added_it_then(
    hands, day, at, arrives, why
):
    plan = running(now=local("04 00:00"))
    phone = Phone(plan.patient.user)
    hands.move_to(local(arrives))
    entry = one(plan, at=local(at), day=day_on(plan, TODAY + day * DAY))
    if why:
        assert why in refusal(phone, entry, clock=local(arrives))
    else:
        assert phone.answers(entry, clock=local(arrives)) == ["taken"]
        assert Session.objects.get().day.on == TODAY + day * DAY


def local(text: str) -> datetime:
    """A moment on the London clock in May, one hour ahead of UTC."""
    return datetime.fromisoformat(f"2026-05-{text}").replace(tzinfo=UTC) - HOUR


def test_the_phones_zone_counts_where_that_of_the_record_was_changed_since(hands):
    """Begun on the 4th in Auckland; by the record's zone of today it was still the 3rd."""
    plan = running(patient=PatientFactory(time_zone="Pacific/Auckland"), now=NOW - DAY)
    day, at = day_on(plan), datetime(2026, 5, 3, 20, tzinfo=UTC)
    by = plan.patient.user
    plans.change_time_zone(plan.patient, time_zone="Pacific/Honolulu", by=by, now=NOW)
    phone = Phone(by)
    assert refusal(phone, one(plan, at=at, day=day, zone="Pacific/Honolulu"))
    assert refusal(phone, one(plan, at=at, day=day, zone="No/Where"))
    assert phone.answers(one(plan, at=at, day=day, zone="Pacific/Auckland")) == ["taken"]
    session = Session.objects.get()
    assert (session.day.on, session.performed_at) == (TODAY, at)


# --- which version


def test_the_version_that_the_phone_was_given_days_ahead_is_the_one_it_was_done_under(hands):
    plan = running(now=NOW - 4 * DAY, starts_on=TODAY - 4 * DAY)
    old, on_day = plan.programme, TODAY
    new_version(plan, now=NOW - 2 * DAY)  # in force from the day after at the latest
    phone = Phone(plan.patient.user)
    assert day_on(plan, on_day).programme != old
    assert phone.answers(one(plan, programme=str(old.pk))) == ["taken"]
    assert Session.objects.get().programme == old
    hands.move_to(NOW + 2 * DAY)
    later = day_on(plan, TODAY + 2 * DAY)
    too_old = one(plan, at=NOW + 2 * DAY, day=later, programme=str(old.pk))
    assert "Your exercises have changed" in refusal(phone, too_old, clock=NOW + 2 * DAY)


def test_a_phone_keeps_as_many_days_as_versions_are_taken_for():
    assert kept_today.DAYS_KEPT == 1 + KEPT_AHEAD


def test_exercises_of_another_programme_are_refused(phone, plan):
    [other] = items_of(running())
    assert refusal(phone, one(plan, results=[went(other.pk)]))
    assert "changed" in refusal(phone, one(plan, programme=str(other.programme_id)))


def test_the_past_of_a_programme_that_has_ended_is_taken(phone, plan, hands):
    entry, after = one(plan), one(plan, day=day_on(plan, TODAY + 2 * DAY), at=NOW + 2 * DAY)
    verb("end", plan, reason="", now=NOW + DAY)
    now = later(hands, 3 * DAY)
    assert phone.answers(entry, clock=now) == ["taken"]
    assert refusal(phone, after, clock=now) == NOT_YOURS


def test_a_day_that_went_while_we_waited_is_refused_and_no_fault(plan):
    """Its programme ended at that moment: one that fails would spoil all that came with it."""
    day = day_on(plan, TODAY + 3 * DAY)
    day.assignment.days.filter(pk=day.pk).delete()
    key = {"client_id": uuid4(), "by": plan.patient.user, "now": NOW, "performed_at": NOW}
    with pytest.raises(sessions.NotThatDay):
        sessions.log_late(day, **key, phone_zone=None, programme_id=day.programme_id)


# --- one session for ever


def test_what_was_said_after_the_answer_was_lost_is_taken_once(phone, plan, hands):
    entry = one(plan, at=NOW)
    phone.answers(entry)
    assert phone.answers(entry | {"pain_after": 0, "note": "Stiff"}) == ["known"]
    assert phone.answers(entry | {"pain_after": 5, "note": "Late"}) == ["known"]
    session = Session.objects.get()
    assert (session.pain_after, session.note) == (0, "Stiff")


def test_what_was_said_is_taken_as_late_as_the_session_itself(phone, plan, hands):
    """Much pain is on the record, whether or not the session had come before it."""
    entry = one(plan, at=NOW)
    phone.answers(entry)
    said = entry | {"pain_after": 8, "note": "Stiff"}
    assert phone.answers(said, clock=later(hands, 14 * DAY)) == ["known"]
    session = Session.objects.get()
    assert (session.pain_after, session.note) == (8, "Stiff")


def test_said_too_late_it_is_refused_and_stays_to_be_read(phone, plan, hands):
    entry = one(plan, at=NOW)
    phone.answers(entry)
    now = later(hands, 14 * DAY + HOUR / 60)
    [answer] = phone.send(entry | {"note": "Stiff"}, clock=now)
    assert answer["answer"] == "refused"
    assert answer["reason"] == "That day is over. Your clinic can still change it for you."


def test_sent_again_it_is_known_also_after_an_undo_and_on_another_day(phone, plan, hands):
    entry = one(plan)
    [first] = phone.send(entry)
    session = Session.objects.get()
    sessions.undo_session(session, by=plan.patient.user, now=NOW)
    now = later(hands, DAY)
    for again in (
        entry,
        one(plan, at=now, day=day_on(plan, TODAY + DAY), client_id=entry["client_id"]),
    ):
        [known] = phone.send(again, clock=now)
        assert known == first | {"answer": "known"}
    assert Session.objects.get().undone_at == NOW


def test_a_key_is_one_session_for_all_records_of_a_person(phone, plan):
    childs = running(patient=PatientFactory(user=plan.patient.user))
    entry = one(plan)
    of_child = one(childs, client_id=entry["client_id"])
    assert phone.answers(entry, of_child) == ["taken", "known"]
    assert Session.objects.get().assignment == plan


def test_anothers_key_is_no_key_of_mine(phone, plan):
    other = running()
    entry = one(other)
    assert Phone(other.patient.user).answers(entry) == ["taken"]
    assert phone.answers(one(plan, client_id=entry["client_id"])) == ["taken"]


# --- whose


def test_anothers_day_a_closed_page_and_no_day_at_all_are_answered_alike(phone, plan):
    other, childs = running(), running(patient=PatientFactory(user=plan.patient.user))
    of_child = one(childs)
    access.close_access(childs.patient, because="lost_phone", by=childs.patient.clinician, now=NOW)
    nothing = one(plan) | {"day": str(uuid4())}
    mixed = one(other) | {"record": str(plan.patient_id)}
    for entry in (one(other), of_child, nothing, mixed):
        assert refusal(phone, entry) == NOT_YOURS
    assert phone.answers(sign_of(other.patient)) == ["refused"]
    assert not WarningSign.objects.exists()


def test_one_bad_entry_spoils_no_other(phone, plan):
    bad = [None, 7, [], {}, {"client_id": "x"}, one(plan, kind="tea"), one(plan) | {"day": None}]
    bad += [one(plan, performed_at=at) for at in ("", "soon", 12, "9999-12-31T23:59:59Z")]
    bad += [one(plan, note="x" * 1001), one(plan, pain_after=11), one(plan, effort="so-so")]
    bad += [one(plan, results=said) for said in ({}, [1], [], [{"item": []}])]
    answers = phone.answers(*bad, one(plan))
    assert answers == ["refused"] * len(bad) + ["taken"]


def test_what_was_typed_and_cannot_be_is_said(phone, plan):
    assert "1,000 letters at most" in refusal(phone, one(plan, note="x" * 1001))
    part = went(items_of(plan)[0].pk, "part", amount=0)
    assert "That is none." in refusal(phone, one(plan, results=[part]))


# --- what was sealed


def sealed(entry: dict, user) -> dict:
    key = ECKey.import_key(json.loads(public_jwk(user)))
    head = {"alg": "ECDH-ES", "enc": "A256GCM"}
    text = jwe.encrypt_compact(head, json.dumps(entry).encode(), key, algorithms=ALGORITHMS)
    return {"client_id": entry["client_id"], "kind": entry["kind"], "sealed": text}


def test_what_was_sealed_is_opened_and_given_back_where_it_is_refused(phone, plan):
    user = plan.patient.user
    good, bad = one(plan), one(plan, note="x" * 1001)
    taken, refused = phone.send(sealed(good, user), sealed(bad, user))
    assert (taken["answer"], "entry" in taken) == ("taken", False)
    assert (refused["answer"], refused["entry"]) == ("refused", bad)
    for_another = sealed(one(plan), plan.patient.clinician)
    other_key = sealed(one(plan), user) | {"client_id": str(uuid4())}
    for entry in (for_another, other_key, {**for_another, "sealed": "x.y"}, {**good, "sealed": 1}):
        [answer] = phone.send(entry)
        assert (answer["answer"], "entry" in answer) == ("refused", False)


@pytest.mark.parametrize("off", [DAY, -DAY, 3 * DAY])
def test_on_the_page_that_a_wrong_clock_led_to_it_is_of_the_day_on_which_it_was_done(off):
    """A phone without a network shows the page of the date that it believes in."""
    plan = running({}, {}, starts_on=TODAY - 2 * DAY, now=NOW - 2 * DAY)
    entry = one(plan, at=NOW + off - HOUR, day=day_on(plan, TODAY + off))
    assert Phone(plan.patient.user).answers(entry, clock=NOW + off) == ["taken"]
    session = Session.objects.get()
    assert (session.day.on, session.performed_at) == (TODAY, NOW - HOUR)
