"""What a clinician says about reasons: which, how they were dealt with, a few words, a day."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypedDict, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.text import TypedText
from caseload.concerns import Concern, Kind
from caseload.forms.dates import LocalDateField, PlanForm
from caseload.words import reasons
from patients.models import DealtWith

WORDS_LENGTH = 1000  # characters, as the column
TALKED_OVER = {
    *(Kind.PAIN_TOLD, Kind.PAIN_HIGH, Kind.HURT, Kind.PAIN_UP),
    *(Kind.NOT_TODAY, Kind.SILENT, Kind.OVER_RANGE),
}
"""What one talk with the patient is usually about."""


class Said(TypedDict):
    how: str
    words: str
    until_on: date | None


class DealWithForm(PlanForm):
    """``concerns`` are those that stand now. What was on the page and has changed since is
    refused, so that nobody deals with something that they have not seen."""

    which = forms.MultipleChoiceField(
        label=_("Which reasons"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one reason."),
            "invalid_choice": _(
                "The reasons have changed since you opened this page. Look at them once more."
            ),
        },
    )
    how = forms.ChoiceField(
        label=_("What you did"),
        choices=(
            (DealtWith.How.CONTACTED, _("I have been in touch")),
            (DealtWith.How.LOOKED_AT, _("I have looked at it")),
            (DealtWith.How.ASK_AGAIN, _("Ask me again on a later day")),
        ),
        initial=DealtWith.How.CONTACTED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you did.")},
    )
    words = TypedText(
        label=_("In a few words: what you found or agreed"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Needed if you have looked at it. Kept on the record with your name and the time."
            " The patient does not see it."
        ),
        error_messages={"max_length": _("Please keep it to 1,000 characters.")},
    )
    until_on = LocalDateField(
        label=_("Ask again on"),
        required=False,
        help_text=_("Only if you want to be asked again. It comes back before that if worse."),
    )

    def __init__(
        self, *args: Any, concerns: Iterable[Concern], chosen: str | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {key_of(concern): concern for concern in concerns}
        which = cast(forms.MultipleChoiceField, self.fields["which"])
        which.choices = [(key, reasons.reason(one.reason)) for key, one in self.by_key.items()]
        which.initial = _ticked(self.by_key, chosen)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        how, on = cleaned.get("how"), cleaned.get("until_on")
        if how == DealtWith.How.LOOKED_AT and "words" not in self.errors and not cleaned["words"]:
            self.add_error("words", _("Write a few words: what you found."))
        if how == DealtWith.How.ASK_AGAIN and "until_on" not in self.errors:
            self._check_day(on)
        elif how != DealtWith.How.ASK_AGAIN and on:
            self.add_error("until_on", _("Choose “Ask me again”, or leave the day empty."))
        return cleaned

    def _check_day(self, on: date | None) -> None:
        if on is None:
            self.add_error("until_on", _("Choose the day on which to ask you again."))
        elif on <= self.today:
            self.add_error("until_on", _("Choose a day after today."))
        self.refuse_too_far("until_on")

    def said(self) -> Said:
        """What the service takes."""
        asked = self.cleaned_data
        return {"how": asked["how"], "words": asked["words"], "until_on": asked["until_on"]}

    @property
    def chosen(self) -> list[Concern]:
        return [self.by_key[key] for key in self.cleaned_data["which"]]


def key_of(concern: Concern) -> str:
    """Another one once its facts are others: "pain_high.3f2a91c0"."""
    facts = f"{concern.reason}|{concern.measure}".encode()
    return f"{concern.kind.slug}.{hashlib.sha256(facts).hexdigest()[:8]}"


def _ticked(by_key: Mapping[str, Concern], chosen: str | None) -> list[str]:
    """The reason that was pressed; or the first, and what is talked over together with it."""
    if chosen is not None:
        return [key for key, one in by_key.items() if one.kind.slug == chosen]
    first = next(iter(by_key.values()), None)
    if first is None or first.kind not in TALKED_OVER:
        return list(by_key)[:1]
    return [key for key, one in by_key.items() if one.kind in TALKED_OVER]
