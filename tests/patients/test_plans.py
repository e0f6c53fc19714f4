"""A programme given, changed, paused, ended; and the patient on the move."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

import programmes.services as programmes
from accounts.models import AuditEvent
from patients.models import Assignment
from patients.services import plans, sessions
from patients.services.plans import NotAssignable, NotPossible
from tests.factories import ClinicFactory, PatientFactory, ProgrammeFactory
from tests.patients.scene import (
    DAY,
    HOUR,
    NOW,
    TODAY,
    day_on,
    log,
    running,
    states,
    template_for,
    waiting_patient,
)

pytestmark = pytest.mark.django_db


def verb(name, assignment, *, now=NOW, **more):
    return getattr(plans, name)(assignment, by=assignment.patient.clinician, now=now, **more)


def asked_between(assignment, first: int, last: int) -> set[str]:
    dates = states(assignment)
    return {str(dates[TODAY + n * DAY]) for n in range(first, last + 1)}


# --- assign ---


def test_assigning_copies_the_template():
    patient = PatientFactory()
    template = template_for(patient, {}, {"per_day_min": 1, "per_day_max": 1})
    assignment = plans.assign(
        template,
        to=patient,
        starts_on=TODAY,
        review_on=TODAY + 42 * DAY,
        by=patient.clinician,
        now=NOW,
    )
    copy = assignment.programme
    assert copy.line_id != template.line_id
    assert copy.is_published
    assert not copy.is_template
    assert [i.per_day_min for i in copy.items.order_by("position")] == [2, 1]
    assert AuditEvent.objects.filter(action="plan_assigned", subject_id=assignment.pk).exists()


def refused(patient, template, *, starts_on=TODAY, review_on=TODAY + DAY) -> str:
    with pytest.raises(NotAssignable) as refusal:
        plans.assign(
            template, to=patient, starts_on=starts_on, review_on=review_on,
            by=patient.clinician, now=NOW,
        )  # fmt: skip
    assert not patient.assignments.running().filter(assigned_at=NOW + HOUR).exists()
    return str(refusal.value)


def test_only_a_published_programme_of_the_same_clinic_from_today_on():
    patient = PatientFactory()
    template = template_for(patient)
    draft = ProgrammeFactory(clinic=patient.clinic, created_by=patient.clinician)
    elsewhere = template_for(PatientFactory(clinic=ClinicFactory()))
    assert "Publish" in refused(patient, draft)
    assert "another clinic" in refused(patient, elsewhere)
    assert "today or a later day" in refused(patient, template, starts_on=TODAY - DAY)
    assert "after the start" in refused(patient, template, review_on=TODAY - DAY)
    assert not Assignment.objects.exists()


def test_one_running_programme_at_a_time():
    assignment = running()
    patient = assignment.patient
    assert "running programme" in refused(patient, template_for(patient))
    verb("end", assignment, reason="done")
    assert running(patient=patient).ended_on is None


def test_the_database_keeps_it_to_one_too():
    assignment = running()
    other = running()
    with pytest.raises(IntegrityError, match="assignment_one_running_per_patient"):
        Assignment.objects.filter(pk=other.pk).update(patient=assignment.patient)


# --- a new version ---


def new_version(assignment, *, now=NOW, per_day_min=1):
    draft = verb("start_change", assignment, now=now)
    item = draft.items.first()
    programmes.change_item(
        item, side=item.side, note="", by=assignment.patient.clinician, now=now,
        per_day_min=per_day_min,
    )  # fmt: skip
    return verb_publish(draft, assignment, now=now)


def verb_publish(draft, assignment, *, now):
    return plans.publish_change(draft, by=assignment.patient.clinician, now=now)


def test_a_new_version_takes_effect_today_if_nothing_is_logged_today():
    assignment = running()
    old = assignment.programme
    new = new_version(assignment).programme
    assert new.version == old.version + 1
    assert {day.programme_id for day in assignment.days.all()} == {new.pk}
    assert day_on(assignment).asked_min == 1


def test_else_it_takes_effect_tomorrow():
    assignment = running()
    old = assignment.programme
    log(assignment)
    new = new_version(assignment, now=NOW + HOUR).programme
    assert (day_on(assignment).programme, day_on(assignment).asked_min) == (old, 2)
    tomorrow = day_on(assignment, TODAY + DAY)
    assert (tomorrow.programme, tomorrow.asked_min) == (new, 1)


def test_a_session_taken_back_is_nothing_logged():
    assignment = running()
    session = log(assignment)
    sessions.undo_session(session, by=assignment.patient.user, now=NOW)
    new_version(assignment, now=NOW + HOUR)
    assert day_on(assignment).asked_min == 1


def test_yesterday_keeps_its_version():
    assignment = running()
    new_version(assignment, now=NOW + DAY)
    assert day_on(assignment, TODAY).asked_min == 2
    assert day_on(assignment, TODAY + DAY).asked_min == 1


def test_a_change_begun_twice_is_one_draft():
    assignment = running()
    assert verb("start_change", assignment) == verb("start_change", assignment)


def test_a_change_of_an_ended_plan_is_refused_and_stays_a_draft():
    assignment = running()
    draft = verb("start_change", assignment)
    verb("end", assignment, reason="")
    with pytest.raises(NotPossible):
        verb_publish(draft, assignment, now=NOW)
    draft.refresh_from_db()
    assert not draft.is_published


def test_publishing_during_a_pause_keeps_the_pause():
    assignment = running()
    verb("pause", assignment, from_on=TODAY)
    new_version(assignment)
    assert set(states(assignment).values()) == {"paused"}
    assert day_on(assignment).asked_min == 1


# --- pause ---


def test_a_pause_covers_its_dates_both_ends_included():
    assignment = running()
    verb("pause", assignment, from_on=TODAY + 2 * DAY, until_on=TODAY + 4 * DAY)
    assert asked_between(assignment, 0, 1) == {"asked"}
    assert asked_between(assignment, 2, 4) == {"paused"}
    assert asked_between(assignment, 5, 14) == {"asked"}


@pytest.mark.parametrize(("sessions_done", "state"), [(0, "paused"), (1, "paused"), (2, "asked")])
def test_today_is_excused_unless_its_minimum_is_reached(sessions_done, state):
    assignment = running()
    for _ in range(sessions_done):
        log(assignment)
    verb("pause", assignment, from_on=TODAY)
    assert day_on(assignment).state == state
    assert asked_between(assignment, 1, 14) == {"paused"}


def test_an_open_pause_covers_days_laid_later():
    assignment = running()
    verb("pause", assignment, from_on=TODAY + DAY)
    plans.lay_out_all_days(now=NOW + 5 * DAY)
    assert states(assignment)[TODAY + 19 * DAY] == "paused"


def test_resuming_asks_again_from_tomorrow_since_a_pause_covers_whole_dates():
    assignment = running()
    verb("pause", assignment, from_on=TODAY)
    later = NOW + 3 * DAY
    plans.lay_out_all_days(now=later)
    verb("resume", assignment, now=later)
    assert asked_between(assignment, 0, 3) == {"paused"}
    assert asked_between(assignment, 4, 17) == {"asked"}


def test_a_pause_taken_back_on_its_first_day_leaves_no_trace_in_the_days():
    assignment = running({"weekdays": [0, 1]})
    before = states(assignment)
    verb("pause", assignment, from_on=TODAY)
    verb("resume", assignment, now=NOW + HOUR)
    assert states(assignment) == before
    assert not assignment.pauses.exists()


def test_a_pause_still_to_come_can_be_taken_back():
    assignment = running()
    verb("pause", assignment, from_on=TODAY + 3 * DAY)
    verb("resume", assignment)
    assert set(states(assignment).values()) == {"asked"}


@pytest.mark.parametrize(
    ("first", "last"), [(-1, 3), (2, 1), (5, 6), (0, 5), (5, None), (0, None), (6, 9)]
)
def test_pauses_begin_today_or_later_end_after_they_begin_and_never_overlap(first, last):
    assignment = running()
    verb("pause", assignment, from_on=TODAY + 5 * DAY, until_on=TODAY + 6 * DAY)
    until_on = None if last is None else TODAY + last * DAY
    with pytest.raises(NotPossible):
        verb("pause", assignment, from_on=TODAY + first * DAY, until_on=until_on)
    assert assignment.pauses.count() == 1


def test_resuming_what_is_not_paused_is_refused():
    with pytest.raises(NotPossible):
        verb("resume", running())


# --- end, review ---


def test_ending_removes_future_days_and_keeps_the_past():
    assignment = running()
    verb("end", assignment, reason="goals reached", now=NOW + 2 * DAY)
    assignment.refresh_from_db()
    assert assignment.ended_on == TODAY + 2 * DAY
    assert list(states(assignment)) == [TODAY, TODAY + DAY, TODAY + 2 * DAY]


def test_ending_keeps_a_future_day_with_a_session():
    assignment = running(patient=PatientFactory(time_zone="Pacific/Auckland"))
    log(assignment)
    patient = assignment.patient
    plans.change_time_zone(patient, time_zone="Pacific/Honolulu", by=patient.user, now=NOW)
    verb("end", assignment, reason="")
    assert list(states(assignment)) == [TODAY]


@pytest.mark.parametrize("name", ["end", "pause", "resume", "start_change", "change_review"])
def test_nothing_more_happens_to_what_has_ended(name):
    assignment = running()
    verb("end", assignment, reason="")
    more = {
        "end": {"reason": ""},
        "pause": {"from_on": TODAY},
        "change_review": {"review_on": TODAY + DAY},
    }
    with pytest.raises(NotPossible):
        verb(name, assignment, **more.get(name, {}))


def test_the_review_moves_but_not_before_the_start():
    assignment = running(starts_on=TODAY + 2 * DAY)
    verb("change_review", assignment, review_on=TODAY + 9 * DAY)
    assignment.refresh_from_db()
    assert assignment.review_on == TODAY + 9 * DAY
    with pytest.raises(NotPossible):
        verb("change_review", assignment, review_on=TODAY)


# --- on the move ---


def move(assignment, zone, *, now):
    patient = assignment.patient
    plans.change_time_zone(patient, time_zone=zone, by=patient.user, now=now)
    patient.refresh_from_db()
    return patient


def test_a_date_that_a_change_of_zone_skips_is_excused():
    """From 23:30 on the 4th in Pago Pago to 00:30 on the 6th in Kiritimati: no 5th."""
    assignment = running(patient=PatientFactory(time_zone="Pacific/Pago_Pago"))
    now = datetime(2026, 5, 5, 10, 30, tzinfo=UTC)
    move(assignment, "Pacific/Kiritimati", now=now)
    dates = states(assignment)
    assert (dates[TODAY], dates[TODAY + DAY], dates[TODAY + 2 * DAY]) == (
        "asked",
        "paused",
        "asked",
    )
    assert len(dates) == len(set(dates))
    assert max(dates) == TODAY + 16 * DAY


def test_moving_back_asks_for_the_date_again():
    assignment = running(patient=PatientFactory(time_zone="Pacific/Pago_Pago"))
    now = datetime(2026, 5, 5, 10, 30, tzinfo=UTC)
    move(assignment, "Pacific/Kiritimati", now=now)
    move(assignment, "Pacific/Pago_Pago", now=now)
    assert states(assignment)[TODAY + DAY] == "asked"


def test_a_date_that_comes_again_is_the_same_day():
    assignment = running(patient=PatientFactory(time_zone="Pacific/Auckland"))
    log(assignment)
    day = day_on(assignment)
    move(assignment, "Pacific/Honolulu", now=NOW)
    assert day_on(assignment).pk == day.pk
    assert day_on(assignment).sessions_done == 1
    assert assignment.days.filter(on=TODAY).count() == 1


def test_staying_put_changes_and_records_nothing():
    assignment = running()
    before = AuditEvent.objects.count()
    move(assignment, "Europe/London", now=NOW)
    assert AuditEvent.objects.count() == before


def test_a_waiting_patient_may_move_without_being_asked_for_anything():
    assignment = running(patient=waiting_patient())
    patient = assignment.patient
    plans.change_time_zone(patient, time_zone="Asia/Tokyo", by=patient.clinician, now=NOW)
    assert set(states(assignment).values()) == {"not_started"}


def test_each_verb_leaves_its_line_in_the_audit():
    assignment = running()
    verb("pause", assignment, from_on=TODAY)
    verb("resume", assignment)
    verb("change_review", assignment, review_on=TODAY + DAY)
    new_version(assignment)
    move(assignment, "Asia/Tokyo", now=NOW)
    verb("end", assignment, reason="")
    done = set(AuditEvent.objects.values_list("action", flat=True))
    assert done >= {
        "plan_assigned", "plan_paused", "plan_resumed", "plan_review_changed", "plan_change_started", "plan_change_published",
        "time_zone_changed", "plan_ended",
    }  # fmt: skip
