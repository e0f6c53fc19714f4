"""One form, for the signed-in patient and for whoever comes by a link in a reminder."""

from datetime import time, timedelta

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.meanwhile import ComparesWithPage
from patients.models import NotToday
from reminders.models import EARLIEST, LATEST
from reminders.services import Choice

APART = timedelta(hours=2)
TIMES = ("first", "second", "third")


class OneTime(forms.TimeField):
    """A time of day in whole minutes, when most people are awake."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})

    def __init__(self, label):
        super().__init__(
            label=label,
            required=False,
            input_formats=["%H:%M", "%H.%M", "%I:%M %p", "%I:%M%p", "%I %p", "%I%p"],
            error_messages={"invalid": _("Write a time like 8:30 or 18:30.")},
        )

    def validate(self, value):
        super().validate(value)
        if value and not EARLIEST <= value <= LATEST:
            raise ValidationError(_("Choose a time between 4:00 and 22:30."), code="at_night")


class NotTodayForm(forms.Form):
    """Each reason is a button, so that one tap is enough."""

    reason = forms.ChoiceField(
        choices=NotToday.Reason.choices,
        error_messages={
            "required": _("Choose one of the reasons."),
            "invalid_choice": _("Choose one of the reasons."),
        },
    )


class ChoiceForm(ComparesWithPage, forms.Form):
    """When to be reminded. Typing a time means: at my own times."""

    audited = ("reminders changed", "reminders stopped")

    USUAL, OWN, NEVER = "usual", "own", "never"

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
    first = OneTime(_("First time (optional)"))
    second = OneTime(_("Second time (optional)"))
    third = OneTime(_("Third time (optional)"))

    def __init__(self, *args, choice, patient, **kwargs):
        super().__init__(*args, initial=self._fields_of(choice), **kwargs)
        self.patient = patient

    def changed_row(self):
        return self.patient

    @classmethod
    def _fields_of(cls, choice):
        when = cls.USUAL if choice.times is None else cls.OWN
        times = dict(zip(TIMES, choice.times or (), strict=False))
        return {"when": when if choice.is_on else cls.NEVER, **times}

    def back_to(self, choice):
        """What a browser would post from this page to make this choice: names and texts."""
        fields = dict.fromkeys(self.fields, "") | self._fields_of(choice)
        texts = {n: f"{v:%H:%M}" if isinstance(v, time) else v for n, v in fields.items()}
        return texts | dict(self.given())

    @property
    def helper(self):
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout(
            "when", Div(*(Field(name, wrapper_class="col-sm-4") for name in TIMES), css_class="row")
        )
        return helper

    def clean(self):
        given = sorted((self.cleaned_data[n], n) for n in TIMES if self.cleaned_data.get(n))
        for (earlier, _name), (later, name) in zip(given, given[1:], strict=False):
            if _minutes(later) - _minutes(earlier) < APART:
                self.add_error(name, _("Leave at least 2 hours between two reminders."))
        return self.cleaned_data

    @property
    def choice(self):
        """The valid form's meaning."""
        when = self.cleaned_data["when"]
        times = tuple(sorted(filter(None, (self.cleaned_data[name] for name in TIMES))))
        if when == self.NEVER:
            return Choice(is_on=False, times=times or None)
        typed = times and not {*TIMES}.isdisjoint(self.changed_data)
        return Choice(times=times) if when == self.OWN or typed else Choice()


def _minutes(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)
