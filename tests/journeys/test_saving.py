"""Typing in the builder while the sign-in ends, somebody else signs in, the network goes."""

import re

import pytest
from django.contrib.sessions.models import Session as SignIn
from playwright.sync_api import Page, expect

import clock
from accounts.models import Clinic, User
from programmes import services
from programmes.models import ItemWords, Programme
from tests.factories import LONG_AGO, ExerciseVersionFactory, MembershipFactory
from tests.journeys.look import Eye
from tests.journeys.people import press, signed_in
from tests.journeys.saving import DESKTOP, kept, look, notice, open_dose, sign_in, wait_for


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
    open_dose(eye.page)
    return eye


def note(page: Page):
    return page.locator(".dose-card").get_by_label(re.compile("^Note"))


def note_of(draft: Programme) -> str:
    return draft.items.get().note


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
    open_dose(theirs)
    expect(note(theirs)).to_have_value("")
    expect(theirs.get_by_text("and it was not saved")).to_have_count(0)


def test_the_last_second_of_typing_is_saved(builder: Eye, draft: Programme) -> None:
    page = builder.page
    note(page).press_sequentially("Slow")
    assert note_of(draft) == ""
    page.close(run_before_unload=True)
    wait_for(lambda: note_of(draft) == "Slow")


def test_a_page_that_was_put_away_is_not_in_conflict_with_itself(
    builder: Eye, draft: Programme
) -> None:
    page = builder.page
    note(page).press_sequentially("Half")
    page.evaluate(
        "Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'));"
        "delete document.hidden"
    )
    wait_for(lambda: note_of(draft) == "Half")
    expect(page.locator("[name='given-note']")).to_have_value('"Half"')
    note(page).press_sequentially(" a sentence")
    wait_for(lambda: note_of(draft) == "Half a sentence")
    expect(page.get_by_text("In another tab")).to_have_count(0)


def test_what_somebody_changed_meanwhile_is_asked_about_when_typing_is_put_back(
    builder: Eye, draft: Programme, physio: User, live_server
) -> None:
    page = builder.page
    SignIn.objects.all().delete()
    note(page).fill("Slowly")
    expect(notice(page)).to_contain_text("You are signed out.")
    ItemWords.objects.update_or_create(item=draft.items.get(), defaults={"note": "On the bed"})
    page.context.add_cookies([signed_in(physio, live_server.url)])
    page.close()
    again = page.context.new_page()
    again.goto(f"/programmes/{draft.pk}/")
    press(again, "Put it back")
    expect(again.get_by_text("this was set to")).to_be_visible()
    assert note_of(draft) == "On the bed"


def test_what_was_typed_for_an_exercise_that_is_gone_can_be_copied(
    builder: Eye, draft: Programme, physio: User, live_server
) -> None:
    page = builder.page
    SignIn.objects.all().delete()
    note(page).fill("Slowly")
    expect(notice(page)).to_contain_text("You are signed out.")
    services.remove_item(draft.items.get(), by=physio, now=clock.now())
    page.context.add_cookies([signed_in(physio, live_server.url)])
    page.close()
    again = page.context.new_page()
    again.goto(f"/programmes/{draft.pk}/")
    expect(again.get_by_text("You can copy them:")).to_be_visible()
    expect(again.locator("main > .notice .kept-text").last).to_have_text("Slowly")
    press(again, "Throw it away")
    assert kept(again) == ""


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
    other = page.context.new_page()
    other.goto("/accounts/logout/")
    assert "About a patient" in kept(other)
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
    wait_for(lambda: kept(again) == "")
    expect(again.get_by_text("and it was not saved.")).to_have_count(0)


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
