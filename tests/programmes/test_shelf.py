"""Templates as a list: renamed, archived, brought back, made from a patient's own programme."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent
from patients.services import plans
from programmes import services, shelf
from programmes.models import Programme
from tests.factories import LONG_AGO, PatientFactory, ProgrammeFactory, published_programme
from tests.patients.scene import NOW, TODAY
from tests.programmes.conftest import names, url

LIST = reverse("programmes:list")


@pytest.fixture
def template(cast) -> Programme:
    return published_programme(
        clinic=cast.clinic, created_by=cast.clinician, title="Low back", items=2
    )


@pytest.fixture
def assignment(cast, template):
    patient = PatientFactory(clinic=cast.clinic, clinician=cast.clinician, name="Lena Wolf")
    return plans.assign(
        template, to=patient, starts_on=TODAY, review_on=TODAY, by=cast.clinician, now=NOW
    )


def test_renaming_reaches_every_version_and_no_patient(cast, physio, template, assignment):
    draft = services.revise(template, by=cast.clinician, now=LONG_AGO)
    response = physio.post(url("rename", template), {"title": "Backs"}, follow=True)
    assertRedirects(response, url("edit", template))
    assertContains(response, "It is called “Backs” now.")
    for programme, title in [
        (template, "Backs"),
        (draft, "Backs"),
        (assignment.programme, "Low back"),
    ]:
        programme.refresh_from_db()
        assert programme.title == title
    assert AuditEvent.objects.filter(action="template_renamed").count() == 1


@pytest.mark.parametrize("title", ["", " ", "x" * 121])
def test_a_title_that_cannot_be_stays_typed(physio, template, title):
    for name in ("rename", "save_as_template"):
        response = physio.post(url(name, template), {"title": title})
        assertContains(
            response, f'value="{title}"' if title.strip() else "Write a title.", status_code=422
        )
    template.refresh_from_db()
    assert template.title == "Low back"


def test_a_patients_own_programme_is_not_renamed_or_archived(physio, assignment):
    for name in ("rename", "archive", "bring_back", "copy"):
        assert physio.post(url(name, assignment.programme), {"title": "X"}).status_code == 404


def test_archived_it_leaves_every_list_and_no_patient(physio, cast, template, assignment):
    services.revise(template, by=cast.clinician, now=LONG_AGO)
    response = physio.post(url("archive", template), follow=True)
    assertContains(response, "“Low back” is archived. Patients who have it go on as before.")
    free = PatientFactory(clinic=cast.clinic, clinician=cast.clinician)
    for state in ("", "drafts", "published"):
        assertNotContains(physio.get(LIST, {"state": state}), "Low back</a>")
    assertNotContains(physio.get(reverse("caseload:assign", args=[free.pk])), "Low back")
    from_it = physio.get(reverse("caseload:assign_from"), {"programme": template.pk})
    assert from_it.status_code == 404
    assignment.refresh_from_db()
    assert assignment.ended_on is None
    assert assignment.programme.archived_at is None


def test_archived_ones_are_shown_and_brought_back(physio, template):
    physio.post(url("archive", template))
    assertContains(physio.get(LIST), "Show archived ones")
    assertContains(physio.get(LIST, {"state": "archived"}), "Low back</a>")
    page = physio.get(url("edit", template))
    assertContains(page, "This template is archived")
    assertNotContains(page, "Assign to a patient")
    response = physio.post(url("bring_back", template), follow=True)
    assertContains(response, "Assign to a patient")
    assertContains(physio.get(LIST), "Low back</a>")


def test_archived_meanwhile_it_is_not_assigned(cast, template):
    shelf.archive(template, by=cast.clinician, now=LONG_AGO)
    template.refresh_from_db()
    patient = PatientFactory(clinic=cast.clinic, clinician=cast.clinician)
    with pytest.raises(plans.NotAssignable, match="Bring it back first"):
        plans.assign(
            template, to=patient, starts_on=TODAY, review_on=TODAY, by=cast.clinician, now=NOW
        )


def test_archiving_twice_is_written_down_once(physio, template):
    for _ in range(2):
        physio.post(url("archive", template))
    assert AuditEvent.objects.filter(action="template_archived").count() == 1


def test_the_next_version_of_an_archived_template_is_archived_too(physio, cast, template):
    shelf.archive(template, by=cast.clinician, now=LONG_AGO)
    template.refresh_from_db()
    draft = services.revise(template, by=cast.clinician, now=LONG_AGO)
    assert draft.archived_at is not None
    assertNotContains(physio.get(LIST), "Low back</a>")


@pytest.mark.parametrize("is_draft", [False, True])
def test_a_patients_own_programme_is_saved_as_a_template(physio, cast, assignment, is_draft):
    own = assignment.programme
    if is_draft:
        own = services.revise(own, by=cast.clinician, now=LONG_AGO)
    assertContains(physio.get(url("edit", own)), url("save_as_template", own))
    response = physio.post(url("save_as_template", own), {"title": "Backs"}, follow=True)
    assertContains(response, "Read its notes and advice, then publish it.")
    made = Programme.objects.get(title="Backs")
    assert (made.is_template, made.is_published) == (True, False)
    assert names(made) == names(own)
    own.refresh_from_db()
    assert not own.is_template
    assertContains(physio.get(LIST), "Backs</a>")


def test_the_name_of_a_patient_reaches_no_list_by_itself(physio, cast):
    own = ProgrammeFactory(
        clinic=cast.clinic, created_by=cast.clinician, is_template=False, title="Exercises for Lena"
    )
    assertNotContains(physio.get(url("save_as_template", own)), 'value="Exercises for Lena"')


def test_a_drafts_of_archived_ones_can_be_brought_back_too(physio, draft):
    physio.post(url("archive", draft))
    assertContains(physio.get(url("edit", draft)), "Bring it back")
