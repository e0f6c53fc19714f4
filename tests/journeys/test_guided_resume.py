"""A session that is broken off: by a reload, a closed tab, midnight, another phone or tab, a change."""

from datetime import timedelta

from playwright.sync_api import expect

from patients.models import Assignment, Session
from patients.results import Went
from patients.services import plans, signs
from tests.journeys.guided import COUNT, LET_GO, MOVE, PHONE, TURN, Guided, address, went
from tests.journeys.people import signed_in
from tests.journeys.test_guided_session import EVENING, ONE, begun, phone
from tests.patients.test_plans import new_version

__all__ = ["begun", "phone"]
TWICE = {**ONE, "repetitions_min": 2, "repetitions_max": 2}
MIDNIGHT_OVER = EVENING + timedelta(hours=3, minutes=30)  # 00:30 in London
NIGHT_OVER = EVENING + timedelta(hours=6)  # 03:00


def reload(led: Guided) -> Guided:
    led.page.reload()
    return led.stand_still()


def test_after_a_reload_it_goes_on_at_the_turn_it_was_at(begun, phone) -> None:
    led = phone(begun(ONE, TWICE)).press("ready").after(COUNT + TURN).press("ready")
    led.after(COUNT + TURN + LET_GO + MOVE + 9)
    client_id = led.page.evaluate("document.querySelector('[data-session]').lead.clientId")
    reload(led).is_in("resume").is_at_exercise(2).press("go").is_in("ready").press("ready")
    led.after(COUNT).shows("Right leg · 2 of 2 · move").after(TURN).is_saved()
    assert went() == [Went("done", 1), Went("done", 2)]
    assert str(Session.objects.get().client_id) == client_id
    led.keeps(0)


def test_the_browser_was_killed_and_today_leads_back(begun, browser, live_server) -> None:
    plan = begun(ONE, ONE)
    context = browser.new_context(base_url=live_server.url, **PHONE)
    context.add_cookies([signed_in(plan.patient.user, live_server.url)])
    led = Guided(context.new_page(), EVENING).open(address(plan))
    led.press("ready").after(COUNT + TURN).press("ready").after(COUNT + 5)
    state = context.storage_state()
    context.close()
    context = browser.new_context(base_url=live_server.url, storage_state=state, **PHONE)
    later = Guided(context.new_page(), led.now)
    later.page.goto("/today/")
    later.page.get_by_text("Exercises left: 1 of 2").wait_for()
    assert not later.page.get_by_role("button", name="I’ve already done it").is_visible()
    later.page.get_by_role("link", name="Go on with your session").click()
    later.stand_still().is_in("resume").press("go").press("ready").after(COUNT + TURN).is_saved()
    assert went() == [Went("done", 1), Went("done", 1)]
    context.close()


def test_begun_again_nothing_of_it_is_counted(begun, phone) -> None:
    led = phone(begun(TWICE)).press("ready").after(COUNT + TURN + 1)
    reload(led).is_in("resume").press("again").is_in("ready").press("ready")
    led.after(COUNT).shows("Right leg · 1 of 2 · move")


def test_two_phones_are_two_sessions(begun, phone) -> None:
    plan = begun(ONE)
    one, other = phone(plan), phone(plan)
    for led in (one, other):
        led.press("ready").after(COUNT + 5)
    for led in (one, other):
        led.after(TURN - 5).is_saved()
    assert Session.objects.count() == 2


def test_the_later_of_two_tabs_leads_and_the_other_says_so(begun, phone) -> None:
    plan = begun(TWICE)
    led = phone(plan).press("ready").after(COUNT + TURN + 1)
    second = Guided(led.page.context.new_page(), led.now).open(address(plan))
    second.is_in("resume")
    led.is_in("elsewhere").after(60).is_in("elsewhere")
    second.press("go").press("ready").after(COUNT).shows("Right leg · 2 of 2 · move")
    led.press("go").is_in("ready")
    second.is_in("elsewhere")
    led.press("ready").after(COUNT + TURN).is_saved()
    assert went() == [Went("done", 2)]


def test_past_midnight_it_is_still_of_its_day_and_past_three_it_is_gone(
    begun, phone, settings
) -> None:
    led = phone(begun(ONE, ONE)).press("ready").after(COUNT + TURN)
    settings.CLOCK_OFFSET += 3.5 * 3600
    led.page.clock.set_system_time(MIDNIGHT_OVER)
    reload(led).is_in("resume").press("go").press("ready").after(COUNT + 5)
    led.keeps(1)
    settings.CLOCK_OFFSET += 2.5 * 3600
    led.page.clock.set_system_time(NIGHT_OVER)
    led.page.reload()
    expect(led.page.get_by_text("That session is over. Here is today.")).to_be_visible()
    led.keeps(0)
    expect(led.page.get_by_role("link", name="Go on with your session")).to_have_count(0)


def test_past_midnight_it_is_logged_for_the_day_it_began(begun, phone, settings) -> None:
    led = phone(begun(ONE)).press("ready").after(COUNT)
    settings.CLOCK_OFFSET += 3.5 * 3600
    led.after(TURN).is_saved()
    assert Session.objects.get().day.on == EVENING.date()


def test_a_changed_programme_does_not_lead_on_and_loses_nothing(begun, phone) -> None:
    plan = begun(ONE, ONE)
    led = phone(plan).press("ready").after(COUNT + TURN)
    new_version(plan, now=EVENING + timedelta(minutes=1))
    led.press("ready").is_in("end")
    expect(led.page.get_by_text("Your exercises have changed")).to_be_visible()
    reload(led).is_in("end")
    led.page.get_by_role("button", name="Save this session").click()
    led.is_saved()
    assert went() == [Went("done", 1), Went("skipped")]


def test_a_pause_does_not_lead_on_and_loses_nothing(begun, phone) -> None:
    plan = begun(ONE, ONE)
    led = phone(plan).press("ready").after(COUNT + TURN)
    clinician = plan.patient.clinician
    plans.pause(plan, from_on=EVENING.date(), by=clinician, now=EVENING + timedelta(minutes=1))
    led.press("ready").is_in("end")
    reload(led).is_in("end")
    led.page.get_by_role("button", name="Save this session").click()
    led.is_saved()
    assert went() == [Went("done", 1), Went("skipped")]


def test_a_warning_sign_told_elsewhere_stops_it_and_what_was_done_is_sent(begun, phone) -> None:
    plan = begun(ONE, ONE)
    led = phone(plan).press("ready").after(COUNT + TURN)
    tell(plan)
    led.press("ready")
    expect(led.page.locator("[data-session]")).to_have_count(0)
    assert went() == [Went("done", 1), Went("skipped")]


def tell(plan: Assignment) -> None:
    signs.tell(plan.patient, by=plan.patient.user, now=EVENING + timedelta(minutes=10))


def test_without_storage_it_works_without_memory(begun, open_page) -> None:
    plan = begun(ONE)
    eye = open_page("private", user=plan.patient.user, **PHONE)
    eye.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get: () => { throw new Error(); } });"
    )
    led = Guided(eye.page, EVENING).open(address(plan))
    led.press("ready").after(COUNT + TURN).is_saved()
    assert eye.troubles == []


def test_signing_out_in_another_tab_leaves_nothing_behind(begun, phone, live_server) -> None:
    plan = begun(ONE, ONE)
    led = phone(plan).press("ready").after(COUNT + TURN)
    other = led.page.context.new_page()
    other.goto("/settings/you/")
    other.locator("form[data-sign-out]").evaluate("(form) => form.requestSubmit()")
    other.wait_for_url("**/accounts/**")
    led.after(10)
    led.page.context.add_cookies([signed_in(plan.patient.user, live_server.url)])
    Guided(other, led.now).open(address(plan)).keeps(0)
