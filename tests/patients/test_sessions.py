"""Logging, describing and undoing sessions."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from accounts.models import AuditEvent
from patients.models import Session
from patients.results import Went
from patients.services import plans, sessions
from patients.services.sessions import NotThatDay, TooLate
from tests.factories import PatientFactory
from tests.patients.scene import (
    DAY,
    HOUR,
    NOW,
    TODAY,
    day_on,
    items_of,
    log,
    patient_without_email,
    running,
    ticked,
)
from tests.patients.test_plans import new_version, verb

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


# --- one tap ---


def test_one_tap_does_every_item_still_wanted():
    assignment = running({}, {"per_day_min": 1, "per_day_max": 1})
    many, once = (item.pk for item in items_of(assignment))
    assert ticked(log(assignment)) == {many: "done", once: "done"}
    assert ticked(log(assignment)) == {many: "done"}
    assert ticked(log(assignment)) == {many: "done"}  # at its minimum: offered, so done
    assert ticked(log(assignment)) == {many: "done", once: "done"}  # beyond every max
    assert day_on(assignment).sessions_done == 4


def test_a_session_keeps_who_when_and_which_version():
    assignment = running()
    session = log(assignment, pain_before=2, pain_after=4, effort="right", note="Stiff")
    assert session.programme == assignment.programme
    assert (session.performed_at, session.received_at) == (NOW, NOW)
    assert (session.source, session.recorded_by) == ("patient", assignment.patient.user)
    assert (session.pain_before, session.pain_after) == (2, 4)
    assert AuditEvent.objects.filter(action="session_logged", subject_id=session.pk).exists()


def test_a_phone_with_a_fast_clock_has_not_been_to_the_future():
    assignment = running()
    assert log(assignment, performed_at=NOW + HOUR).performed_at == NOW
    assert log(assignment, performed_at=NOW - HOUR).performed_at == NOW - HOUR


def test_staff_record_for_a_patient_without_an_address():
    session = log(running(patient=patient_without_email()))
    assert session.source == "staff"


@pytest.mark.parametrize(
    ("results", "counts"),
    [
        (["done", "skipped"], 1),
        (["part", "skipped"], 1),
        (["skipped", "skipped"], 0),
    ],
)
def test_a_session_counts_when_one_item_was_done_or_part_done(results, counts):
    assignment = running({}, {})
    said = dict(zip((item.pk for item in items_of(assignment)), results, strict=False))
    session = log(assignment, results={item: Went(result) for item, result in said.items()})
    assert ticked(session) == said
    assert day_on(assignment).sessions_done == counts


def test_items_of_another_programme_are_refused():
    assignment, other = running(), running()
    with pytest.raises(NotThatDay):
        log(assignment, results={items_of(other)[0].pk: Went("done")})
    assert not Session.objects.exists()


@pytest.mark.parametrize(("change", "state"), [({"weekdays": [1]}, "rest"), ({}, "paused")])
def test_sessions_on_rest_and_paused_days_are_kept(change, state):
    assignment = running(change)
    if state == "paused":
        verb("pause", assignment, from_on=TODAY)
    session = log(assignment)
    assert day_on(assignment).state == state
    assert list(ticked(session).values()) == ["done"]


# --- whose day ---


def local(text: str) -> datetime:
    """A moment on the London clock in May, one hour ahead of UTC."""
    return datetime.fromisoformat(f"2026-05-{text}").replace(tzinfo=UTC) - HOUR


@pytest.mark.parametrize(
    ("on", "at", "refusal"),
    [
        (TODAY, "04 00:00", None),
        (TODAY, "04 23:59", None),
        (TODAY, "05 00:00", None),  # begun before midnight, or forgotten
        (TODAY, "05 23:59", None),
        (TODAY, "06 00:00", TooLate),
        (TODAY + DAY, "04 23:59", NotThatDay),
        (TODAY + DAY, "05 00:00", None),
    ],
)
def test_the_patient_may_add_until_the_end_of_the_next_local_day(on, at, refusal):
    assignment = running(now=local("04 00:00"))
    if refusal is None:
        assert log(assignment, on=on, now=local(at)).day.on == on
    else:
        with pytest.raises(refusal):
            log(assignment, on=on, now=local(at))


def test_after_that_only_staff():
    assignment = running()
    clinician = assignment.patient.clinician
    assert log(assignment, now=NOW + 9 * DAY, by=clinician).source == "staff"
    with pytest.raises(NotThatDay):
        log(assignment, on=TODAY + DAY, by=clinician)


def test_the_day_with_one_hour_less_ends_at_its_own_midnight():
    start = datetime(2026, 3, 28, 12, tzinfo=UTC)
    on = start.date()
    assignment = running(starts_on=on, now=start)
    last = datetime(2026, 3, 29, 22, 59, tzinfo=UTC)  # 23:59 by then
    assert log(assignment, on=on, now=last)
    with pytest.raises(TooLate):
        log(assignment, on=on, now=last + MINUTE)


def test_an_ended_plan_still_takes_what_was_done_today():
    assignment = running()
    verb("end", assignment, reason="")
    assert log(assignment).day.on == TODAY


# --- which version ---


def test_a_page_from_before_a_change_logs_the_version_it_showed():
    assignment = running()
    old = assignment.programme
    new_version(assignment)
    session = log(assignment, programme_id=old.pk)
    assert session.programme == old
    assert session.day.programme != old
    assert list(ticked(session)) == [old.items.get().pk]


def test_the_version_of_the_day_before_is_accepted():
    assignment = running()
    old = assignment.programme
    new_version(assignment, now=NOW + DAY)
    assert log(assignment, on=TODAY + DAY, now=NOW + DAY, programme_id=old.pk).programme == old


def test_so_is_one_that_was_replaced_in_the_course_of_the_day_before():
    assignment = running()
    old = assignment.programme
    new_version(assignment)
    late = NOW + DAY
    assert log(assignment, on=TODAY + DAY, now=late, programme_id=old.pk).programme == old


def test_a_page_that_names_no_version_gets_the_one_in_force_by_then():
    assignment = running()
    day = day_on(assignment)  # read before the change
    new = new_version(assignment).programme
    by = assignment.patient.user
    assert sessions.log_session(day, client_id=uuid4(), by=by, now=NOW).programme == new


def test_an_older_one_is_not():
    assignment = running()
    old = assignment.programme
    new_version(assignment, now=NOW)
    with pytest.raises(NotThatDay):
        log(assignment, on=TODAY + 2 * DAY, now=NOW + 2 * DAY, programme_id=old.pk)


def test_nor_is_a_later_one_or_a_strangers():
    assignment = running()
    log(assignment)
    new = new_version(assignment, now=NOW + HOUR).programme  # both in force tomorrow at most
    newer = new_version(assignment, now=NOW + 2 * HOUR, per_day_min=3).programme
    for version in (new, newer, running().programme):
        with pytest.raises(NotThatDay):
            log(assignment, now=NOW + 3 * HOUR, programme_id=version.pk)


# --- once ---


def test_a_replay_answers_like_the_first_time():
    assignment = running()
    key = uuid4()
    first = log(assignment, client_id=key, pain_after=3)
    again = log(assignment, client_id=key, pain_after=9, now=NOW + HOUR)
    assert again == first
    assert Session.objects.get().pain_after == 3


def test_a_replay_never_brings_an_undone_session_back():
    assignment = running()
    key = uuid4()
    session = log(assignment, client_id=key)
    sessions.undo_session(session, by=assignment.patient.user, now=NOW)
    assert log(assignment, client_id=key) == session
    assert day_on(assignment).sessions_done == 0


def test_a_replay_is_answered_even_when_its_day_is_long_over():
    assignment = running()
    key = uuid4()
    first = log(assignment, client_id=key)
    assert log(assignment, client_id=key, now=NOW + 20 * DAY) == first


@pytest.mark.parametrize(
    ("minutes", "undone", "soon"), [(0, False, True), (9, False, True), (10, False, False), (9, True, False)]
)  # fmt: skip
def test_within_ten_minutes_of_the_last_it_asks(minutes, undone, soon):
    assignment = running()
    session = log(assignment)
    if undone:
        sessions.undo_session(session, by=assignment.patient.user, now=NOW)
    later = NOW + minutes * MINUTE
    day = day_on(assignment)
    assert sessions.is_soon_after_last(day, client_id=uuid4(), now=later) is soon


def test_it_does_not_ask_about_a_replay_or_another_day():
    assignment = running()
    session = log(assignment, now=NOW + DAY)
    today, tomorrow = day_on(assignment), day_on(assignment, TODAY + DAY)
    soon = NOW + DAY + MINUTE
    assert not sessions.is_soon_after_last(today, client_id=session.client_id, now=soon)
    assert not sessions.is_soon_after_last(tomorrow, client_id=uuid4(), now=soon)


# --- afterwards ---


def describe(session, *, now=NOW, by=None):
    by = by or session.assignment.patient.user
    sessions.describe_session(session, pain_after=7, effort="hard", note="Ouch", by=by, now=now)
    session.refresh_from_db()
    return session


def test_saying_how_it_felt():
    session = describe(log(running()), now=NOW + DAY)
    assert (session.pain_after, session.effort, session.note) == (7, "hard", "Ouch")


def test_the_patient_describes_and_undoes_until_the_end_of_the_next_day():
    session = log(running())
    patient, clinician = session.assignment.patient.user, session.assignment.patient.clinician
    late = NOW + 2 * DAY
    with pytest.raises(TooLate):
        describe(session, now=late)
    with pytest.raises(TooLate):
        sessions.undo_session(session, by=patient, now=late)
    describe(session, now=late, by=clinician)
    sessions.undo_session(session, by=clinician, now=late)
    session.refresh_from_db()
    assert session.undone_at == late


def test_undoing_twice_is_undoing_once():
    session = log(running())
    by = session.assignment.patient.user
    sessions.undo_session(session, by=by, now=NOW)
    sessions.undo_session(session, by=by, now=NOW + HOUR)
    session.refresh_from_db()
    assert session.undone_at == NOW
    assert AuditEvent.objects.filter(action="session_undone").count() == 1


def test_what_was_taken_back_is_not_described():
    session = log(running())
    sessions.undo_session(session, by=session.assignment.patient.user, now=NOW)
    with pytest.raises(TooLate):
        describe(session)


def test_undone_sessions_leave_the_offer_open_again():
    assignment = running({"per_day_min": 1, "per_day_max": 1}, {})
    first, second = (item.pk for item in items_of(assignment))
    session = log(assignment)
    sessions.undo_session(session, by=assignment.patient.user, now=NOW)
    assert set(ticked(log(assignment))) == {first, second}


def test_a_skipped_item_is_still_wanted():
    assignment = running({}, {"per_day_min": 1, "per_day_max": 1})
    many, once = (item.pk for item in items_of(assignment))
    log(assignment, results={many: Went("done"), once: Went("skipped")})
    assert set(ticked(log(assignment))) == {many, once}


def test_travelling_does_not_lose_the_page_one_began_on():
    """Begun on the 4th in Auckland; it is still the 3rd in Honolulu: the 4th comes again."""
    assignment = running(patient=PatientFactory(time_zone="Pacific/Auckland"))
    patient = assignment.patient
    plans.change_time_zone(patient, time_zone="Pacific/Honolulu", by=patient.user, now=NOW)
    with pytest.raises(NotThatDay):
        log(assignment)
    assert log(assignment, now=NOW + DAY)
