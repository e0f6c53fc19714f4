"""Reasons are dealt with on a page, leave the caseload, stay in the record, and come back."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent
from caseload import caseload_page
from caseload.concerns import DEALT_WITH, AsItStood, Concern, Kind
from caseload.services import dealing
from patients.models import DealtWith, Patient
from tests.factories import PatientFactory
from tests.patients.past import NOW, TODAY, ago, lay, lay_days, session_on, with_plan

pytestmark = pytest.mark.django_db
CASELOAD = reverse("caseload:caseload")


@pytest.fixture(autouse=True)
def hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def amira(cast) -> Patient:
    """In pain, and past her review."""
    patient = PatientFactory(clinic=cast.clinic, clinician=cast.clinician, name="Amira Khan")
    plan = with_plan(patient=patient, review_on=ago(1))
    session_on(lay(plan, ago(1)), pain_after=3)
    session_on(lay(plan, TODAY), pain_after=7, note="Worse after\nthe drive.")
    return patient


def page_of(patient: Patient) -> str:
    return reverse("caseload:deal_with", args=[patient.pk])


def record_of(patient: Patient) -> str:
    return reverse("caseload:record", args=[patient.pk])


def deal(physio, patient, *, kind: Kind = Kind.PAIN_HIGH, **said):
    form = physio.get(page_of(patient), {"kind": kind.slug}).context["form"]
    sent = {"which": form["which"].initial, "how": "contacted", **said}
    return physio.post(page_of(patient), sent, follow=True)


def why(patient: Patient) -> list[Kind]:
    [row] = caseload_page.rows_of([patient.pk], now=NOW)
    return [one.kind for one in row.concerns]


def test_one_reason_leaves_the_others_stay_and_the_record_keeps_it(physio, amira, cast):
    assert why(amira) == [Kind.PAIN_HIGH, Kind.REVIEW]
    page = deal(physio, amira, how="looked_at", words="Rang her.\r\nHalf the holds.")
    assertRedirects(page, f"{record_of(amira)}?dealt={DealtWith.objects.get().pk}")
    assert why(amira) == [Kind.REVIEW]
    for words in (
        "Reasons dealt with",
        "Last pain 7 of 10, Mon 4 May",
        "looked at · Priya Shah · Mon 4 May, 10:00",
        "Rang her.<br>Half the holds.",
    ):
        assertContains(page, words)
    assert DealtWith.objects.get().words == "Rang her.\nHalf the holds."
    assert AuditEvent.objects.filter(action="reason_dealt_with", actor=cast.clinician).exists()
    assertNotContains(physio.get(CASELOAD), "Last pain 7 of 10")


def test_the_same_facts_leave_it_gone_and_worse_ones_bring_it_back(physio, amira, hands):
    deal(physio, amira)
    session_on(amira.assignments.get().days.get(on=TODAY), hour=9, pain_after=7)
    assertNotContains(physio.get(CASELOAD), "Last pain 7")
    session_on(amira.assignments.get().days.get(on=TODAY), hour=10, pain_after=8)
    for page in (CASELOAD, record_of(amira), page_of(amira)):
        assertContains(physio.get(page), "Last pain 8 of 10")
    back = "Back since it was dealt with on Mon 4 May. It then said: Last pain 7 of 10, Mon 4 May"
    assertContains(physio.get(CASELOAD), back)
    assertContains(physio.get(record_of(amira)), back)


def test_ask_again_comes_back_on_its_day_though_its_facts_have_gone(amira, cast, as_user, hands):
    deal(as_user(cast.clinician), amira, how="ask_again", until_on="2026-05-08")
    assert DealtWith.objects.get().until_on == TODAY + timedelta(4)
    session_on(amira.assignments.get().days.get(on=TODAY), hour=10, pain_after=0)
    hands.shift(timedelta(3))
    assertNotContains(as_user(cast.clinician).get(CASELOAD), "asked again")
    hands.shift(timedelta(1))
    page = as_user(cast.clinician).get(CASELOAD)
    assertContains(page, "You wanted to be asked again on Fri 8 May")
    assertContains(page, "Last pain 7 of 10, Mon 4 May")
    deal(as_user(cast.clinician), amira, how="looked_at", words="All well.")
    assertNotContains(as_user(cast.clinician).get(CASELOAD), "asked again")


def test_several_reasons_in_one_press_and_one_press_takes_them_back(physio, amira):
    amira.pain_reports.create(told_by=amira.user, told_at=NOW - timedelta(hours=1))
    form = physio.get(page_of(amira)).context["form"]
    chosen = form["which"].initial
    assert [key.split(".")[0] for key in chosen] == ["pain_told", "pain_high"]
    page = physio.post(page_of(amira), {"which": chosen, "how": "contacted", "back": "q=Amira"})
    noted = DealtWith.objects.newest_first().last()
    assert page["Location"].startswith(f"{CASELOAD}?q=Amira&dealt=")
    assertContains(physio.get(page["Location"]), "Noted on the record of Amira Khan.")
    assert why(amira) == [Kind.REVIEW]
    undo = reverse("caseload:take_back_noted", args=[amira.pk, noted.pk])
    assertContains(physio.post(undo, follow=True), "taken back")
    assert why(amira) == [Kind.PAIN_TOLD, Kind.PAIN_HIGH, Kind.REVIEW]
    assert AuditEvent.objects.filter(action="reason_taken_back").count() == 2


@pytest.mark.parametrize("who", ["a colleague", "an hour later"])
def test_only_a_wrong_press_of_ones_own_can_be_taken_back(physio, amira, cast, as_user, hands, who):
    deal(physio, amira)
    noted = DealtWith.objects.get()
    hands.shift(timedelta(minutes=61 if who == "an hour later" else 1))
    other = as_user(cast.colleague if who == "a colleague" else cast.clinician)
    undo = reverse("caseload:take_back_noted", args=[amira.pk, noted.pk])
    assertContains(other.post(undo, follow=True), "can be taken back within an hour")
    assert DealtWith.objects.standing().exists()
    assertNotContains(other.get(f"{record_of(amira)}?dealt={noted.pk}"), "Noted on the record")


@pytest.mark.parametrize("junk", ["x", "", str(UUID(int=5)), "\x00"])
def test_an_address_with_nonsense_offers_nothing_to_take_back(physio, amira, junk):
    for page in (CASELOAD, record_of(amira)):
        assertNotContains(physio.get(page, {"dealt": junk}), "Noted on the record")


REFUSED = {
    "no reason": ({"which": []}, "Choose at least one reason."),
    "looked at without a word": (
        {"how": "looked_at", "words": ""},
        "Write a few words: what you found.",
    ),
    "nothing but spaces": ({"how": "looked_at", "words": " \n"}, "Write a few words"),
    "too many words": ({"words": "x" * 1001}, "Please keep it to 1,000 characters."),
    "no day": ({"how": "ask_again"}, "Choose the day on which to ask you again."),
    "today": ({"how": "ask_again", "until_on": "2026-05-04"}, "Choose a day after today."),
    "a day that is none": ({"how": "ask_again", "until_on": "31/02/26"}, "Write a date that"),
    "years ahead": ({"how": "ask_again", "until_on": "2036-05-04"}, "within a year from today"),
    "a day for nothing": ({"until_on": "2026-05-08"}, "Choose “Ask me again”, or leave"),
    "unheard of": ({"how": "ignored"}, "Select a valid choice"),
    "facts that changed": ({"which": ["pain_high.00000000"]}, "The reasons have changed since"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_beside_the_field_with_every_word_kept(physio, amira, case):
    said, error = REFUSED[case]
    page = deal(physio, amira, **{"words": "Her own words.", **said})
    assert page.status_code == 422
    assertContains(page, error, status_code=422)
    if "words" not in said:
        assertContains(page, "Her own words.", status_code=422)
    assert not DealtWith.objects.exists()


def test_a_line_break_counts_once_and_a_thousand_characters_are_kept(physio, amira):
    deal(physio, amira, words="\r\n".join("x" * 500) + "x")
    assert len(DealtWith.objects.get().words) == 1000


def test_worse_while_the_page_was_open_is_shown_before_it_is_dealt_with(physio, amira):
    form = physio.get(page_of(amira)).context["form"]
    session_on(amira.assignments.get().days.get(on=TODAY), hour=10, pain_after=9)
    sent = {"which": form["which"].initial, "how": "contacted", "words": "Rang her."}
    page = physio.post(page_of(amira), sent)
    for words in ("The reasons have changed since", "Last pain 9 of 10", "Rang her."):
        assertContains(page, words, status_code=422)


def test_nothing_asks_so_there_is_nothing_to_deal_with(physio, cast):
    patient = PatientFactory(clinic=cast.clinic, clinician=cast.clinician)
    page = physio.get(page_of(patient), follow=True)
    assertRedirects(page, record_of(patient))
    assertContains(page, "Nothing asks for you here now.")


def test_a_warning_sign_is_not_dealt_with_here(physio, amira, cast):
    amira.warning_signs.create(told_by=amira.user, told_at=NOW)
    assertNotContains(physio.get(page_of(amira)), "Told us of a warning sign")
    sign = Concern(Kind.WARNING_SIGN, AsItStood("Told us"))
    with pytest.raises(dealing.NotPossible, match="own check"):
        dealing.deal_with(amira, [sign], how="contacted", by=cast.clinician, now=NOW)


def test_nobody_deals_with_their_own_record(physio, amira, cast):
    Patient.objects.filter(pk=amira.pk).update(user=cast.clinician)
    page = deal(physio, amira, words="I am fine.")
    assertContains(page, "A colleague has to look at it.", status_code=422)
    assertContains(page, "I am fine.", status_code=422)


def test_another_clinics_patient_is_not_found(amira, cast, as_user, physio):
    deal(physio, amira)
    undo = reverse("caseload:take_back_noted", args=[amira.pk, DealtWith.objects.get().pk])
    other = as_user(cast.other_clinician)
    assert other.get(page_of(amira)).status_code == 404
    assert other.post(page_of(amira), {"how": "contacted"}).status_code == 404
    assert other.post(undo).status_code == 404
    assert not DealtWith.objects.visible_to(amira.user).exists()  # nor the patient's own to read


def test_what_was_noted_on_another_record_is_not_found(physio, amira, cast):
    deal(physio, amira)
    undo = reverse("caseload:take_back_noted", args=[cast.record.pk, DealtWith.objects.get().pk])
    assert physio.post(undo).status_code == 404


def test_a_new_silence_after_sessions_is_a_new_reason(cast):
    patient = PatientFactory(clinic=cast.clinic, clinician=cast.clinician)
    plan = with_plan(patient=patient)
    lay(plan, ago(20), done=1)
    lay_days(plan, range(7, 20))
    then = NOW - timedelta(7)
    [row] = caseload_page.rows_of([patient.pk], now=then)
    dealing.deal_with(patient, row.concerns, how="contacted", by=cast.clinician, now=then)
    lay_days(plan, range(1, 6))
    assert why(patient) == [Kind.SILENT]  # 18 days: 5 more than the 12 of then
    session_on(lay(plan, ago(6)), hour=9)
    assert why(patient) == [Kind.SILENT]  # 5 days, after a session


def noted(amira, **fields) -> DealtWith:
    said = {
        "patient": amira, "kind": "pain_high", "reason": "Last pain 7 of 10", "how": "contacted",
        "on": TODAY, "by": amira.clinician, "by_name": "Priya Shah", "at": NOW,
    }  # fmt: skip
    return DealtWith.objects.create(**said | fields)


REFUSED_BY_THE_DATABASE = {
    "dealt_with_kind_is_known": {"kind": "warning_sign"},
    "dealt_with_looked_at_in_words": {"how": "looked_at"},
    "dealt_with_ask_again_on_a_later_day": {"how": "ask_again", "until_on": TODAY},
    "dealt_with_undone_later": {"undone_at": NOW - timedelta(1)},
}


@pytest.mark.parametrize("name", REFUSED_BY_THE_DATABASE)
def test_the_database_refuses(amira, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        noted(amira, **REFUSED_BY_THE_DATABASE[name])


def test_every_constraint_of_what_is_noted_is_tested_here(amira):
    assert {c.name for c in DealtWith._meta.constraints} == set(REFUSED_BY_THE_DATABASE)
    for kind in DEALT_WITH:
        noted(amira, kind=kind.slug)


def test_when_a_colleague_was_quicker_it_says_who_did_what(physio, amira, cast, as_user):
    concerns = caseload_page.rows_of([amira.pk], now=NOW)[0].concerns
    form = physio.get(page_of(amira)).context["form"]
    keys = [key for key, _words in form.fields["which"].choices]
    quicker = as_user(cast.colleague)
    quicker.post(page_of(amira), {"which": keys, "how": "contacted", "words": "Rang at nine."})
    assert DealtWith.objects.count() == len(concerns)
    page = physio.post(page_of(amira), {"which": keys, "how": "contacted", "words": "My words."})
    assertContains(page, "Nothing asks for you here now.", status_code=422)
    for words in ("My words.", "Rang at nine.", str(cast.colleague), "Open the record"):
        assertContains(page, words, status_code=422)
    assertNotContains(page, "Note it", status_code=422)
