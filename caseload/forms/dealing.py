"""What a clinician says about reasons: which, how they were dealt with, a few words, a day."""

import hashlib

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.text import TypedText
from caseload.concerns import Concern, Kind
from caseload.forms.plans import LocalDateField, PlanForm
from caseload.words import reasons
from patients.models import DealtWith

WORDS_LENGTH = 1000  # characters, as the column
TALKED_OVER = {
    *(Kind.PAIN_TOLD, Kind.PAIN_HIGH, Kind.PAIN_UP),
    *(Kind.NOT_TODAY, Kind.SILENT, Kind.OVER_RANGE),
}
"""What one talk with the patient is usually about."""


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

    def __init__(self, *args, concerns, chosen=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_key = {key_of(concern): concern for concern in concerns}
        self.fields["which"].choices = [
            (key, reasons.reason(one.reason)) for key, one in self.by_key.items()
        ]
        self.fields["which"].initial = _ticked(self.by_key, chosen)

    def clean(self):
        cleaned = super().clean()
        how, on = cleaned.get("how"), cleaned.get("until_on")
        if how == DealtWith.How.LOOKED_AT and "words" not in self.errors and not cleaned["words"]:
            self.add_error("words", _("Write a few words: what you found."))
        if how == DealtWith.How.ASK_AGAIN and "until_on" not in self.errors:
            self._check_day(on)
        elif how != DealtWith.How.ASK_AGAIN and on:
            self.add_error("until_on", _("Choose “Ask me again”, or leave the day empty."))
        return cleaned

    def _check_day(self, on):
        if on is None:
            self.add_error("until_on", _("Choose the day on which to ask you again."))
        elif on <= self.today:
            self.add_error("until_on", _("Choose a day after today."))
        self.refuse_too_far("until_on")

    def said(self):
        """What the service takes."""
        names = ("how", "words", "until_on")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def chosen(self) -> list[Concern]:
        return [self.by_key[key] for key in self.cleaned_data["which"]]


def key_of(concern: Concern) -> str:
    """Another one once its facts are others: "pain_high.3f2a91c0"."""
    facts = f"{concern.reason}|{concern.measure}".encode()
    return f"{concern.kind.slug}.{hashlib.sha256(facts).hexdigest()[:8]}"


def _ticked(by_key, chosen):
    """The reason that was pressed; or the first, and what is talked over together with it."""
    if chosen is not None:
        return [key for key, one in by_key.items() if one.kind.slug == chosen]
    first = next(iter(by_key.values()), None)
    if first is None or first.kind not in TALKED_OVER:
        return list(by_key)[:1]
    return [key for key, one in by_key.items() if one.kind in TALKED_OVER]
