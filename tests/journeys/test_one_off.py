"""From the record to a given programme in two pages, without looking for the patient again."""

import pytest
from playwright.sync_api import Page, expect

from patients.models import Patient
from programmes.models import Programme
from tests.factories import ExerciseVersionFactory, MembershipFactory, PatientFactory

DESKTOP = {"width": 1440, "height": 900}


@pytest.fixture
def amira(transactional_db: None) -> Patient:
    physio = MembershipFactory()
    for name in ("Bridge", "Hamstring stretch"):
        ExerciseVersionFactory(name=name)
    return PatientFactory(clinic=physio.clinic, clinician=physio.user, name="Amira Khan")


@pytest.fixture
def page(open_page, amira: Patient) -> Page:
    return open_page("one-off", user=amira.clinician, viewport=DESKTOP).page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_built_given_and_saved_as_a_template(page: Page, amira: Patient) -> None:
    page.goto(f"/patients/{amira.pk}/")
    seen = []
    page.on("framenavigated", lambda frame: seen.append(frame.url))

    press(page, "Build a programme")
    expect(page.get_by_text("For Amira Khan only.")).to_be_visible()
    press(page, "Add Bridge")
    expect(page.locator(".dose-card")).to_have_count(1)
    press(page, "Give it to Amira")

    expect(page.get_by_role("radio", name="6 weeks")).to_be_checked()
    expect(page.locator("#id_review_on")).to_be_hidden()
    page.get_by_role("radio", name="Another date").check()
    expect(page.locator("#id_review_on")).to_be_visible()
    page.get_by_role("radio", name="4 weeks").check()
    press(page, "Give it to Amira")
    expect(page.get_by_text("“Exercises for Amira” is assigned.")).to_be_visible()

    pages = list(dict.fromkeys(url for url in seen if url.startswith("http")))
    assert len(pages) == 3, pages  # the builder, the dates, and her record again
    assert amira.assignments.get().programme.items.count() == 1
    save_as_template(page)


def save_as_template(page: Page) -> None:
    page.get_by_role("link", name="Save as template").click()
    page.get_by_label("Title").fill("Low back, first weeks")
    press(page, "Save as template")
    expect(page.get_by_text("This is the new template.")).to_be_visible()
    made = Programme.objects.get(title="Low back, first weeks")
    assert made.is_template
    assert made.items.count() == 1
