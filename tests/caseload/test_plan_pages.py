"""What a clinician decides about a programme, through its pages; whatever is typed."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from patients.models import Day
from patients.services import plans
from programmes.models import Programme
from tests.factories import PatientFactory, ProgrammeFactory, published_programme
from tests.patients.forms_sent import page, refused
from tests.patients.past import NOW, TODAY, ago

TOMORROW = TODAY + timedelta(1)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


def dates(**changes) -> dict:
    return {"starts_on": "2026-05-04", "review_on": "2026-06-15", **changes}


# --- assign -----------------------------------------------------------------


def test_assign_offers_today_and_six_weeks(physio, free, template):
    response = physio.get(page("assign", free), {"programme": template.pk})
    form = response.context["form"]
    assert form["starts_on"].value() == TODAY
    assert form["review_in"].value() == str(TODAY + timedelta(weeks=6))
    assertContains(response, f'<option value="{template.pk}" selected>')


def test_todays_date_is_the_patients(cast, physio):
    far = PatientFactory(clinic=cast.clinic, time_zone="Pacific/Midway")
    form = physio.get(page("assign", far)).context["form"]
    assert form["starts_on"].value() == ago(1)


def test_assign(physio, free, template):
    values = dates(programme=template.pk)
    response = physio.post(page("assign", free), values, follow=True)
    assertRedirects(response, page("record", free))
    assertContains(response, "“Tight hamstrings” is assigned.")
    assignment = free.assignments.get()
    assert (assignment.starts_on, assignment.review_on) == (TODAY, TODAY + timedelta(42))
    assert assignment.programme.line_id != template.line_id
    assert assignment.days.get(on=TODAY).state == Day.State.ASKED


WRONG_DATES = [
    ("starts_on", "", "Choose a date."),
    ("starts_on", "31/02/2026", "Write a date that exists"),
    ("starts_on", "2026-13-01", "Write a date that exists"),
    ("starts_on", "tomorrow", "Write a date that exists"),
    ("starts_on", "9" * 5000, "Write a date that exists"),
    ("starts_on", "２０２６", "Write a date that exists"),
    ("starts_on", "2026-05-03", "Choose today or a later day."),
    ("starts_on", "0001-01-01", "Choose today or a later day."),
    ("review_on", "", "Choose a date."),
    ("review_on", "31/02/2026", "Write a date that exists"),
    ("review_on", "2026-05-03", "The review comes after the start."),
    ("review_on", "2028-01-01", "Choose a date within a year from today."),
    ("review_on", "9999-12-31", "Choose a date within a year from today."),
]


@pytest.mark.parametrize(("field", "typed", "words"), WRONG_DATES, ids=ascii)
@pytest.mark.parametrize("form", ["assign", "assign_from"])
def test_wrong_dates(physio, free, template, form, field, typed, words):
    address = page("assign", free)
    if form == "assign_from":
        address = f"{reverse('caseload:assign_from')}?programme={template.pk}"
    values = dates(programme=template.pk, patient=free.pk) | {field: typed}
    response = physio.post(address, values)
    refused(response, field, words)
    assert response.context["form"][field].value() == typed
    assert not free.assignments.exists()


def a_draft(cast):
    return ProgrammeFactory(clinic=cast.clinic).pk


def one_of_another_clinic(cast):
    return published_programme().pk


def somebodys_own(cast):
    return cast.assignment.programme_id


@pytest.mark.parametrize(
    "which",
    [
        *(a_draft, one_of_another_clinic, somebodys_own),
        *(lambda cast: uuid4(), lambda cast: "7", lambda cast: "🌊"),
    ],
)
def test_only_published_templates_of_the_clinic_can_be_assigned(cast, physio, free, which):
    response = physio.post(page("assign", free), dates(programme=which(cast)))
    refused(response, "programme", "Choose one of the published programmes in the list.")
    assert not free.assignments.exists()


def test_assign_needs_a_programme(physio, free):
    refused(physio.post(page("assign", free), dates()), "programme", "Choose a programme.")


def test_the_newest_published_version_is_offered_while_the_next_is_a_draft(
    cast, physio, free, template
):
    fields = {"clinic": cast.clinic, "line_id": template.line_id}
    second = published_programme(**fields, version=2, title="Second")
    ProgrammeFactory(**fields, version=3, title="Third")
    offered = physio.get(page("assign", free)).context["form"].fields["programme"].queryset
    assert list(offered) == [second]


def test_a_second_programme_waits_for_the_end_of_the_first(physio, cast, template):
    response = physio.post(page("assign", cast.record), dates(programme=template.pk))
    refused(response, "__all__", "End the running programme first, or change it.")


def test_assign_from_a_programme(cast, physio, free, template):
    address = f"{reverse('caseload:assign_from')}?programme={template.pk}"
    offered = physio.get(address).context["form"].fields["patient"].queryset
    assert free in offered
    assert cast.record not in offered
    assertRedirects(physio.post(address, dates(patient=free.pk)), page("record", free))
    assert free.assignments.get().programme.title == template.title


@pytest.mark.parametrize("which", [lambda c: c.record.pk, lambda c: PatientFactory().pk, uuid4])
def test_assign_from_takes_only_the_clinics_free_patients(cast, physio, template, which):
    patient = which() if which is uuid4 else which(cast)
    address = f"{reverse('caseload:assign_from')}?programme={template.pk}"
    response = physio.post(address, dates(patient=patient))
    refused(response, "patient", "Choose a patient of this clinic without a running programme.")


@pytest.mark.parametrize("query", ["", "?programme=", "?programme=7", f"?programme={UUID(int=7)}"])
def test_assign_from_an_unknown_programme(physio, query):
    assert physio.get(reverse("caseload:assign_from") + query).status_code == 404


# --- change, pause, end -----------------------------------------------------


def test_change_and_publish(physio, free, given):
    response = physio.post(page("change_programme", free))
    draft = Programme.objects.drafts().get()
    assertRedirects(response, reverse("programmes:edit", args=[draft.pk]))
    assertContains(physio.get(page("record", free)), "Next: finish the change")
    response = physio.post(reverse("caseload:publish_change", args=[draft.pk]), follow=True)
    assertRedirects(response, page("record", free))
    assertContains(response, "Version 2, in force since Mon 4 May")
    assertContains(response, "Version 1, on Sun 3 May only")


def test_a_change_without_exercises_goes_back_to_the_builder(physio, free, given):
    physio.post(page("change_programme", free))
    draft = Programme.objects.drafts().get()
    draft.items.all().delete()
    response = physio.post(reverse("caseload:publish_change", args=[draft.pk]), follow=True)
    assertRedirects(response, reverse("programmes:edit", args=[draft.pk]))
    assertContains(response, "Add at least one exercise, then publish.")


def test_a_change_that_was_not_read_is_not_published(physio, free, given):
    physio.post(page("change_programme", free))
    draft = Programme.objects.drafts().get()
    address = reverse("caseload:publish_change", args=[draft.pk])
    response = physio.post(address, {"seen": "2026-05-04T08:00:00+00:00"}, follow=True)
    assertContains(response, "The programme has changed since you opened this page.")
    assert Programme.objects.drafts().get() == draft


def test_a_template_is_not_published_as_somebodys_change(cast, physio):
    draft = ProgrammeFactory(clinic=cast.clinic)
    assert physio.post(reverse("caseload:publish_change", args=[draft.pk])).status_code == 404


def test_pause_and_resume(physio, free, given):
    values = {"from_on": "2026-05-05", "until_on": "2026-05-10", "reason": "On holiday"}
    response = physio.post(page("pause", free), values, follow=True)
    assertContains(response, "Tue 5 May to Sun 10 May: On holiday")
    assert given.days.get(on=TOMORROW).state == Day.State.PAUSED
    response = physio.post(page("resume", free), follow=True)
    assertContains(response, "The pause is over.")
    assert given.days.get(on=TOMORROW).state == Day.State.ASKED


def test_resume_without_a_pause_says_so(physio, free, given):
    assertContains(physio.post(page("resume", free), follow=True), "is not paused")


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("from_on", "", "Choose a date."),
        ("from_on", "31/02/2026", "Write a date that exists"),
        ("from_on", "2026-05-03", "A pause begins today or later."),
        ("from_on", "2028-01-01", "Choose a date within a year from today."),
        ("until_on", "31/02/2026", "Write a date that exists"),
        ("until_on", "2026-05-03", "The last day comes after the first."),
        ("until_on", "2028-01-01", "Choose a date within a year from today."),
        ("reason", "x" * 201, "200 letters at most"),
        ("reason", "\x00", "Null characters are not allowed."),
    ],
    ids=ascii,
)
def test_wrong_pauses(physio, free, given, field, typed, words):
    response = physio.post(page("pause", free), {"from_on": "2026-05-04", field: typed})
    refused(response, field, words)
    assert not given.pauses.exists()


def test_a_pause_within_a_pause(physio, free, given):
    physio.post(page("pause", free), {"from_on": "2026-05-04"})
    response = physio.post(page("pause", free), {"from_on": "2026-05-06"})
    refused(response, "__all__", "There is a pause on these days already.")


def test_end(physio, free, given):
    assertContains(physio.get(page("end", free)), "Everything logged is kept.")
    response = physio.post(page("end", free), {"reason": "Goals reached"}, follow=True)
    assertContains(response, "The programme has ended.")
    given.refresh_from_db()
    assert (given.ended_on, given.end_reason) == (TODAY, "Goals reached")
    assert physio.get(page("end", free)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "why it ends"), (" ", "why it ends"), ("x" * 201, "200 letters at most")],
)
def test_an_end_has_a_reason(physio, free, given, typed, words):
    refused(physio.post(page("end", free), {"reason": typed}), "reason", words)


def test_change_review(physio, free, given):
    response = physio.post(page("change_review", free), {"review_on": "11/05/2026"}, follow=True)
    assertContains(response, "Review in 7 days")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Choose a date."),
        ("31/02/2026", "Write a date that exists"),
        ("2026-05-03", "Choose today or a later day."),
        ("2027-12-01", "Choose a date within a year from today."),
    ],
)
def test_wrong_review_dates(physio, free, given, typed, words):
    response = physio.post(page("change_review", free), {"review_on": typed})
    refused(response, "review_on", words)


@pytest.mark.parametrize("name", ["end", "pause", "change_review", "record_session"])
def test_without_a_running_programme_there_is_nothing_to_decide(physio, free, name):
    assert physio.get(page(name, free)).status_code == 404


@pytest.mark.parametrize("name", ["end", "pause", "change_review", "record_session"])
def test_a_form_sent_empty_is_refused(physio, free, given, name):
    assert physio.post(page(name, free)).status_code == 422


@pytest.mark.parametrize("name", ["invite", "resume", "change_programme"])
def test_no_get_changes_anything(physio, cast, name):
    assert physio.get(page(name, cast.record)).status_code == 405


def test_a_draft_of_a_patient_whose_programme_has_ended(cast, physio, free, given):
    draft = plans.start_change(given, by=cast.clinician, now=NOW)
    plans.end(given, reason="Moved away", by=cast.clinician, now=NOW)
    response = physio.post(reverse("caseload:publish_change", args=[draft.pk]), follow=True)
    assertContains(response, "This programme has ended.")
    assert Programme.objects.get(pk=draft.pk).published_at is None
