"""Typed, the last proof is too old, confirmed, saved: nothing is typed twice."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session as SignIn
from playwright.sync_api import Page, expect

import clock
from accounts import sessions
from accounts.models import Letter, User
from patients.models import Patient
from tests.accounts.post import code_in
from tests.factories import PASSWORD, MembershipFactory, PatientFactory
from tests.journeys.people import press
from tests.journeys.saving import DESKTOP, kept


@pytest.fixture
def lead(transactional_db: None) -> User:
    member = MembershipFactory(user__name="Priya Shah", clinic__name="Riverside", role="lead")
    return member.user


def sixteen_minutes_pass() -> None:
    for row in SignIn.objects.all():
        session = SessionStore(row.session_key)
        sessions.note_proof(session, now=clock.now() - timedelta(minutes=16))
        session.save()


def is_asked(page: Page) -> None:
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()


def test_clinic_settings_are_saved_by_the_password_that_was_asked_for(open_page, lead: User):
    eye = open_page("lead", user=lead, viewport=DESKTOP)
    page, clinic = eye.page, lead.memberships.get().clinic
    page.goto(f"/settings/clinic/{clinic.pk}/")
    page.get_by_role("textbox", name="Name", exact=True).fill("Riverside & Hill")
    sixteen_minutes_pass()
    press(page, "Save")
    is_asked(page)
    assert "Riverside & Hill" in kept(page)
    eye.look("by-password")
    page.get_by_label("Your password").fill("not this one")
    press(page, "Go on")
    expect(page.get_by_text("This is not your password.").first).to_be_visible()
    eye.look("wrong-password")
    page.get_by_label("Your password").fill(PASSWORD)
    press(page, "Go on")
    expect(page.get_by_text("Clinic saved.")).to_be_visible()
    clinic.refresh_from_db()
    assert clinic.name == "Riverside & Hill"
    assert kept(page) == ""


def test_who_signs_in_by_code_confirms_a_patients_new_address_by_code(open_page, lead: User):
    lead.set_unusable_password()
    lead.save()
    clinic = lead.memberships.get().clinic
    record = PatientFactory(clinic=clinic, clinician=lead, name="Sam Reed", user=None)
    eye = open_page("clinician", user=lead, viewport=DESKTOP)
    page = eye.page
    page.goto(f"/patients/{record.pk}/edit/")
    page.get_by_label("E-mail address").fill("sam.reed@example.org")
    sixteen_minutes_pass()
    press(page, "Save")
    is_asked(page)
    eye.look("send-code")
    press(page, "E-mail me a code")
    expect(page.get_by_label("Code from the e-mail")).to_be_visible()
    eye.look("type-code")
    code = code_in(Letter.objects.get())
    page.get_by_label("Code from the e-mail").fill(code.lower())
    press(page, "Go on")
    expect(page.get_by_text("Details saved.")).to_be_visible()
    assert Patient.objects.get().email == "sam.reed@example.org"
    assert kept(page) == ""


def test_a_page_that_is_opened_asks_before_anything_is_typed(open_page, lead: User):
    page = open_page("lead", user=lead, viewport=DESKTOP).page
    page.goto("/settings/")
    sixteen_minutes_pass()
    page.get_by_role("link", name="Change my password").click()
    is_asked(page)
    page.get_by_label("Your password").fill(PASSWORD)
    press(page, "Go on")
    expect(page.get_by_role("heading", name="Change your password")).to_be_visible()
