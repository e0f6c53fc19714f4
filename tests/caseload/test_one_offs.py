"""A programme built for one patient: begun on the record, given in one step."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

import programmes.services as programmes
from accounts.models import AuditEvent
from patients.models import Assignment, Day, OneOff, Patient
from patients.services import one_offs, plans, signs
from programmes.models import Programme
from tests.at_once import all_at_once
from tests.factories import ExerciseVersionFactory, PatientFactory, ProgrammeFactory
from tests.patients.forms_sent import page, refused
from tests.patients.past import NOW, TODAY, ago

DATES = {"starts_on": "2026-05-04", "review_in": "2026-05-18", "seen": NOW.isoformat()}
BUILT = "Exercises for Lena"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def draft(cast, free) -> Programme:
    return one_offs.begin(free, by=cast.clinician, now=NOW)


@pytest.fixture
def built(cast, draft) -> Programme:
    version = ExerciseVersionFactory(name="Bridge", precautions=["HERNIA"])
    programmes.add_item(draft, version, by=cast.clinician, now=NOW)
    return draft


def builder(draft) -> str:
    return reverse("programmes:edit", args=[draft.pk])


def test_from_the_record_to_the_builder_for_this_patient(physio, free):
    assertContains(physio.get(page("record", free)), f'action="{page("build", free)}"')
    response = physio.post(page("build", free), follow=True)
    draft = free.one_off.programme
    assertRedirects(response, builder(draft))
    assertContains(response, "For Lena Wolf only.")
    assertContains(response, "Give it to Lena")
    assertContains(response, f'<a class="back" href="{page("record", free)}">')
    assert not draft.is_template


def test_a_long_name_without_anything_shorter_is_the_title_by_itself(physio, free):
    """A title holds no more: "Exercises for" and the longest name do not fit."""
    Patient.objects.filter(pk=free.pk).update(name="Ana " * 29 + "Wolf", called="")
    assert physio.post(page("build", free)).status_code == 302
    assert free.one_off.programme.title == "Ana " * 29 + "Wolf"


def test_a_second_press_opens_the_same_draft(physio, free, draft):
    assertRedirects(physio.post(page("build", free)), builder(draft))
    assert OneOff.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_draft(cast, free):
    def begin(_n: int) -> None:
        one_offs.begin(free, by=cast.clinician, now=NOW)

    all_at_once(begin)
    assert OneOff.objects.count() == 1
    assert Programme.objects.filter(is_template=False).drafts().count() == 1


def test_one_off_once_per_patient(free, draft):
    with pytest.raises(IntegrityError, match="patient_id"):
        OneOff.objects.create(patient=free, programme=ProgrammeFactory(clinic=free.clinic))


def test_it_stands_in_nobodys_list(physio, free, built, template):
    other = PatientFactory(clinic=free.clinic, clinician=free.clinician)
    for address in (reverse("programmes:list"), page("assign", other), page("assign", free)):
        assertNotContains(physio.get(address), BUILT)
    assertNotContains(physio.get(reverse("programmes:list"), {"q": "Exercises"}), BUILT)


def test_the_builder_says_her_precautions(physio, free, built):
    free.precautions = ["HERNIA"]
    free.save()
    assertContains(physio.get(builder(built)), "Lena Wolf should ask first about 1 exercise")
    assertContains(physio.get(page("give", free)), "Look twice: Lena Wolf should ask first")


def test_give_publishes_and_assigns_in_one_step(physio, free, built):
    response = physio.post(page("give", free), DATES, follow=True)
    assertRedirects(response, page("record", free))
    assertContains(response, "It starts on Mon 4 May, with a review on Mon 18 May.")
    assignment = free.assignments.get()
    assert assignment.programme == built
    assert assignment.programme.is_published
    assert str(assignment.review_on) == "2026-05-18"
    assert assignment.days.get(on=TODAY).state == Day.State.ASKED
    assert not OneOff.objects.exists()
    assert AuditEvent.objects.filter(action="plan_assigned", subject_id=assignment.pk).exists()


@pytest.mark.parametrize("seen", ["before", "", "x"])
def test_what_was_not_read_is_not_given(physio, cast, free, built, seen):
    """A colleague puts in an exercise while the page that gives it stands open."""
    assertContains(physio.get(page("give", free)), f'name="seen" value="{NOW.isoformat()}"')
    later = NOW + timedelta(minutes=1)
    programmes.add_item(built, ExerciseVersionFactory(name="Squat"), by=cast.colleague, now=later)
    sent = DATES if seen == "before" else {**DATES, "seen": seen}
    response = physio.post(page("give", free), sent)
    refused(response, "__all__", "The programme has changed since you opened this page.")
    assertContains(response, "Squat", status_code=422)
    assert not free.assignments.exists()
    physio.post(page("give", free), {**DATES, "seen": later.isoformat()})
    assert free.assignments.get().programme.items.count() == 2


def test_given_twice_says_so(physio, free, built):
    physio.post(page("give", free), DATES)
    response = physio.post(page("give", free), DATES, follow=True)
    assertContains(response, "There is no draft to give: it is given, or deleted.")
    assert free.assignments.count() == 1


def test_what_was_assigned_meanwhile_is_not_replaced(physio, cast, free, built, template):
    plans.assign(template, to=free, starts_on=TODAY, review_on=TODAY, by=cast.colleague, now=NOW)
    response = physio.post(page("give", free), DATES)
    refused(response, "__all__", "End the running programme first, or change it.")
    built.refresh_from_db()
    assert not built.is_published
    record = physio.get(page("record", free))
    assertContains(record, "A draft was begun before the running programme was assigned.")


def test_nothing_is_given_while_a_warning_sign_is_open(physio, free, built):
    signs.tell(free, by=free.user, now=NOW)
    refused(physio.post(page("give", free), DATES), "__all__", "Check the warning sign first.")


def test_without_an_exercise_the_builder_asks_for_one(physio, free, draft):
    for send in (physio.get, physio.post):
        response = send(page("give", free), DATES, follow=True)
        assertRedirects(response, builder(draft))
        assertContains(response, "Add at least one exercise first.")
    assert not Assignment.objects.filter(patient=free).exists()


def test_wrong_dates_keep_what_was_typed(physio, free, built):
    response = physio.post(page("give", free), {**DATES, "starts_on": str(ago(1))})
    refused(response, "starts_on", "Choose today or a later day.")
    assertContains(response, 'value="2026-05-18"', status_code=422)
    assert response.context["form"]["review_in"].value() == "2026-05-18"


def test_with_a_running_programme_none_is_built(physio, given, free):
    response = physio.post(page("build", free), follow=True)
    assertContains(response, "A programme is running now. Change it instead.")
    assert not OneOff.objects.exists()


def test_the_record_shows_the_draft_and_deletes_it(physio, free, built):
    record = physio.get(page("record", free))
    assertContains(record, builder(built))
    delete = reverse("programmes:delete", args=[built.pk])
    assertContains(record, delete)
    question = physio.get(delete)
    assertContains(question, f'name="next" value="{page("record", free)}"')
    assertRedirects(physio.post(delete, {"next": page("record", free)}), page("record", free))
    assert not Programme.objects.filter(pk=built.pk).exists()
    assertContains(physio.get(page("record", free)), "Build a programme")


def test_after_deleting_nobody_is_sent_elsewhere(physio, built):
    delete = reverse("programmes:delete", args=[built.pk])
    response = physio.post(delete, {"next": "https://evil.example/"})
    assertRedirects(response, reverse("programmes:list"))


def test_it_is_not_published_past_its_own_page(physio, built):
    assert physio.post(reverse("caseload:publish_change", args=[built.pk])).status_code == 404
    assert physio.post(reverse("programmes:publish", args=[built.pk])).status_code == 404


@pytest.mark.parametrize("name", ["builder", "give"])
def test_queries_do_not_grow_with_exercises(
    physio, cast, free, built, name, django_assert_max_num_queries
):
    address = builder(built) if name == "builder" else page("give", free)
    for many in (1, 8):
        for _ in range(many):
            version = ExerciseVersionFactory()
            programmes.add_item(built, version, by=cast.clinician, now=NOW)
        with django_assert_max_num_queries(18 if name == "builder" else 10):
            physio.get(address)
