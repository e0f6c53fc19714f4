"""One form, for the signed-in patient and for whoever comes by a link in a reminder."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.actions import Action
from accounts.forms.meanwhile import ComparesWithPage
from patients.models import PAIN_MAX, NotToday, Patient
from patients.schedule import local_date
from reminders import words
from reminders.choice import Choice
from reminders.models import EARLIEST, LATEST
from reminders.reminder_page import ATTEMPTS
from reminders.rules import GAP, HOUR
from reminders.services.starts import Start, start

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TIMES = ("first", "second", "third")


class OneTime(forms.TimeField):
    """A time of day in whole minutes, when most people are awake."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})

    def __init__(self, label: "_StrPromise") -> None:
        super().__init__(
            label=label,
            required=False,
            input_formats=["%H:%M", "%H.%M", "%I:%M %p", "%I:%M%p", "%I %p", "%I%p"],
            error_messages={"invalid": _("Write a time like 8:30 or 18:30.")},
        )

    def validate(self, value: time | None) -> None:
        super().validate(value)
        if value and not EARLIEST <= value <= LATEST:
            raise ValidationError(_("Choose a time between 4:00 and 22:30."), code="at_night")


class DoneForm(forms.Form):
    """How often the session had been undone when the button was shown."""

    attempt = forms.IntegerField(required=False, min_value=0, max_value=ATTEMPTS)


class ScoreForm(forms.Form):
    """How the pain was after a session."""

    pain = forms.TypedChoiceField(
        choices=[(number, number) for number in range(PAIN_MAX + 1)],
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("0 is no pain. 10 is the worst you can think of."),
        error_messages={
            "required": _("Choose a number from 0 to 10."),
            "invalid_choice": _("Choose a number from 0 to 10."),
        },
    )


class NotTodayForm(forms.Form):
    """Each reason is a button, so that one tap is enough."""

    reason = forms.ChoiceField(
        choices=NotToday.Reason.choices,
        error_messages={
            "required": _("Choose one of the reasons."),
            "invalid_choice": _("Choose one of the reasons."),
        },
    )


class LaterForm(forms.Form):
    """The half hour that was picked; whether it is offered is asked under a lock."""

    at = forms.TimeField(
        input_formats=["%H:%M", "%H:%M:%S"],
        error_messages={
            "required": _("Choose one of the times."),
            "invalid": _("Choose one of the times."),
        },
    )


@dataclass(frozen=True)
class Starts:
    """From when on a new time counts, as the page says it and as its script works it out."""

    start: Start
    now: datetime
    zone: ZoneInfo

    @property
    def said(self) -> str:
        return words.of_start(self.start, self.zone)

    @property
    def on(self) -> str:
        """The local date, if it asks for sessions: on another no time comes today anyway."""
        return f"{local_date(self.now, self.zone)}" if self.start.asked_min else ""

    @property
    def first(self) -> str:
        """The first local minute that counts today."""
        wall = self.start.counts_from.astimezone(self.zone)
        return f"{wall:%H:%M}" if wall.date() == local_date(self.now, self.zone) else "24:00"

    @property
    def known(self) -> str:
        return " ".join(sorted(f"{at:%H:%M}" for at in self.start.known))


class ChoiceForm(ComparesWithPage, forms.Form):
    """When to be reminded. Times count only with "at my own times", which needs one.

    The button pressed last wins over times that stand there from before. A time that was typed
    while another button stayed chosen is asked about: nothing is guessed.
    """

    audited = (Action.REMINDERS_CHANGED, Action.REMINDERS_STOPPED)

    USUAL, OWN, NEVER = "usual", "own", "never"
    WHICH = _("One is enough. Leave out the ones you do not need.")

    when = forms.ChoiceField(
        label=_("When should we remind you?"),
        widget=forms.RadioSelect,
        choices=[
            (USUAL, _("At the usual times")),
            (OWN, _("At my own times")),
            (NEVER, _("Not at all")),
        ],
        help_text=_(
            "The usual times follow your programme: 18:00 if it asks for 1 session a day,"
            " 8:30 and 18:30 for 2, and 13:00 as well for 3 or more."
        ),
        error_messages={
            "required": _("Choose one of these."),
            "invalid_choice": _("Choose one of these."),
        },
    )
    first = OneTime(_("First time"))
    second = OneTime(_("Second time"))
    third = OneTime(_("Third time"))

    def __init__(self, *args: Any, choice: Choice, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, initial=self._fields_of(choice), **kwargs)
        self.patient = patient
        self.times_before = choice.times or None

    @property
    def is_by_link(self) -> bool:
        """It came with a link of an e-mail, which stands for cookie and form token."""
        return self.by is None

    def changed_row(self) -> Patient:
        return self.patient

    @classmethod
    def _fields_of(cls, choice: Choice) -> dict[str, str | time]:
        when = cls.USUAL if choice.times is None else cls.OWN
        times = dict(zip(TIMES, choice.times or (), strict=False))
        return {"when": when if choice.is_on else cls.NEVER, **times}

    def back_to(self, choice: Choice) -> dict[str, str]:
        """What a browser would post from this page to make this choice: names and texts."""
        fields = dict.fromkeys(self.fields, "") | self._fields_of(choice)
        texts = {n: f"{v:%H:%M}" if isinstance(v, time) else v for n, v in fields.items()}
        return texts | dict(self.given())

    @cached_property
    def starts(self) -> Starts | None:
        """From when on a new time counts; None where the form does not know its moment."""
        if self.now is None:
            return None
        return Starts(start(self.patient, now=self.now), self.now, self.patient.zone)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = self.is_by_link
        times = Div(*(Field(name, wrapper_class="col-sm-4") for name in TIMES), css_class="row")
        which = HTML(format_html('<p class="muted small">{}</p>', self.WHICH))
        helper.layout = Layout("when", Div(times, which, css_class="own-times"))
        return helper

    def clean(self) -> dict[str, Any]:
        match self.cleaned_data.get("when"):
            case self.OWN:
                self._clean_own_times()
            case self.USUAL | self.NEVER if "when" in self.changed_data:
                self._forget_what_is_wrong()
            case self.USUAL | self.NEVER:
                self._ask_about_typed()
        return self.cleaned_data

    def _clean_own_times(self) -> None:
        if not any(self.data.get(name, "").strip() for name in TIMES):
            self.add_error("first", _("Choose at least one time."))
        given = sorted((self.cleaned_data[n], n) for n in TIMES if self.cleaned_data.get(n))
        for (earlier, _name), (later, name) in zip(given, given[1:], strict=False):
            if _minutes(later) - _minutes(earlier) < GAP:
                self.add_error(name, _too_close())

    def _forget_what_is_wrong(self) -> None:
        """Times that no longer count need not be right."""
        for name in TIMES:
            self.errors.pop(name, None)
            self.cleaned_data.setdefault(name, None)

    def _ask_about_typed(self) -> None:
        if any(self.data.get(name, "").strip() for name in {*TIMES} & {*self.changed_data}):
            self.add_error(
                "when", _("You typed a time. Choose “At my own times”, or clear the time.")
            )

    @property
    def choice(self) -> Choice:
        """The valid form's meaning."""
        when = self.cleaned_data["when"]
        times = tuple(sorted(filter(None, (self.cleaned_data[name] for name in TIMES))))
        if when == self.NEVER:  # the times wait, in case reminders are wanted again
            return Choice(is_on=False, times=times or self.times_before)
        return Choice(times=times) if when == self.OWN else Choice()


def _minutes(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)


def _too_close() -> str:
    hours = GAP // HOUR
    return ngettext(
        "Leave at least %(number)d hour between two reminders.",
        "Leave at least %(number)d hours between two reminders.",
        hours,
    ) % {"number": hours}
