"""A warning sign: whom to call first; then all is paused until a clinician has checked."""

import re

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent, Letter
from patients.models import Day, Patient, WarningSign
from patients.services import plans, signs
from programmes.safety import Sign
from tests import owner
from tests.factories import PatientFactory, published_programme
from tests.patients.scene import DAY, NOW, TODAY, day_on, log, running, states

pytestmark = pytest.mark.django_db
HELP = reverse("today:help")
CASELOAD = reverse("caseload:caseload")


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def plan(cast):
    cast.assignment.delete()
    return running(patient=cast.record)


@pytest.fixture
def address(cast):
    return reverse("today:warning", args=[cast.record.pk])


@pytest.fixture
def patient(cast, as_user):
    return as_user(cast.patient)


@pytest.fixture
def physio(cast, as_user):
    return as_user(cast.clinician)


def record_of(cast) -> str:
    return reverse("caseload:record", args=[cast.record.pk])


ASKED = "Rang at 10: no numbness, walks well. Advised to rest."


def check(physio, cast, then: str, note: str = ASKED):
    return physio.post(check_page(cast), {"then": then, "note": note}, follow=True)


def check_page(cast) -> str:
    sign = cast.record.warning_signs.get()
    return reverse("caseload:check_sign", args=[cast.record.pk, sign.pk])


def test_the_help_page_leads_there(plan, patient, address):
    assertContains(patient.get(HELP), f'href="{address}?clinic={plan.patient.clinic_id}"')
    assertContains(patient.get(HELP), "I have one of these signs")


def test_whose_sign_it_is_where_there_are_several_records(cast, plan, patient):
    child = PatientFactory(clinic=cast.clinic, user=cast.patient, name="Mia Reed")
    assertContains(patient.get(HELP), "Mia Reed has one of these signs")
    assertContains(patient.get(HELP), reverse("today:warning", args=[child.pk]))


def test_whom_to_call_stands_before_the_button_and_nothing_happens_yet(
    cast, plan, patient, address
):
    cast.clinic.emergency_number, cast.clinic.advice_number = "112", "116117"
    cast.clinic.save()
    page = patient.get(address).content.decode()
    assert page.index('href="tel:112"') < page.index("Stop and tell my clinic")
    assert page.index('href="tel:116117"') < page.index("Stop and tell my clinic")
    assert "Nobody watches this app in real time" in page
    assert not WarningSign.objects.exists()
    assert not Letter.objects.exists()


def test_it_pauses_today_and_all_that_follows(cast, plan, patient, address):
    done = patient.post(address, follow=True)
    assertRedirects(done, address)
    assertContains(done, "Stop: no exercises for now")
    assertContains(done, 'href="tel:999"')
    assert set(states(plan).values()) == {Day.State.PAUSED}
    pause = plan.pauses.get()
    assert (pause.from_on, pause.until_on, pause.reason) == (TODAY, None, "warning sign")
    sign = WarningSign.objects.get()
    assert (sign.patient, sign.told_by, sign.told_at) == (cast.record, cast.patient, NOW)
    assert AuditEvent.objects.filter(action="sign_told", subject_id=sign.pk).exists()


def test_told_twice_it_is_told_once(plan, patient, address):
    patient.post(address)
    patient.post(address)
    assert WarningSign.objects.count() == plan.pauses.count() == Letter.objects.count() == 1


def test_a_day_whose_minimum_is_reached_keeps_what_was_done(plan, patient, address):
    log(plan)
    log(plan)
    patient.post(address)
    assert day_on(plan).state == Day.State.ASKED


def test_a_clinicians_own_pauses_stay_and_outlast_the_check(cast, plan, patient, physio, address):
    plans.pause(
        plan, from_on=TODAY, until_on=TODAY + DAY, reason="surgery", by=cast.clinician, now=NOW
    )
    later = TODAY + 5 * DAY
    plans.pause(plan, from_on=later, until_on=later, by=cast.clinician, now=NOW)
    before = set(plan.pauses.values_list("from_on", "until_on", "reason"))
    patient.post(address)
    assert set(states(plan).values()) == {Day.State.PAUSED}
    check(physio, cast, "go_on")
    assert set(plan.pauses.values_list("from_on", "until_on", "reason")) == before
    paused = {on for on, state in states(plan).items() if state == Day.State.PAUSED}
    assert paused == {TODAY, TODAY + DAY, later}


def test_an_open_pause_of_the_clinician_outlasts_the_check_too(
    cast, plan, patient, physio, address
):
    plans.pause(plan, from_on=TODAY, reason="surgery", by=cast.clinician, now=NOW)
    patient.post(address)
    check(physio, cast, "go_on")
    assert plan.pauses.get().reason == "surgery"
    assert set(states(plan).values()) == {Day.State.PAUSED}


def test_it_stands_at_the_top_of_the_caseload(cast, plan, patient, physio, address):
    hurts = running(patient=PatientFactory(clinic=cast.clinic, clinician=cast.clinician))
    log(hurts, pain_after=9)
    patient.post(address)
    page = physio.get(CASELOAD).content.decode()
    words = "Told us of a warning sign on Mon 4 May, 10:00. Please look at this now"
    assert page.index(words) < page.index("Last pain 9 of 10")


def test_without_a_programme_it_is_told_all_the_same(cast, patient, physio, address):
    cast.assignment.ended_on = TODAY
    cast.assignment.save()
    patient.post(address)
    assertContains(physio.get(CASELOAD), "Told us of a warning sign")
    assertContains(physio.get(record_of(cast)), "A warning sign: please look at this now")
    check(physio, cast, "stay")
    assertNotContains(physio.get(CASELOAD), "Told us of a warning sign")


def test_checked_and_it_goes_on(cast, plan, patient, physio, address):
    patient.post(address)
    assertContains(physio.get(record_of(cast)), "Sam Reed")
    assertContains(check(physio, cast, "go_on"), "Checked. The programme goes on.")
    assert states(plan)[TODAY] == Day.State.ASKED
    assert not plan.pauses.exists()
    sign = WarningSign.objects.get()
    assert (sign.checked_by, sign.checked_at) == (cast.clinician, NOW)
    assert AuditEvent.objects.filter(action="sign_checked_goes_on", actor=cast.clinician).exists()
    page = patient.get(reverse("today:today")).text
    shown = re.sub(r"<template.*?</template>", "", page, flags=re.S)
    assert "You told us of a warning sign" not in shown
    assert (sign.check_note, sign.checked_by_name) == (ASKED, "Priya Shah")


def test_checked_and_it_stays_paused_until_resumed(cast, plan, patient, physio, address):
    patient.post(address)
    assertContains(check(physio, cast, "stay"), "Checked. It stays paused.")
    assert states(plan)[TODAY] == Day.State.PAUSED
    actions = AuditEvent.objects.filter(actor=cast.clinician).values_list("action", flat=True)
    assert "sign_checked_stays_paused" in actions
    physio.post(reverse("caseload:resume", args=[cast.record.pk]))
    assert states(plan)[TODAY] == Day.State.ASKED


def test_checked_twice_the_first_word_counts(cast, plan, patient, physio, address):
    patient.post(address)
    check(physio, cast, "stay")
    second = check(physio, cast, "go_on", note="Seen by me as well")
    assertContains(second, "Somebody has checked this already.", status_code=422)
    assertContains(second, "Seen by me as well", status_code=422)
    assertNotContains(second, "The programme goes on", status_code=422)
    assert states(plan)[TODAY] == Day.State.PAUSED


def test_nothing_goes_on_before_it_is_checked(cast, plan, patient, physio, address):
    patient.post(address)
    record = physio.get(record_of(cast))
    resume = reverse("caseload:resume", args=[cast.record.pk])
    assertNotContains(record, resume)
    assertContains(physio.post(resume, follow=True), "Check the warning sign first.")
    plans.end(plan, reason="", by=cast.clinician, now=NOW)
    template = published_programme(clinic=cast.clinic, created_by=cast.clinician)
    with pytest.raises(plans.NotAssignable, match="Check the warning sign first"):
        plans.assign(
            template, to=cast.record, starts_on=TODAY, review_on=TODAY, by=cast.clinician, now=NOW
        )


def test_checking_asks_for_a_few_words_and_loses_none(cast, plan, patient, physio, address):
    patient.post(address)
    assertContains(physio.get(record_of(cast)), check_page(cast))
    empty = physio.post(check_page(cast), {"then": "go_on", "note": "  "})
    assertContains(empty, "Write a few words: what you asked", status_code=422)
    long = "x" * 1001
    assertContains(
        physio.post(check_page(cast), {"then": "go_on", "note": long}), long, status_code=422
    )
    assert WarningSign.objects.open().exists()
    assert states(plan)[TODAY] == Day.State.PAUSED


def test_the_words_of_a_check_stay_on_the_record_under_the_name_of_then(
    cast, plan, patient, physio, address
):
    patient.post(address)
    check(physio, cast, "stay")
    type(cast.clinician).objects.filter(pk=cast.clinician.pk).update(name="Priya Shah-Jones")
    page = physio.get(record_of(cast))
    assertContains(page, "Checked by Priya Shah on Mon 4 May, 10:00")
    assertContains(page, ASKED)
    assertNotContains(page, "A warning sign: please look at this now")


def test_nobody_checks_their_own(cast, plan):
    sign = signs.tell(cast.record, by=cast.patient, now=NOW)
    with pytest.raises(signs.NotPossible, match="colleague"):
        signs.check(sign, note=ASKED, goes_on=True, by=cast.patient, now=NOW)
    assert WarningSign.objects.open().exists()


def test_told_again_after_a_check(cast, plan, patient, physio, address):
    patient.post(address)
    check(physio, cast, "go_on")
    patient.post(address)
    page = physio.get(record_of(cast))
    assertContains(page, "A warning sign: please look at this now")
    assertContains(page, ASKED)
    assert WarningSign.objects.count() == 2
    assert WarningSign.objects.open().count() == 1


def test_the_handout_waits_for_the_check(cast, plan, patient, physio, address):
    patient.post(address)
    handout = reverse("caseload:handout", args=[cast.record.pk])
    assertNotContains(physio.get(record_of(cast)), handout)
    assertContains(physio.get(handout, follow=True), "Check the warning sign first.")


# --- which sign it is: may be said, and never has to be


def test_which_sign_may_be_said_with_the_first_press(cast, plan, patient, physio, address):
    page = patient.get(address)
    for sign in Sign:
        assertContains(page, sign.label)
    told = patient.post(address, {"which": ["chest_pain", "saddle"]}, follow=True)
    assertContains(told, "You told your clinic that it is:")
    assert WarningSign.objects.get().which == ["saddle", "chest_pain"]
    assertContains(physio.get(record_of(cast)), Sign.CHEST_PAIN.label)


def test_which_sign_may_be_added_later_and_nothing_said_is_lost(plan, patient, address):
    patient.post(address)
    patient.post(address, {"which": ["fever"]})
    patient.post(address, {"which": ["bladder"]})
    assert WarningSign.objects.get().which == ["bladder", "fever"]
    assert AuditEvent.objects.filter(action="sign_named").count() == 2


def test_what_is_not_on_the_list_does_not_keep_anybody_from_telling(plan, patient, address):
    patient.post(address, {"which": ["<b>", "fever"]})
    assert WarningSign.objects.get().which == ["fever"]


def test_without_a_word_the_clinician_is_asked_to_ask(cast, plan, patient, physio, address):
    patient.post(address)
    assertContains(physio.get(record_of(cast)), "They did not say which sign: please ask.")


def test_it_fills_its_row_of_the_caseload_in_red_and_stands_first(
    cast, plan, patient, physio, address
):
    hurts = running(patient=PatientFactory(clinic=cast.clinic, clinician=cast.clinician, name="Aa"))
    log(hurts, pain_after=9)
    patient.post(address)
    page = physio.get(CASELOAD).content.decode()
    rows = re.findall(r'<tr class="(caseload__row--\w+)">', page)
    assert rows[:2] == ["caseload__row--stop", "caseload__row--concern"]
    assert page.count("caseload__why--stop") == 1


@pytest.mark.parametrize(
    "write",
    [
        "UPDATE patients_warningsign SET told_at = now()",
        "UPDATE patients_warningsign SET checked_at = NULL, checked_by_id = NULL,"
        " checked_by_name = '', check_note = ''",
        "UPDATE patients_warningsign SET check_note = 'Other words'",
        "UPDATE patients_warningsign SET which = '{}'",
        "UPDATE patients_warningsign SET which = '{fever,lump}'",
        "DELETE FROM patients_warningsign",
    ],
)
@pytest.mark.django_db(transaction=True)
def test_what_was_told_stays_as_it_was_even_for_the_owner(cast, plan, write):
    sign = signs.tell(cast.record, which=["fever"], by=cast.patient, now=NOW)
    signs.check(sign, note=ASKED, goes_on=True, by=cast.clinician, now=NOW)
    with pytest.raises(IntegrityError, match="append-only"):
        owner.execute(write)


def test_the_words_of_a_check_can_be_erased_and_never_become_others(cast, plan, physio):
    """By the application's own role; who checked, and when, stays."""
    sign = signs.tell(cast.record, which=["fever"], by=cast.patient, now=NOW)
    signs.check(sign, note=ASKED, goes_on=True, by=cast.clinician, now=NOW)
    row = WarningSign.objects.filter(pk=sign.pk)
    record = reverse("caseload:record", args=[cast.record.pk])
    assertContains(physio.get(record), ASKED)
    row.update(check_note="")
    page = physio.get(record)
    assertNotContains(page, ASKED)
    assertContains(page, "Checked by Priya Shah")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        row.update(check_note="Other words")


def test_nobody_checks_a_sign_without_words(cast, plan):
    sign = signs.tell(cast.record, which=["fever"], by=cast.patient, now=NOW)
    with pytest.raises(IntegrityError, match="in words") as refused, transaction.atomic():
        signs.check(sign, note="", goes_on=True, by=cast.clinician, now=NOW)
    assert refused.value.__cause__.diag.constraint_name == "warning_checked_in_words"


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({}, "warning_one_open"),
        ({"checked_at": NOW}, "warning_checked_in_words"),
        ({"check_note": "Fine"}, "warning_checked_in_words"),
        ({"which": ["a cold"]}, "warning_which_is_known"),
    ],
)
def test_what_the_database_keeps(cast, fields, name):
    WarningSign.objects.create(patient=cast.record, told_by=cast.patient, told_at=NOW)
    other = Patient.objects.exclude(pk=cast.record.pk).first() if fields else cast.record
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        WarningSign.objects.create(patient=other, told_by=cast.patient, told_at=NOW, **fields)
