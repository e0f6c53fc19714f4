"""Who chose an exercise for a patient, and when: on their page, and on paper."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

import programmes.services as programmes
from accounts.models import AuditEvent, Membership
from patients.services import plans
from tests.factories import ExerciseVersionFactory, MembershipFactory, PatientFactory, UserFactory
from tests.patients.scene import DAY, NOW, items_of, running
from tests.pdf import Read

pytestmark = pytest.mark.django_db
LATER = NOW + 7 * DAY


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    patient = PatientFactory(clinic__name="Riverside")
    patient.clinician.name = "Amira Khan"
    patient.clinician.save()
    return running({"exercise_version": ExerciseVersionFactory(name="Leg up")}, patient=patient)


@pytest.fixture
def lead(plan):
    membership = MembershipFactory(
        clinic=plan.patient.clinic, user=UserFactory(name="Ben Lund"), role=Membership.Role.LEAD
    )
    return membership.user


@pytest.fixture
def opened(as_user):
    def page(plan, item) -> str:
        response = as_user(plan.patient.user).get(reverse("today:item", args=[item.pk]))
        return " ".join(response.content.decode().split())

    return page


def changed(plan, *, by, add="", drop="", now=LATER):
    """The next version of a plan, with one exercise more or less."""
    draft = plans.start_change(plan, by=by, now=now)
    if add:
        version = ExerciseVersionFactory(name=add)
        programmes.add_item(draft, version, by=by, now=now)
    for item in draft.items.filter(exercise_version__name=drop):
        programmes.remove_item(item, by=by, now=now)
    return plans.publish_change(draft, by=by, now=now)


def test_whoever_gave_the_plan_chose_what_was_in_it(opened, plan):
    [item] = items_of(plan)
    told = "Chosen for you by Amira Khan, clinician at Riverside, on 4 May 2026."
    assert told in opened(plan, item)


def test_what_a_later_version_brought_in_was_chosen_by_whoever_published_it(opened, plan, lead):
    first, second = items_of(changed(plan, by=lead, add="Bridge"))
    assert "Chosen for you by Amira Khan, clinician at Riverside, on 4 May 2026." in opened(
        plan, first
    )
    assert "Chosen for you by Ben Lund, clinic lead at Riverside, on 11 May 2026." in opened(
        plan, second
    )


def test_what_was_left_out_and_came_back_was_chosen_anew(opened, plan, lead):
    running_plan = changed(plan, by=plan.patient.clinician, add="Bridge")
    without = changed(running_plan, by=plan.patient.clinician, drop="Leg up")
    version = items_of(plan)[0].exercise_version
    draft = plans.start_change(without, by=lead, now=LATER)
    programmes.add_item(draft, version, by=lead, now=LATER)
    again = items_of(plans.publish_change(draft, by=lead, now=LATER))[-1]
    assert "Chosen for you by Ben Lund, clinic lead" in opened(plan, again)


def test_a_new_dose_is_no_new_choice(opened, plan, lead):
    draft = plans.start_change(plan, by=lead, now=LATER)
    programmes.describe(draft, title="Slower", advice="", by=lead, now=LATER)
    [item] = items_of(plans.publish_change(draft, by=lead, now=LATER))
    assert "Chosen for you by Amira Khan" in opened(plan, item)


def test_the_paper_says_the_same(as_user, plan, lead):
    changed(plan, by=lead, add="Bridge")
    answer = as_user(plan.patient.user).get(reverse("today:own_handout"))
    text = Read(answer.content).text
    assert "Chosen for you by Amira Khan, clinician at Riverside, on 4 May 2026." in text
    assert "Chosen for you by Ben Lund, clinic lead at Riverside, on 11 May 2026." in text


def test_the_date_is_the_patients(opened, clock_hands):
    clock_hands.move_to(NOW + timedelta(hours=20))
    patient = PatientFactory(time_zone="Pacific/Auckland")
    plan = running(patient=patient, starts_on=(NOW + 2 * DAY).date(), now=NOW + timedelta(hours=20))
    assert "on 5 May 2026." in opened(plan, items_of(plan)[0])


def test_whoever_has_left_the_clinic_is_named_without_a_role(opened, plan):
    Membership.objects.filter(user=plan.patient.clinician).delete()
    told = "Chosen for you by Amira Khan at Riverside, on 4 May 2026."
    assert told in opened(plan, items_of(plan)[0])


def test_a_version_whose_author_nobody_knows_names_the_clinic(opened, plan, lead):
    later = changed(plan, by=lead, add="Bridge")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("accounts.audit.latest", lambda *_words: {})
        page = opened(plan, items_of(later)[-1])
    assert "Chosen for you by Riverside, on 11 May 2026." in page
    assert AuditEvent.objects.filter(action="programme_published").exists()
