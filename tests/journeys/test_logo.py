"""A clinic's logo, from a lead's file to the head of a patient's page."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import Membership
from patients.models import Patient
from tests.accounts.logos import logo_file
from tests.factories import ClinicFactory, MembershipFactory, PatientFactory
from tests.patients.scene import running
from tests.pictures.test_sanitiser import SVG

LONG = "Nordwestschweizerisches Rehabilitationszentrum für Physiotherapie und Sportmedizin"
LARGE = "document.documentElement.style.fontSize = '200%'"


@pytest.fixture
def patient(transactional_db: None) -> Patient:
    clinic = ClinicFactory(name=LONG)
    clinician = MembershipFactory(clinic=clinic, user__name="Alexandra-Katharina Montgomery").user
    return running(patient=PatientFactory(clinic=clinic, clinician=clinician)).patient


def save(page: Page, content: bytes) -> None:
    file = {"name": "logo.png", "mimeType": "image/png", "buffer": content}
    page.get_by_label("Logo").set_input_files(file)
    with page.expect_navigation():
        page.get_by_role("button", name="Save the logo").click()


def size_of_logo(page: Page) -> tuple[float, float]:
    logo = page.locator("img.logo")
    expect(logo).to_have_js_property("complete", True)
    assert logo.evaluate("image => image.naturalWidth") > 0
    box = logo.bounding_box()
    assert box
    return box["width"], box["height"]


def is_apart(page: Page) -> None:
    """The head's words end before the patient's places begin, beside them or below."""
    words = page.locator(".clinic-head__words").bounding_box()
    bar = page.locator(".bottom-bar li").first.bounding_box()
    assert words
    assert bar
    is_beside = words["x"] + words["width"] <= bar["x"]
    assert is_beside or words["y"] + words["height"] <= bar["y"]


@pytest.mark.parametrize("has_scripts", [True, False])
def test_from_a_file_to_the_head_of_the_patients_page(open_page, patient, has_scripts) -> None:
    lead = MembershipFactory(clinic=patient.clinic, role=Membership.Role.LEAD).user
    desk = open_page("lead-logo", user=lead, java_script_enabled=has_scripts)
    desk.page.goto(reverse("accounts:clinic", args=[patient.clinic_id]))
    desk.page.get_by_role("link", name="Add a logo").click()
    save(desk.page, SVG)
    expect(desk.page.locator(".invalid-feedback")).to_contain_text("Choose a JPEG, PNG or WebP")
    save(desk.page, logo_file(size=(1600, 400)))
    expect(desk.page.get_by_text("Logo saved.")).to_be_visible()
    assert size_of_logo(desk.page) == (160, 40)
    if has_scripts:
        desk.look("page")
        look_at_the_head(open_page("patient-logo", user=patient.user))
    assert desk.troubles == []


def look_at_the_head(phone) -> None:
    page = phone.page
    page.goto(reverse("today:settings"))
    phone.look("head")
    for width in (320, 390, 768, 1024, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 844})
        for text in ("", LARGE):
            page.reload()
            if text:
                page.evaluate(text)
            wide, high = size_of_logo(page)
            assert wide <= 160
            assert high <= 40
            is_apart(page)
    assert phone.troubles == []
