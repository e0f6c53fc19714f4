"""The pages of a letter that names several people: each of them, with a way to their own pages."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

import clock
from patients.schedule import seconds_left
from reminders import tokens
from reminders.letter_page import each_record
from reminders.models import Reminder
from reminders.reminder_page import Answer, answers
from reminders.views.links import by_letter


class Listed(NamedTuple):
    """One record of the list."""

    answer: Answer
    token: dict[tokens.Purpose, str]


@by_letter("letter")
def letter(request: HttpRequest, reminders: list[Reminder]) -> HttpResponse:
    """How far the day of each is; with one left, their own page says more."""
    now = clock.now()
    listed = [Listed(answer, _tokens(answer)) for answer in answers(each_record(reminders), now)]
    if len(listed) == 1:
        return redirect("reminders:answer", listed[0].token["open"])
    zones = {one.answer.reminder.patient.zone for one in listed}
    context = {"listed": listed, "day_ends_in": min(seconds_left(now, zone) for zone in zones)}
    return render(request, "reminders/letter.html", context)


def _tokens(answer: Answer) -> dict[tokens.Purpose, str]:
    purposes: tuple[tokens.Purpose, ...] = ("open", "done")
    return {purpose: tokens.make(answer.reminder, purpose=purpose) for purpose in purposes}


@by_letter("letter_change")
def change(request: HttpRequest, reminders: list[Reminder]) -> HttpResponse:
    """To choose for each; with one left, at once."""
    listed = [(one.patient, tokens.make(one, purpose="change")) for one in each_record(reminders)]
    if len(listed) == 1:
        return redirect("reminders:from_email", listed[0][1])
    return render(request, "reminders/letter_change.html", {"listed": listed})
