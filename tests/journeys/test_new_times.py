"""Other times for today: what the page says as they are typed, and one more letter later today."""

from email.message import EmailMessage

from playwright.sync_api import expect

from patients.models import Day
from reminders.models import Reminder
from tests.journeys.people import press
from tests.journeys.test_reminder_page import letter, open_letter

__all__ = ["letter"]  # a fixture


def test_each_time_says_whether_it_starts_today(letter: EmailMessage, open_page, day: Day) -> None:
    """It is noon there, and the letter has just come."""
    sam = open_page("new-times", user=day.assignment.patient.user)
    page = sam.page
    page.goto("/reminders/")
    expect(page.get_by_text("The last reminder came at 12:")).to_be_visible()
    page.get_by_text("At my own times").click()
    first, second = page.get_by_label("First time"), page.get_by_label("Second time")
    first.fill("13:00")
    expect(page.locator("output[for=id_first]")).to_have_text("Starts tomorrow")
    second.fill("21:00")
    expect(page.locator("output[for=id_second]")).to_have_text("Starts today")
    sam.look("typed")
    press(page, "Save")
    expect(page.get_by_text("13:00 starts tomorrow.")).to_be_visible()
    expect(page.locator("output[for=id_first]")).to_have_text("Starts tomorrow")
    expect(page.locator("output[for=id_second]")).to_have_text("")  # it counts already
    sam.look("saved")
    page.get_by_role("link", name="Why did I get, or not get, a reminder?").click()
    expect(page.get_by_text("you chose it too close to the last one")).to_be_visible()
    sam.look("why")
    assert sam.troubles == []


def test_one_more_later_today_without_scripts_and_cookies(
    letter: EmailMessage, open_page, day: Day
) -> None:
    sam = open_page("later", java_script_enabled=False)
    page = sam.page
    open_letter(page, letter)
    page.get_by_role("link", name="Open my page").click()
    expect(page.get_by_label("Write to me again at")).to_be_visible()
    page.context.clear_cookies()
    page.get_by_label("Write to me again at").select_option("16:00")
    press(page, "Remind me later today")
    expect(page.get_by_text("We write again today at 16:00")).to_be_visible()
    assert Reminder.objects.filter(origin="later", state="due").count() == 1
    press(page, "Take this back")
    expect(page.get_by_role("button", name="Remind me later today")).to_be_visible()
    assert not Reminder.objects.filter(origin="later").exists()


def test_how_later_today_looks(letter: EmailMessage, open_page, day: Day) -> None:
    sam = open_page("later-looks")
    page = sam.page
    open_letter(page, letter)
    page.get_by_role("link", name="Open my page").click()
    expect(page.get_by_role("heading", name="Later today")).to_be_visible()
    sam.look("offered")
    page.locator("#id_at option").first.evaluate("one => one.value = '12:45'")
    press(page, "Remind me later today")
    expect(page.get_by_text("12:45 is not possible. Choose another time.")).to_be_visible()
    sam.look("refused")
    page.get_by_label("Write to me again at").select_option("22:00")
    press(page, "Remind me later today")
    expect(page.get_by_text("We write again today at 22:00")).to_be_visible()
    sam.look("asked-for")
    assert sam.troubles == []
