"""Forms sent by hand while the sign-in has ended: the page stays, and is sent after it."""

import pytest
from django.contrib.sessions.models import Session as SignIn
from playwright.sync_api import expect

import clock
from accounts.models import Clinic, User
from exercises.models import ExerciseVersion
from patients.models import Assignment, Session
from tests.exercises.drawn import STEPS, lying
from tests.exercises.writing_desk import ready_draft
from tests.factories import MembershipFactory, PatientFactory
from tests.journeys.people import press, signed_in
from tests.journeys.saving import DESKTOP, kept, notice, sign_in
from tests.patients.scene import log as log_session
from tests.patients.scene import running


@pytest.fixture
def physio(transactional_db: None) -> User:
    member = MembershipFactory(user__name="Priya Shah", clinic__name="Riverside", role="lead")
    return member.user


@pytest.fixture
def clinic(physio: User) -> Clinic:
    return physio.memberships.get().clinic


@pytest.fixture
def exercise(physio: User, clinic: Clinic) -> ExerciseVersion:
    return ready_draft(clinic, by=physio, name="Wall sit")


@pytest.fixture
def plan(transactional_db: None) -> Assignment:
    patient = PatientFactory(name="Sam Reed", time_zone="Europe/London")
    today = clock.now().date()
    return running(patient=patient, starts_on=today, now=clock.now())


def test_the_exercise_editor_keeps_its_typing_and_saves_after_signing_in(
    open_page, exercise: ExerciseVersion, physio: User
) -> None:
    page = open_page("editor", user=physio, viewport=DESKTOP).page
    page.goto(f"/exercises/drafts/{exercise.pk}/")
    SignIn.objects.all().delete()
    page.locator("[name=summary]").fill("Sit against a wall.")
    page.locator(".builder-bar").get_by_role("button", name="Save draft").click()
    expect(notice(page)).to_contain_text("You are signed out.")
    expect(page.locator("[name=summary]")).to_have_value("Sit against a wall.")
    sign_in(page, physio)
    expect(page.get_by_text("Draft saved.")).to_be_visible()
    exercise.refresh_from_db()
    assert exercise.summary == "Sit against a wall."
    assert kept(page) == ""


def test_clinic_settings_keep_their_typing_and_save_after_signing_in(
    open_page, clinic: Clinic, physio: User
) -> None:
    page = open_page("clinic", user=physio, viewport=DESKTOP).page
    page.goto(f"/settings/clinic/{clinic.pk}/")
    SignIn.objects.all().delete()
    page.locator("[name=name]").fill("Riverside Physio")
    press(page, "Save")
    expect(notice(page)).to_contain_text("You are signed out.")
    assert "Riverside Physio" in kept(page)
    sign_in(page, physio)
    expect(page.get_by_text("Clinic saved.")).to_be_visible()
    assert Clinic.objects.get().name == "Riverside Physio"
    assert kept(page) == ""


def test_a_patients_note_stands_and_is_saved_after_signing_in(open_page, plan: Assignment) -> None:
    today = clock.now().date()
    session = log_session(plan, on=today, now=clock.now())
    eye = open_page("patient", user=plan.patient.user, viewport={"width": 390, "height": 844})
    page = eye.page
    page.goto(f"/today/sessions/{session.pk}/")
    SignIn.objects.all().delete()
    page.get_by_label("A note").fill("My knee felt stiff")
    press(page, "Save")
    expect(notice(page)).to_contain_text("You are signed out.")
    eye.look("signed-out")
    sign_in(page, plan.patient.user)
    expect(page.get_by_text("Saved. Thank you.")).to_be_visible()
    assert Session.objects.get().note == "My knee felt stiff"
    assert kept(page) == ""


def test_the_figure_editor_keeps_its_typing_and_saves_after_signing_in(
    open_page, physio: User, clinic: Clinic
) -> None:
    exercise = ready_draft(clinic, by=physio, name="Leg up", steps=STEPS, figure=lying())
    page = open_page("poser", user=physio, viewport=DESKTOP).page
    page.goto(f"/exercises/drafts/{exercise.pk}/figure/?pose=2")
    knee = page.get_by_role("spinbutton", name="Near knee")
    SignIn.objects.all().delete()
    knee.fill("77")
    expect(notice(page)).to_contain_text("You are signed out.")  # said by the drawing alone
    page.locator(".builder-bar").get_by_role("button", name="Save figure").click()
    expect(knee).to_have_value("77")
    sign_in(page, physio)
    expect(page.get_by_text("Figure saved.")).to_be_visible()
    expect(knee).to_have_value("77")
    assert kept(page) == ""


def test_a_form_is_not_sent_for_another_person(
    open_page, live_server, clinic: Clinic, physio: User
) -> None:
    page = open_page("clinic", user=physio, viewport=DESKTOP).page
    page.goto(f"/settings/clinic/{clinic.pk}/")
    other = MembershipFactory(clinic=clinic, role="lead", user__name="Tom Ford").user
    page.context.add_cookies([signed_in(other, live_server.url)])
    page.locator("[name=name]").fill("Renamed by Priya")
    press(page, "Save")
    expect(notice(page)).to_contain_text("Tom Ford is signed in now.")
    expect(page.locator("[name=name]")).to_have_value("Renamed by Priya")
    assert Clinic.objects.get().name == "Riverside"
    page.context.add_cookies([signed_in(physio, live_server.url)])
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.get_by_text("Clinic saved.")).to_be_visible()
    assert Clinic.objects.get().name == "Renamed by Priya"


def test_a_form_answered_by_an_error_page_is_offered_again(
    open_page, clinic: Clinic, physio: User
) -> None:
    page = open_page("clinic", user=physio, viewport=DESKTOP).page
    address = f"/settings/clinic/{clinic.pk}/"
    page.goto(address)
    page.route(
        f"**{address}",
        lambda route: (
            route.fulfill(status=500, body="<h1>away")
            if route.request.method == "POST"
            else route.fallback()
        ),
    )
    page.locator("[name=name]").fill("Riverside Physio")
    press(page, "Save")
    expect(page.get_by_text("away")).to_be_visible()
    page.goto(address)
    expect(page.get_by_text("and it was not saved.")).to_be_visible()
    page.unroute(f"**{address}")
    page.locator("[name=opening_hours]").fill("Mon to Fri")  # the question still stands
    press(page, "Put it back")
    expect(page.locator("[name=name]")).to_have_value("Riverside Physio")
    press(page, "Save")
    expect(page.get_by_text("Clinic saved.")).to_be_visible()
    assert Clinic.objects.get().name == "Riverside Physio"
    assert kept(page) == ""


def test_publish_that_was_refused_is_never_pressed_for_anybody(
    open_page, exercise: ExerciseVersion, physio: User
) -> None:
    page = open_page("editor", user=physio, viewport=DESKTOP).page
    page.goto(f"/exercises/drafts/{exercise.pk}/")
    SignIn.objects.all().delete()
    page.locator("[name=summary]").fill("Sit against a wall.")
    press(page, "Publish")
    expect(notice(page)).to_contain_text("You are signed out.")
    assert "Sit against a wall." in kept(page)
    sign_in(page, physio)
    expect(notice(page)).to_contain_text("press it once more")
    exercise.refresh_from_db()
    assert exercise.published_at is None
    expect(page.locator("[name=summary]")).to_have_value("Sit against a wall.")
