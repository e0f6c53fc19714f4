"""One exercise that hurt twice: a reason to look, from the patient's session to the caseload."""

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from caseload import caseload_page
from caseload.concerns import Kind
from caseload.words import reasons
from patients.facts import facts_for
from patients.models import Patient, Tick
from patients.results import Went
from patients.services import plans, sessions
from patients.thresholds import HURT_WITHIN
from programmes import services as programmes
from tests.caseload.test_session_log import told
from tests.factories import PatientFactory
from tests.patients.past import lay, session_on, with_plan
from tests.patients.scene import DAY, HOUR, NOW, items_of, running
from tests.patients.test_facts import QUERIES
from tests.patients.test_plans import verb, verb_publish

pytestmark = pytest.mark.django_db
CASELOAD = reverse("caseload:caseload")


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def plan():
    return running(
        *({"exercise_version__name": name} for name in ("Bridge", "Clam")),
        starts_on=NOW.date() - 20 * DAY,
        now=NOW - 20 * DAY,
    )


@pytest.fixture
def physio(plan, as_user):
    return as_user(plan.patient.clinician)


def hurt(assignment, *went: Went, days_ago: int = 0, hours: int = 0, **said):
    """A session of that day in which the exercises, in their order, went like this."""
    now = NOW - days_ago * DAY + hours * HOUR
    plans.lay_out_days(assignment, now=now)
    return told(assignment, *went, on=now.date(), now=now, **said)


def reasons_of(assignment, *, now=NOW) -> list[str]:
    [row] = caseload_page.rows_of([assignment.patient_id], now=now)
    return [reasons.reason(one.reason) for one in row.concerns if one.kind == Kind.HURT]


def test_hurt_twice_brings_the_patient_to_the_top_with_the_reason(plan, physio):
    hurt(plan, Went("hurt", amount=2, pain=4), days_ago=2)
    assertNotContains(physio.get(CASELOAD), "Hurt twice: ")
    hurt(plan, Went("hurt", amount=1, pain=5))
    words = "Hurt twice: Bridge (pain 5 on Mon 4 May)"
    assertContains(physio.get(CASELOAD), words)
    response = physio.get(reverse("caseload:record", args=[plan.patient_id]))
    assertContains(response, words)
    assertContains(response, f"{reverse('caseload:deal_with', args=[plan.patient_id])}?kind=hurt")


def test_the_caseload_publishes_from_when_on(plan, physio):
    assertContains(
        physio.get(CASELOAD, {"open": "thresholds"}),
        "The patient stopped one exercise because it hurt, 2 times or more within the last 14 days."
        " An exercise that is no longer in the programme does not count."
        " It comes back when it hurts once more, or another exercise as often.",
    )


def test_two_exercises_that_hurt_once_each_are_no_reason(plan):
    hurt(plan, Went("hurt", pain=4), Went("hurt", pain=4))
    assert reasons_of(plan) == []


def test_pain_that_was_borne_and_what_was_skipped_is_none(plan):
    for hours in range(3):
        hurt(plan, Went("done", pain=7), Went("skipped", skip_reason="too_hard"), hours=hours)
    assert reasons_of(plan) == []


def test_the_last_time_is_said_and_who_said_no_number_gets_none(plan):
    hurt(plan, Went("hurt", pain=9), days_ago=3)
    hurt(plan, Went("hurt"))
    assert reasons_of(plan) == ["Hurt twice: Bridge (Mon 4 May)"]


def test_several_exercises_are_one_reason_the_one_that_hurt_last_first(plan):
    for hours in range(2):
        hurt(plan, Went("done"), Went("hurt", pain=3), days_ago=1, hours=hours)
        hurt(plan, Went("hurt", pain=6), hours=hours)
    assert reasons_of(plan) == ["Hurt twice: Bridge (pain 6 on Mon 4 May), and 1 more exercise"]


def test_what_was_taken_back_does_not_count(plan):
    hurt(plan, Went("hurt", pain=4), days_ago=1)
    again = hurt(plan, Went("hurt", pain=8))
    sessions.undo_session(again, by=plan.patient.user, now=NOW)
    assert reasons_of(plan) == []


@pytest.mark.parametrize(("days_ago", "is_raised"), [(13, True), (14, False)])
def test_it_looks_back_so_many_days(plan, days_ago, is_raised):
    assert HURT_WITHIN == 14
    hurt(plan, Went("hurt", pain=4), days_ago=days_ago)
    hurt(plan, Went("hurt", pain=4))
    assert bool(reasons_of(plan)) == is_raised


@pytest.mark.parametrize(("days_ago", "is_raised"), [(13, True), (14, False)])
def test_the_days_are_the_patients_own(days_ago, is_raised):
    """Early on Tuesday in Auckland it is still Monday for the other patient, in London."""
    with_plan()
    now = NOW + 4 * HOUR  # 01:00 on Tuesday there
    began = now - 20 * DAY
    assignment = running(
        patient=PatientFactory(time_zone="Pacific/Auckland"),
        starts_on=began.date() + DAY,
        now=began,
    )
    for back in (days_ago, 0):
        at = now - back * DAY
        plans.lay_out_days(assignment, now=at)
        told(assignment, Went("hurt", pain=4), on=at.date() + DAY, now=at)
    found = facts_for(Patient.objects.values_list("pk", flat=True), now=now)
    [hurt] = found[assignment.patient_id].running.hurts
    assert (hurt.times, hurt.on) == (2 if is_raised else 1, now.date() + DAY)


def test_it_counts_by_exercise_whichever_version_of_the_programme(plan):
    hurt(plan, Went("hurt", pain=4), days_ago=1)
    draft = verb("start_change", plan)
    changed = verb_publish(draft, plan, now=NOW)
    assert items_of(changed) != items_of(plan)
    hurt(changed, Went("hurt", pain=6))
    assert reasons_of(plan) == ["Hurt twice: Bridge (pain 6 on Mon 4 May)"]


def test_once_it_is_taken_out_of_the_programme_it_is_no_reason(plan):
    for hours in range(2):
        hurt(plan, Went("hurt", pain=6), hours=hours)
    assert reasons_of(plan)
    draft = verb("start_change", plan)
    programmes.remove_item(draft.items.first(), by=plan.patient.clinician, now=NOW)
    assert reasons_of(plan), "a draft changes nothing yet"
    verb_publish(draft, plan, now=NOW)
    assert reasons_of(plan) == []


def test_an_earlier_programme_does_not_count():
    assignment = with_plan(ended_on=NOW.date() - DAY)
    day = lay(assignment, NOW.date() - DAY)
    for hour in (8, 9):
        session_on(day, hour=hour, result=Tick.Result.HURT)
    again = with_plan(patient=assignment.patient, programme__line_id=assignment.programme.line_id)
    assert reasons_of(again) == []


def test_dealt_with_it_is_quiet_until_it_hurts_again(plan, physio):
    for hours in range(2):
        hurt(plan, Went("hurt", pain=4), hours=hours)
    page = reverse("caseload:deal_with", args=[plan.patient_id])
    form = physio.get(f"{page}?kind=hurt").context["form"]
    assert [words for _key, words in form.fields["which"].choices] == [
        "Hurt twice: Bridge (pain 4 on Mon 4 May)"
    ]
    sent = {"which": form.fields["which"].initial, "how": "contacted", "words": "Smaller range."}
    assert physio.post(page, sent).status_code == 302
    assert reasons_of(plan) == []
    hurt(plan, Went("hurt", pain=3), hours=3)
    assert reasons_of(plan, now=NOW + 4 * HOUR) == ["Hurt 3 times: Bridge (pain 3 on Mon 4 May)"]
    assertContains(physio.get(CASELOAD), "Back since it was dealt with on Mon 4 May.")


def test_a_long_name_is_kept_whole_with_what_was_done(as_user):
    plan = running({"exercise_version__name": "x" * 120}, {"exercise_version__name": "y" * 120})
    for hours in range(2):
        hurt(plan, Went("hurt", pain=10), Went("hurt", pain=10), hours=hours)
    physio = as_user(plan.patient.clinician)
    page = reverse("caseload:deal_with", args=[plan.patient_id])
    form = physio.get(f"{page}?kind=hurt").context["form"]
    sent = {"which": form.fields["which"].initial, "how": "contacted"}
    assert physio.post(page, sent).status_code == 302
    [dealt] = plan.patient.dealt_with.all()
    assert dealt.kind == "hurt"
    assert dealt.reason.endswith("and 1 more exercise")


@pytest.mark.parametrize("number", [1, 12])
def test_facts_take_the_same_queries_however_much_hurts(django_assert_num_queries, number):
    for _ in range(number):
        assignment = with_plan()
        day = lay(assignment, NOW.date())
        for hour in (6, 7):
            session_on(day, hour=hour, result=Tick.Result.HURT)
    everybody = list(Patient.objects.values_list("pk", flat=True))
    with django_assert_num_queries(QUERIES):
        found = facts_for(everybody, now=NOW)
    assert [facts.running.hurts[0].times for facts in found.values()] == [2] * number
