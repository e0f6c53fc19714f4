"""Dates of a patient's plan; the review is chosen in weeks, or as another date."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from patients.words import short_date

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

REVIEW_WEEKS = (2, 4, 6)
USUAL = timedelta(weeks=6)
FARTHEST = timedelta(days=366)  # ahead of today, for any date of a plan
OTHER = "other"


class LocalDateField(forms.DateField):
    """A date of the patient's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {
        "invalid": gettext_lazy("Write a date that exists, like 24/11/2026."),
        "required": gettext_lazy("Choose a date."),
    }


class PlanForm(forms.Form):
    """A form about one patient's plan; ``today`` is that patient's date."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.helper = FormHelper()
        self.helper.form_tag = False

    def refuse_before(self, name: str, first: date | None, message: "StrOrPromise") -> None:
        """A field error unless the date, if there is one, is on or after ``first``."""
        on = self.cleaned_data.get(name)
        if on and first and on < first:
            self.add_error(name, message)

    def refuse_too_far(self, *names: str) -> None:
        for name in names:
            on = self.cleaned_data.get(name)
            if on and on > self.today + FARTHEST:
                self.add_error(name, _("Choose a date within a year from today."))


class ReviewForm(PlanForm):
    """When to look at the programme together. ``review_in`` holds the date that its words show,
    so that what was read is what is saved, also from a page left open overnight.
    """

    review_in = forms.CharField(
        label=pgettext_lazy("when to look at the plan together", "Review"),
        required=False,
        widget=forms.RadioSelect,
    )
    review_on = LocalDateField(label=gettext_lazy("Another date for the review"), required=False)

    def __init__(
        self,
        *args: Any,
        starts_on: date | None = None,
        review_on: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.begins_on = starts_on
        first = review_on or self.today + USUAL
        chips = {str(self.today + timedelta(weeks=n)): n for n in REVIEW_WEEKS}
        self.fields["review_in"].initial = str(first) if str(first) in chips else OTHER
        self.fields["review_on"].initial = None if str(first) in chips else first
        weeks = cast(forms.RadioSelect, self.fields["review_in"].widget)
        weeks.choices = [*self._chips(chips), (OTHER, _("Another date"))]
        self.helper.layout = Layout(*self._rows())

    def _chips(self, chips: dict[str, int]) -> Iterator[tuple[str, str]]:
        """ "2 weeks: Mon 18 May"; one that was sent and is none of today's stays as it was."""
        sent = self.data.get("review_in", "")
        for on, weeks in chips.items():
            words = {"n": weeks, "on": short_date(date.fromisoformat(on))}
            yield on, ngettext("%(n)d week: %(on)s", "%(n)d weeks: %(on)s", weeks) % words
        if sent not in chips and (sent_on := _date(sent)):
            yield sent, short_date(sent_on)

    def _rows(self) -> list[str | Div]:
        """The fields in their order, the review's two as one."""
        names = [name for name in self.fields if name not in {"review_in", "review_on"}]
        review = Div(
            Field("review_in", template="components/segmented.html"),
            Div("review_on", css_class="review__other"),
            css_class="review",
        )
        return [*names, review]

    def clean(self) -> dict[str, Any]:
        super().clean()
        field = self._take_review()
        self._check_starts_on()
        on = self.cleaned_data.get("review_on")
        starts_on = self.cleaned_data.get("starts_on", self.begins_on)
        if on and starts_on and on < starts_on:
            self.add_error(field, _("The review comes after the start."))
        elif on and on < self.today:
            self.add_error(field, _("Choose today or a later day."))
        elif on and on > self.today + FARTHEST:
            self.add_error(field, _("Choose a date within a year from today."))
        return self.cleaned_data

    def _take_review(self) -> str:
        """Leave in ``review_on`` what was chosen; the name of the field that said it."""
        chosen = self.cleaned_data.pop("review_in", "")
        if chosen in {"", OTHER}:
            if not self.cleaned_data.get("review_on") and "review_on" not in self.errors:
                self.add_error("review_on", _("Choose a date."))
            return "review_on"
        self.errors.pop("review_on", None)
        self.cleaned_data["review_on"] = _date(chosen)
        if self.cleaned_data["review_on"] is None:
            self.add_error("review_in", _("Choose when to review it."))
        return "review_in"

    def _check_starts_on(self) -> None:
        """Nothing to check where the start is long decided."""


class DatesForm(ReviewForm):
    """When a programme starts and when to look at it together."""

    starts_on = LocalDateField(label=gettext_lazy("Starts on"))
    field_order = ["starts_on", "review_in", "review_on"]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["starts_on"].initial = today
        self.fields["review_in"].help_text = _(
            "Weeks from today. Asks you for a check-up; the programme goes on until you end it."
        )

    def _check_starts_on(self) -> None:
        self.refuse_before("starts_on", self.today, _("Choose today or a later day."))
        self.refuse_too_far("starts_on")


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
