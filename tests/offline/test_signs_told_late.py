"""A warning sign that was told without a network stops everything, as if it had come at once."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.urls import reverse
from pytest_django.asserts import assertContains

from accounts.models import AuditEvent, Letter, Membership
from patients.models import Day, HeldEntry, LateSign, Pause, Session, WarningSign
from patients.services import plans, sessions, signs
from tests.factories import LONG_AGO, MembershipFactory
from tests.offline.phone import Phone, one, sign_of, went
from tests.patients.scene import DAY, HOUR, NOW, TODAY, day_on, items_of, log, running, states

pytestmark = pytest.mark.django_db
MINUTE = HOUR / 60


@pytest.fixture(autouse=True)
def hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running()


@pytest.fixture
def phone(plan) -> Phone:
    return Phone(plan.patient.user)


def later(hands, by: timedelta):
    hands.move_to(NOW + by)
    return NOW + by


def check(sign: WarningSign, *, now, goes_on: bool = True) -> None:
    by = sign.patient.clinician
    signs.check(sign, note="Seen.", goes_on=goes_on, by=by, now=now)


def test_it_counts_from_when_it_was_told_and_is_written_to_the_clinician(phone, plan, hands):
    now = later(hands, 2 * DAY)
    entry = sign_of(plan.patient, at=NOW, which=("fever", "tea"))
    assert phone.answers(entry, clock=now) == ["taken"]
    sign = WarningSign.objects.get()
    assert (sign.told_at, sign.told_by, sign.which) == (NOW, plan.patient.user, ["fever"])
    assert sign.letter == Letter.objects.get()
    assert sign.late.get().received_at == now
    found = states(plan)
    assert {found[TODAY + n * DAY] for n in range(14)} == {Day.State.PAUSED}
    assert plan.pauses.get().from_on == TODAY


def test_told_again_it_is_known_also_once_it_was_checked(phone, plan, hands):
    entry = sign_of(plan.patient)
    assert phone.answers(entry, entry) == ["taken", "known"]
    check(WarningSign.objects.get(), now=NOW)
    assert phone.answers(entry, clock=later(hands, DAY)) == ["known"]
    assert not WarningSign.objects.open().exists()
    assert WarningSign.objects.count() == LateSign.objects.count() == 1


def test_what_was_done_before_it_is_taken_and_what_was_done_after_it_is_held(phone, plan):
    before, after = one(plan, at=NOW - HOUR), one(plan, at=NOW - MINUTE, note="Ouch", pain_after=6)
    sign = sign_of(plan.patient, at=NOW - 30 * MINUTE)
    answers = phone.send(after, before, sign)
    assert [answer["answer"] for answer in answers] == ["held", "taken", "taken"]
    assert (
        answers[0]["reason"] == "That session does not count. Your clinic can see that you sent it."
    )
    assert Session.objects.get().performed_at == NOW - HOUR
    held = HeldEntry.objects.get()
    assert (held.what, held.on, held.sent_at) == ("session", TODAY, NOW - MINUTE)
    assert (held.pain_after, held.note, str(held.client_id)) == (6, "Ouch", after["client_id"])


def test_held_once_it_is_never_counted_and_so_is_what_comes_after_the_check(phone, plan, hands):
    first, second = one(plan, at=NOW), one(plan, at=NOW + HOUR)
    assert phone.answers(sign_of(plan.patient), first) == ["taken", "held"]
    check(WarningSign.objects.get(), now=NOW + 2 * HOUR)
    now = later(hands, DAY)
    assert phone.answers(first, second, clock=now) == ["held", "held"]
    third = one(plan, at=NOW + 3 * HOUR)
    assert phone.answers(third, clock=now) == ["taken"]
    assert HeldEntry.objects.count() == 2
    assert str(Session.objects.get().client_id) == third["client_id"]


def test_checked_and_staying_paused_it_holds_what_was_done_until_it_was_resumed(phone, plan, hands):
    assert phone.answers(sign_of(plan.patient)) == ["taken"]
    check(WarningSign.objects.get(), now=NOW + HOUR, goes_on=False)
    plans.resume(plan, by=plan.patient.clinician, now=NOW + 2 * DAY)
    now = later(hands, 4 * DAY)
    days = [day_on(plan, TODAY + n * DAY) for n in range(4)]
    entries = [one(plan, day=day, at=NOW + n * DAY + HOUR) for n, day in enumerate(days)]
    assert phone.answers(*entries, clock=now) == ["held", "held", "taken", "taken"]


def test_held_once_it_stays_held_also_where_the_pause_was_taken_back_that_day(phone, plan, hands):
    phone.send(sign_of(plan.patient))
    check(WarningSign.objects.get(), now=NOW + HOUR, goes_on=False)
    done, now = one(plan, at=NOW + 2 * HOUR), later(hands, 3 * HOUR)
    assert phone.answers(done, clock=now) == ["held"]
    plans.resume(plan, by=plan.patient.clinician, now=now)
    assert not plan.pauses.exists()
    assert phone.answers(done, clock=now) == ["held"]
    assert not Session.objects.exists()
    assert HeldEntry.objects.count() == 1


def test_what_came_before_the_sign_and_was_done_after_it_is_held_after_all(phone, plan, hands):
    first = log(plan, now=NOW - HOUR)
    [item] = items_of(plan)
    hurt = went(item.pk, "hurt", amount=2, pain=7)
    assert phone.answers(one(plan, at=NOW, results=[hurt])) == ["taken"]
    now = later(hands, HOUR)
    sign = sign_of(plan.patient, at=NOW - MINUTE)
    assert phone.answers(sign, clock=now) == ["taken"]
    assert list(Session.objects.not_undone()) == [first]
    held = HeldEntry.objects.get()
    assert (held.pain_after, held.results[0]["result"], held.results[0]["pain"]) == (7, "hurt", 7)
    assert AuditEvent.objects.filter(action="session_set_aside").count() == 1


def test_an_open_sign_that_turns_out_to_be_older_counts_from_then(phone, plan, hands):
    now = later(hands, DAY)
    signs.tell(plan.patient, which=["fever"], by=plan.patient.user, now=now)
    assert phone.answers(sign_of(plan.patient, at=NOW, which=("lump",)), clock=now) == ["taken"]
    sign = WarningSign.objects.get()
    assert (sign.told_at, set(sign.which)) == (NOW, {"fever", "lump"})
    assert plan.pauses.get().from_on == TODAY
    assert Letter.objects.count() == 1


def test_one_told_before_a_check_that_did_not_know_of_it_stops_again_from_now(phone, plan, hands):
    signs.tell(plan.patient, by=plan.patient.user, now=NOW + HOUR)
    check(WarningSign.objects.get(), now=NOW + DAY)
    done = log(plan, on=TODAY + DAY, now=NOW + DAY + HOUR)
    now = later(hands, 2 * DAY)
    assert phone.answers(sign_of(plan.patient, at=NOW), clock=now) == ["taken"]
    again = WarningSign.objects.open().get()
    assert again.told_at == now
    done.refresh_from_db()
    assert done.undone_at is None


@pytest.mark.parametrize("at", [NOW + HOUR, NOW - 15 * DAY])
def test_one_that_cannot_have_been_told_then_is_told_now(phone, plan, at):
    assert phone.answers(sign_of(plan.patient, at=at)) == ["taken"]
    assert WarningSign.objects.get().told_at == NOW


def test_the_day_it_was_told_on_counts_if_enough_was_done_before_it(phone, plan, hands):
    """In whatever order they arrive; and no longer once that was taken back."""
    entries = [one(plan, at=NOW - n * HOUR) for n in (2, 3)]
    assert phone.answers(sign_of(plan.patient)) == ["taken"]
    assert day_on(plan).state == Day.State.PAUSED
    assert phone.answers(*entries) == ["taken", "taken"]
    assert day_on(plan).state == Day.State.ASKED
    sessions.undo_session(Session.objects.first(), by=plan.patient.user, now=NOW)
    assert day_on(plan).state == Day.State.PAUSED


def test_the_clinician_reads_when_it_was_told_and_when_it_reached_us(phone, plan, hands, as_user):
    now = later(hands, 2 * DAY)
    phone.send(sign_of(plan.patient, at=NOW), clock=now)
    record = reverse("caseload:record", args=[plan.patient_id])
    page = as_user(plan.patient.clinician).get(record)
    assertContains(page, "Mon 4 May, 10:00, the patient’s time")
    assertContains(page, "There was no network: it reached us on Wed 6 May, 10:00.")


def test_the_caseload_says_so_too(phone, plan, hands, as_user):
    """Nobody is to think that a colleague has not looked for two days."""
    phone.send(sign_of(plan.patient, at=NOW), clock=later(hands, 2 * DAY))
    words = "on Mon 4 May, 10:00, without a network: it reached us on Wed 6 May, 10:00."
    assertContains(as_user(plan.patient.clinician).get(reverse("caseload:caseload")), words)


def test_one_that_came_at_once_after_all_is_told_as_any_other(phone, plan, as_user):
    phone.send(sign_of(plan.patient, at=NOW))
    page = as_user(plan.patient.clinician).get(reverse("caseload:caseload"))
    assertContains(page, "Told us of a warning sign on Mon 4 May, 10:00. Please look")


def test_the_leads_are_written_to_at_once_where_it_was_told_hours_ago(phone, plan, hands):
    """The patient has waited since then, whenever we heard of it."""
    lead = MembershipFactory(clinic=plan.patient.clinic, role=Membership.Role.LEAD).user
    now = later(hands, 2 * DAY)
    phone.send(sign_of(plan.patient, at=NOW), clock=now)
    assert signs.follow_up(now=now) == 1
    assert signs.follow_up(now=now + HOUR) == 0
    assert Letter.objects.filter(to=lead.email).count() == 1


def test_late_sign_once_per_client_id(plan):
    sign = signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    said = {"told_by": plan.patient.user, "told_at": LONG_AGO, "received_at": LONG_AGO}
    key = sign.late.create(client_id=sign.pk, **said).client_id
    with pytest.raises(IntegrityError, match="late_sign_once_per_client_id"):
        sign.late.create(client_id=key, **said)


def test_a_sign_is_never_told_later_than_it_was_nor_earlier_once_checked(plan):
    sign = signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    move = "UPDATE patients_warningsign SET told_at = told_at + %s"

    def moved(by: timedelta) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(move, [by])

    with pytest.raises(IntegrityError, match="append-only"):
        moved(MINUTE)
    moved(-MINUTE)
    sign.refresh_from_db()
    check(sign, now=NOW)
    with pytest.raises(IntegrityError, match="append-only"):
        moved(-MINUTE)
    assert Pause.objects.count() <= 1
