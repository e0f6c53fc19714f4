"""Choosing times, from the e-mail and signed in; stopping; a link that is not ours."""

from datetime import time, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

import clock
from accounts.models import AuditEvent
from patients.models import Patient
from reminders import services, tokens
from reminders.models import Preference, Reminder
from reminders.services import Choice
from tests.factories import PatientFactory
from tests.reminders.routes import remind

pytestmark = pytest.mark.django_db
USUAL = Choice()
TYPED = "You typed a time. Choose “At my own times”, or clear the time."


@pytest.fixture
def reminder(cast) -> Reminder:
    return remind(cast)


def change_link(reminder: Reminder) -> str:
    return reverse("reminders:from_email", args=[tokens.make(reminder, purpose="change")])


def stop_link(reminder: Reminder) -> str:
    return reverse("reminders:unsubscribe", args=[tokens.make(reminder, purpose="stop")])


def own(*times: str) -> dict[str, str]:
    return {"when": "own", **dict(zip(("first", "second", "third"), times, strict=False))}


@pytest.fixture(params=["from the e-mail", "signed in"])
def page(request, reminder, cast, as_user):
    """Both ways lead to the same form."""
    if request.param == "signed in":
        return as_user(cast.patient), reverse("reminders:settings")
    return Client(), change_link(reminder)


def test_it_says_by_whose_clock_as_people_say_it(page, cast):
    client, address = page
    Patient.objects.filter(pk=cast.record.pk).update(time_zone="America/New_York")
    assert "as the clock shows in New York." in client.get(address).content.decode()


def test_looking_changes_nothing(page, cast):
    client, address = page
    assert client.get(address).status_code == 200
    assert not Preference.objects.exists()


@pytest.mark.parametrize(
    ("data", "choice"),
    [
        ({"when": "usual"}, USUAL),
        ({"when": "never"}, Choice(is_on=False)),
        (own("08:00"), Choice(times=(time(8),))),
        (own("18:30", "08:30"), Choice(times=(time(8, 30), time(18, 30)))),
        (own("04:00", "", "22:30"), Choice(times=(time(4), time(22, 30)))),
        (own("8:00", "6:30 pm"), Choice(times=(time(8), time(18, 30)))),
    ],
)
def test_a_choice_is_kept(page, cast, data, choice):
    client, address = page
    response = client.post(address, data)
    assert response.status_code == 200
    assert services.chosen(cast.record) == choice
    assert AuditEvent.objects.filter(action="reminders_changed", subject_id=cast.record.pk).exists()


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({}, "when", "Choose one of these."),
        ({"when": "sometimes"}, "when", "Choose one of these."),
        (own(), "first", "Choose at least one time."),
        (own("", " "), "first", "Choose at least one time."),
        ({**own("09:00"), "when": "usual"}, "when", TYPED),
        (own("25:00"), "first", "Write a time like 8:30 or 18:30."),
        (own("half past eight"), "first", "Write a time like 8:30 or 18:30."),
        (own("-8:30"), "first", "Write a time like 8:30 or 18:30."),
        (own("٨:٣٠ ص"), "first", "Write a time like 8:30 or 18:30."),
        (own("8" * 5000), "first", "Write a time like 8:30 or 18:30."),
        (own("8:30\x00"), "first", "Write a time like 8:30 or 18:30."),
        (own("08:30", "03:59"), "second", "Choose a time between 4:00 and 22:30."),
        (own("22:31"), "first", "Choose a time between 4:00 and 22:30."),
        (own("08:30", "10:29"), "second", "Leave at least 2 hours between two reminders."),
        (own("10:00", "18:00", "08:01"), "first", "Leave at least 2 hours between two reminders."),
        (own("09:00", "09:00"), "second", "Leave at least 2 hours between two reminders."),
    ],
)
def test_a_wrong_time_is_explained_and_kept_as_typed(page, cast, data, field, words):
    client, address = page
    response = client.post(address, data)
    assert response.status_code == 422
    assert response.context["form"].errors[field] == [words]
    shown = unescape(response.content.decode())
    assert words in shown
    for typed in filter(None, data.values()):
        if typed not in {"sometimes", "8:30\x00"}:
            assert f'value="{typed}"' in shown
    assert not Preference.objects.exists()


@pytest.mark.parametrize("when", ["usual", "never"])
def test_the_button_pressed_last_wins_over_times_from_before(page, cast, when):
    client, address = page
    client.post(address, own("08:00", "18:00"))
    client.post(address, {**own("08:00", "half past"), "when": when})
    assert services.chosen(cast.record).is_on is (when == "usual")
    assert services.chosen(cast.record).times == (None if when == "usual" else (time(8),))


def test_a_time_typed_while_reminders_are_off_is_asked_about(page, cast):
    client, address = page
    client.post(address, {"when": "never"})
    response = client.post(address, {**own("09:00"), "when": "never"})
    assert response.status_code == 422
    assert TYPED in unescape(response.content.decode())
    assert services.chosen(cast.record) == Choice(is_on=False)


def test_nothing_on_the_form_is_called_optional(page):
    client, address = page
    assert "optional" not in client.get(address).content.decode()


def test_saving_says_so_and_offers_undo(page, cast):
    client, address = page
    client.post(address, own("08:00", "18:00"))
    response = client.post(address, {"when": "never"})
    assert "Reminders are off. No more will come." in response.content.decode()
    undo = {name: response.context["undo"][name] for name in ("when", "first", "second", "third")}
    assert undo == {"when": "own", "first": "08:00", "second": "18:00", "third": ""}
    client.post(address, response.context["undo"])
    assert services.chosen(cast.record) == Choice(times=(time(8), time(18)))


def test_undo_goes_back_to_the_usual_times(page, cast):
    client, address = page
    response = client.post(address, own("08:00"))
    client.post(address, response.context["undo"])
    assert services.chosen(cast.record) == USUAL


def test_one_click_stops_without_cookie_or_token_of_a_form(reminder, cast):
    client = Client(enforce_csrf_checks=True)
    for _ in range(2):  # repeats succeed
        response = client.post(stop_link(reminder), {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
    assert services.chosen(cast.record).is_on is False
    assert AuditEvent.objects.filter(action="reminders_stopped").count() == 1


def test_a_scanner_that_follows_the_link_stops_nothing(reminder, cast):
    for method in (Client().get, Client().head):
        assert method(stop_link(reminder)).status_code == 200
    assert services.chosen(cast.record) == USUAL


def test_stopping_is_for_the_person_and_keeps_their_times(reminder, cast):
    other = PatientFactory(user=cast.patient)
    now = clock.now()
    services.choose(other, Choice(times=(time(9),)), by=None, now=now)
    services.stop(cast.record, by=None, now=now)
    assert services.chosen(other) == Choice(is_on=False, times=(time(9),))
    stranger = Patient.objects.exclude(user=cast.patient).first()
    assert services.chosen(stranger) == USUAL


@pytest.mark.parametrize(
    "tamper",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: "0" * 32 + token[32:],
        lambda token: token.partition(".")[0],
        lambda token: "nonsense",
        lambda token: "ü" * 300,
    ],
)
def test_a_link_that_is_not_ours_explains_itself(reminder, tamper):
    token = tamper(tokens.make(reminder, purpose="change"))
    for name in ("from_email", "unsubscribe"):
        response = Client().post(reverse(f"reminders:{name}", args=[token]))
        assert response.status_code == 404
        assert "We do not know this link" in response.content.decode()


def test_a_token_serves_one_purpose(reminder, cast):
    stop = tokens.make(reminder, purpose="stop")
    change = tokens.make(reminder, purpose="change")
    assert Client().get(reverse("reminders:from_email", args=[stop])).status_code == 404
    assert Client().post(reverse("reminders:unsubscribe", args=[change])).status_code == 404
    assert services.chosen(cast.record) == USUAL


def test_a_link_older_than_a_year_says_so(reminder):
    old = clock.now() - timedelta(days=366)
    Reminder.objects.update(due_at=old, expires_at=old)
    response = Client().get(change_link(Reminder.objects.get()))
    assert response.status_code == 410
    assert "more than a year old" in response.content.decode()


def test_the_page_from_the_email_signs_nobody_in(reminder):
    client = Client()
    client.get(change_link(reminder))
    client.post(change_link(reminder), {"when": "never"})
    assert "sessionid" not in client.cookies
    assert client.get(reverse("today:today")).status_code == 302


def test_the_page_from_the_email_shows_what_they_are_called_and_not_the_name(reminder):
    shown = Client().get(change_link(reminder)).content.decode()
    assert "Hello Sam" in shown
    assert "Reed" not in shown


def test_someone_with_two_records_chooses_whose(cast, as_user):
    PatientFactory(user=cast.patient)
    response = as_user(cast.patient).get(reverse("reminders:settings"))
    assert response.url == reverse("today:choose")
