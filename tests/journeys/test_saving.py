"""Typing while the sign-in ends, somebody else signs in, the network goes: nothing typed is lost."""

import re
import time
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session as SignIn
from playwright.sync_api import Page, expect

import clock
from accounts.models import Clinic, User
from exercises.models import ExerciseVersion
from patients.models import Assignment, Session
from programmes import services
from programmes.models import Programme
from tests.exercises.drawn import STEPS, lying
from tests.exercises.writing_desk import ready_draft
from tests.factories import (
    LONG_AGO,
    PASSWORD,
    ExerciseVersionFactory,
    MembershipFactory,
    PatientFactory,
)
from tests.journeys.look import Eye
from tests.journeys.people import press, signed_in
from tests.patients.scene import log as log_session
from tests.patients.scene import running

DESKTOP = {"width": 1440, "height": 900}
KEPT = "Object.entries(localStorage).filter(([key]) => key.startsWith('kept:')).map(([, v]) => v)"


@pytest.fixture
def physio(transactional_db: None) -> User:
    member = MembershipFactory(user__name="Priya Shah", clinic__name="Riverside", role="lead")
    return member.user


@pytest.fixture
def clinic(physio: User) -> Clinic:
    return physio.memberships.get().clinic


@pytest.fixture
def draft(physio: User, clinic: Clinic) -> Programme:
    draft = services.create(clinic, title="Low back", by=physio, now=LONG_AGO)
    services.add_item(draft, ExerciseVersionFactory(name="Bridge"), by=physio, now=LONG_AGO)
    return draft


@pytest.fixture
def builder(open_page, draft: Programme, physio: User) -> Eye:
    eye = open_page("builder", user=physio, viewport=DESKTOP)
    eye.page.goto(f"/programmes/{draft.pk}/")
    return eye


def look(eye: Eye, name: str) -> None:
    """htmx tells the console of each refusal, which is what this is about."""
    eye.troubles = [words for words in eye.troubles if "Response Status Error" not in words]
    eye.look(name)


def note(page: Page):
    return page.locator(".dose-card").get_by_label(re.compile("^Note"))


def note_of(draft: Programme) -> str:
    return draft.items.get().note


def notice(page: Page):
    return page.locator("[data-not-saved]")


def kept(page: Page) -> str:
    return "".join(page.evaluate(KEPT))


def sign_in(page: Page, user: User) -> None:
    """In a new tab, by the notice's own link; the tab is closed as its last page says."""
    with page.expect_popup() as opened:
        notice(page).get_by_role("link", name="Sign in in a new tab").click()
    tab = opened.value
    tab.get_by_label("E-mail address").fill(user.email)
    tab.get_by_role("textbox", name="Password").fill(PASSWORD)
    press(tab, "Sign in")
    expect(tab.get_by_text("You can close this tab and go on where you were.")).to_be_visible()
    tab.close()


def test_the_builder_says_that_it_is_signed_out_and_saves_after_signing_in(
    builder: Eye, draft: Programme, physio: User
) -> None:
    page = builder.page
    expect(page.locator("#saved")).to_contain_text("Draft saved")
    SignIn.objects.all().delete()
    note(page).fill("Slowly, please")
    expect(notice(page)).to_contain_text("Not saved. You are signed out.")
    expect(page.locator("#saved")).to_have_text("Not saved")
    look(builder, "signed-out")
    press(page, "Publish")
    expect(page).to_have_url(re.compile(f"/programmes/{draft.pk}/"))
    expect(note(page)).to_have_value("Slowly, please")
    draft.refresh_from_db()
    assert (note_of(draft), draft.is_published) == ("", False)
    sign_in(page, physio)
    expect(page.locator("#saved")).to_contain_text("Draft saved")
    expect(notice(page)).to_be_empty()
    assert note_of(draft) == "Slowly, please"
    assert kept(page) == ""
    press(page, "Publish")
    expect(page.get_by_text("Published. It can be assigned now.")).to_be_visible()
    assert note_of(draft) == "Slowly, please"


def test_nothing_is_sent_when_another_person_signs_in(
    builder: Eye, draft: Programme, clinic: Clinic
) -> None:
    page = builder.page
    other = MembershipFactory(clinic=clinic, user__name="Tom Ford").user
    SignIn.objects.all().delete()
    note(page).fill("Of Priya")
    expect(notice(page)).to_contain_text("You are signed out.")
    sign_in(page, other)
    expect(notice(page)).to_contain_text("Tom Ford is signed in now. Nothing from this page is")
    expect(notice(page)).to_contain_text("until Priya Shah signs in again")
    look(builder, "other-person")
    note(page).fill("Of Priya, and more")
    page.locator("[name=title]").click()
    expect(page.locator("#saved")).to_have_text("Not saved")
    assert note_of(draft) == ""
    theirs = page.context.new_page()
    theirs.goto(f"/programmes/{draft.pk}/")
    expect(note(theirs)).to_have_value("")
    expect(theirs.get_by_text("and it was not saved")).to_have_count(0)


def test_the_last_second_of_typing_is_saved(builder: Eye, draft: Programme) -> None:
    page = builder.page
    note(page).press_sequentially("Slow")
    assert note_of(draft) == ""
    page.close(run_before_unload=True)
    wait_for(lambda: note_of(draft) == "Slow")


def test_trouble_and_no_network_are_said_in_their_own_words(builder: Eye, draft: Programme) -> None:
    page = builder.page
    page.route("**/items/**", lambda route: route.fulfill(status=503, body="<h1>away"))
    note(page).fill("One")
    expect(notice(page)).to_contain_text("Something went wrong on our side.")
    expect(page.locator("#saved")).to_have_text("Not saved")
    page.unroute("**/items/**")
    press(page, "Try again now")
    expect(notice(page)).to_be_empty()
    assert note_of(draft) == "One"
    page.context.set_offline(True)
    note(page).fill("Two")
    expect(notice(page)).to_contain_text("there is no connection")
    expect(page.locator("#saved")).to_have_text("Not saved")
    assert note_of(draft) == "One"
    page.context.set_offline(False)
    expect(notice(page)).to_be_empty()
    expect(page.locator("#saved")).to_contain_text("Draft saved")
    assert note_of(draft) == "Two"


def test_signing_in_again_elsewhere_renews_the_form(
    builder: Eye, live_server, draft: Programme, physio: User
) -> None:
    page = builder.page
    stale = {"name": "csrftoken", "value": "x" * 32, "url": live_server.url}
    page.context.add_cookies([signed_in(physio, live_server.url), stale])
    note(page).fill("Slowly")
    expect(page.locator("#saved")).to_contain_text("Draft saved")
    wait_for(lambda: note_of(draft) == "Slowly")
    expect(notice(page)).to_be_empty()


def test_what_was_published_meanwhile_is_said_and_not_sent_again(
    builder: Eye, draft: Programme, physio: User
) -> None:
    page = builder.page
    services.publish(draft, by=physio, now=clock.now())
    note(page).fill("Too late")
    expect(notice(page)).to_contain_text("Somebody has changed or published this")
    expect(page.locator("#saved")).to_have_text("Not saved")
    expect(note(page)).to_have_value("Too late")


def test_signing_out_wipes_what_is_kept(builder: Eye, draft: Programme, physio: User) -> None:
    page = builder.page
    page.route("**/items/**", lambda route: route.fulfill(status=503, body=""))
    note(page).fill("About a patient")
    expect(notice(page)).to_contain_text("went wrong on our side")
    assert "About a patient" in kept(page)
    page.unroute("**/items/**")
    other = page.context.new_page()
    other.goto("/accounts/logout/")
    press(other, "Sign out")
    expect(other.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    assert kept(other) == ""
    page.close()
    other.goto("/accounts/login/")
    assert kept(other) == ""


def test_what_was_not_saved_is_offered_when_the_page_is_opened_again(
    builder: Eye, live_server, draft: Programme, physio: User
) -> None:
    page = builder.page
    SignIn.objects.all().delete()
    note(page).fill("Slowly")
    expect(notice(page)).to_contain_text("You are signed out.")
    page.context.add_cookies([signed_in(physio, live_server.url)])
    again = page.context.new_page()
    page.close()
    again.goto(f"/programmes/{draft.pk}/")
    expect(again.get_by_text("and it was not saved.")).to_be_visible()
    Eye(again, "builder").look("offered")
    press(again, "Put it back")
    wait_for(lambda: note_of(draft) == "Slowly")
    again.reload()
    expect(again.get_by_text("and it was not saved.")).to_have_count(0)
    assert kept(again) == ""


@pytest.fixture
def exercise(physio: User, clinic: Clinic) -> ExerciseVersion:
    return ready_draft(clinic, by=physio, name="Wall sit")


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


@pytest.fixture
def plan(transactional_db: None) -> Assignment:
    patient = PatientFactory(name="Sam Reed", time_zone="Europe/London")
    today = clock.now().date()
    return running(patient=patient, starts_on=today, now=clock.now())


def test_a_patients_note_stands_and_is_saved_after_signing_in(open_page, plan: Assignment) -> None:
    today = clock.now().date()
    session = log_session(plan, on=today, now=clock.now())
    eye = open_page("patient", user=plan.patient.user, viewport={"width": 390, "height": 844})
    page = eye.page
    page.goto(f"/today/sessions/{session.pk}/")
    SignIn.objects.all().delete()
    page.get_by_label("A note (optional)").fill("My knee felt stiff")
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


def test_a_button_that_was_refused_is_not_pressed_for_anybody(
    builder: Eye, draft: Programme, physio: User
) -> None:
    page = builder.page
    ExerciseVersionFactory(name="Half squat")
    page.reload()
    SignIn.objects.all().delete()
    press(page, "Add Half squat")
    expect(notice(page)).to_contain_text("You are signed out.")
    sign_in(page, physio)
    expect(notice(page)).to_contain_text("press it once more")
    assert draft.items.count() == 1
    page.wait_for_timeout(1100)  # one press a second
    press(page, "Add Half squat")
    expect(page.locator(".dose-card")).to_have_count(2)
    expect(notice(page)).to_be_empty()
    assert draft.items.count() == 2


def test_publish_waits_for_what_is_not_saved(builder: Eye, draft: Programme) -> None:
    page = builder.page
    page.route("**/items/**", lambda route: route.fulfill(status=500, body=""))
    note(page).fill("Slowly")
    press(page, "Publish")
    expect(notice(page)).to_contain_text("went wrong on our side")
    draft.refresh_from_db()
    assert not draft.is_published
    page.unroute("**/items/**")
    press(page, "Try again now")
    expect(notice(page)).to_be_empty()
    press(page, "Publish")
    expect(page.get_by_text("Published. It can be assigned now.")).to_be_visible()
    assert note_of(draft) == "Slowly"


def test_too_much_is_said_and_not_sent_again(builder: Eye, draft: Programme) -> None:
    page = builder.page
    page.route("**/items/**", lambda route: route.fulfill(status=413, body="<h1>of a proxy"))
    note(page).fill("Very long")
    expect(notice(page)).to_contain_text("That is more than we can take at once.")
    expect(page.locator("#saved")).to_have_text("Not saved")
    page.unroute("**/items/**")
    note(page).fill("Short")
    expect(page.locator("#saved")).to_contain_text("Draft saved")
    expect(notice(page)).to_be_empty()
    assert note_of(draft) == "Short"


def wait_for(found: Callable[[], bool]) -> None:
    """Until what was sent has been stored."""
    for _ in range(100):
        if found():
            return
        time.sleep(0.1)
    raise AssertionError("waited in vain")
