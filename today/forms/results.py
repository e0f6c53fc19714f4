"""How each exercise of a session went: the form at its end, and on the page after it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from patients.models import PAIN_MAX, Tick
from patients.results import Went
from programmes.models import Item
from today.amount_words import amount_asked, amount_done

MOST = 999  # repetitions, or minutes
RESULT, AMOUNT, PAIN, SKIP_REASON = "result", "amount", "pain", "skip_reason"
NAMES = (RESULT, AMOUNT, PAIN, SKIP_REASON)
GOES_WITH = {
    Tick.Result.DONE: {AMOUNT, PAIN},
    Tick.Result.PART: {AMOUNT, PAIN},
    Tick.Result.HURT: {AMOUNT, PAIN},
    Tick.Result.SKIPPED: {SKIP_REASON},
}
RESULTS: list[tuple[str, Promise]] = [
    (Tick.Result.DONE, _("Done")),
    (Tick.Result.PART, _("Part of it")),
    (Tick.Result.SKIPPED, _("Left out")),
    (Tick.Result.HURT, _("It hurt")),
]
PAIN_ENDS = _("0 is no pain. 10 is the worst you can think of.")
# Translators: how a field is named where it is not next to its exercise, such as in a list of
# what to put right: “Bridge: how many”.
LABELS = {
    RESULT: _("%(exercise)s: how it went"),
    AMOUNT: _("%(exercise)s: how many"),
    PAIN: _("%(exercise)s: how much it hurt"),
    SKIP_REASON: _("%(exercise)s: why it was left out"),
}


@dataclass(frozen=True)
class Row:
    """One exercise, its fields, and what has been said of it so far."""

    item: Item
    given: Went | None  # what is known of it before anything is sent
    result: BoundField
    amount: BoundField
    pain: BoundField
    skip_reason: BoundField

    @property
    def asked(self) -> str:
        """How much of it the plan asks for, in words."""
        return str(self.amount.help_text)

    @property
    def is_bound(self) -> bool:
        return self.result.form.is_bound

    @property
    def is_open(self) -> bool:
        """Whether something about it has to be put right, or was changed elsewhere."""
        fields = (self.result, self.amount, self.pain, self.skip_reason)
        return any(field.errors or hasattr(field.field, "meanwhile") for field in fields)

    @property
    def said(self) -> str:
        """How it went, in a word; "" where nobody has said."""
        return str(dict(RESULTS).get(self.result.value() or "", ""))

    @property
    def done(self) -> str:
        """ "4 of 4–6"; "" where nobody has said how many."""
        amount = self.amount.value()
        return "" if amount in {None, ""} else amount_done(self.item, amount)

    @property
    def done_pattern(self) -> str:
        """ "{n} of 4–6", for whoever changes the number on the page."""
        return amount_done(self.item, "{n}")

    @property
    def hurt(self) -> str:
        """ "pain 7"; "" where nobody has said."""
        pain = self.pain.value()
        return "" if pain in {None, ""} else self.hurt_pattern.replace("{n}", str(pain))

    @property
    def hurt_pattern(self) -> str:
        # Translators: a score of pain, 0 to 10, at one exercise.
        return gettext("pain %(n)s") % {"n": "{n}"}

    @property
    def is_minutes(self) -> bool:
        return self.item.numbers.minutes is not None


class ResultsFields(forms.Form):
    """Four fields for each item, named ``result-<item>`` and so on.

    An item without a result is left out: nobody has said anything of it. What does not go with
    the result, such as a reason where nothing was skipped, is passed over.
    """

    items: Sequence[Item] = ()
    given_results: Mapping[UUID, Went] = {}
    in_it: Collection[UUID] = ()  # the keys of those that the session is made of

    @classmethod
    def is_in(cls, data: Iterable[str]) -> bool:
        """Whether a form that was sent says anything of single exercises."""
        return any(name.startswith(f"{RESULT}-") for name in data)

    def add_items(
        self, items: Sequence[Item], said: Mapping[UUID, Went], in_it: Collection[UUID]
    ) -> None:
        self.items, self.given_results, self.in_it = items, said, in_it
        for item in items:
            exercise = item.exercise_version.name
            for name, field in fields_of(exercise, asked=amount_asked(item)).items():
                field.initial = getattr(said.get(item.pk), name, None)
                self.fields[f"{name}-{item.pk}"] = field

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for item in self.items:
            if f"{RESULT}-{item.pk}" not in self.errors:
                self._refuse_what_does_not_fit(item)
        return cleaned

    def _refuse_what_does_not_fit(self, item: Item) -> None:
        said = {name: self.cleaned_data.get(f"{name}-{item.pk}") for name in NAMES}
        result = said[RESULT]
        if not result and any(self._is_typed(item, name) for name in NAMES[1:]):
            self.add_error(f"{RESULT}-{item.pk}", _("Choose how it went."))
        if not result:
            return
        for name in set(NAMES[1:]) - GOES_WITH[Tick.Result(result)]:
            self.errors.pop(f"{name}-{item.pk}", None)  # what is passed over stops nobody
        if result in {Tick.Result.DONE, Tick.Result.PART} and said[AMOUNT] == 0:
            words = _("That is none. Write how many you did, or choose “Left out”.")
            self.add_error(f"{AMOUNT}-{item.pk}", words)

    def _is_typed(self, item: Item, name: str) -> bool:
        return bool(self.data.get(self.add_prefix(f"{name}-{item.pk}"), "").strip())

    @property
    def rows(self) -> list[Row]:
        """The exercises that the session is made of."""
        return [self._row_of(item) for item in self.items if item.pk in self.in_it]

    @property
    def other_rows(self) -> list[Row]:
        """The programme's other exercises: who did one more can say so."""
        return [self._row_of(item) for item in self.items if item.pk not in self.in_it]

    @property
    def all_rows(self) -> list[Row]:
        return [self._row_of(item) for item in self.items]

    @property
    def has_open_others(self) -> bool:
        return any(row.is_open or row.said for row in self.other_rows)

    def _row_of(self, item: Item) -> Row:
        fields = {name: self[f"{name}-{item.pk}"] for name in NAMES}
        return Row(item, self.given_results.get(item.pk), **fields)

    @property
    def results(self) -> dict[UUID, Went]:
        """What was said, by item; what cannot be is left out."""
        return {
            item.pk: self._went(item, result)
            for item in self.items
            if (result := self.cleaned_data.get(f"{RESULT}-{item.pk}"))
        }

    def _went(self, item: Item, result: str) -> Went:
        right = self.cleaned_data
        goes = {name: right.get(f"{name}-{item.pk}") for name in GOES_WITH[Tick.Result(result)]}
        said = {name: value for name, value in goes.items() if value is not None}
        return Went(result, **said)


class ResultsForm(ResultsFields):
    """Of a session that is being logged. ``wanted`` are done, as long as nothing else is said."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        items: Sequence[Item],
        in_it: Collection[UUID] | None = None,
        wanted: Collection[UUID] = (),
    ) -> None:
        super().__init__(data, auto_id="id_%s")
        said = dict.fromkeys(wanted, Went(Tick.Result.DONE))
        self.add_items(items, said, {item.pk for item in items} if in_it is None else in_it)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.items and not self.errors and not self.results:
            self.add_error(None, _("Choose for at least one exercise how it went."))
        return cleaned


def fields_of(exercise: str, *, asked: str) -> dict[str, forms.Field]:
    """The four fields of one exercise. ``asked``: how much of it the plan asks for, in words."""
    fields: dict[str, forms.Field] = {
        RESULT: forms.ChoiceField(
            choices=RESULTS,
            required=False,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": _("Choose one of these.")},
        ),
        AMOUNT: forms.IntegerField(
            min_value=0,
            max_value=MOST,
            required=False,
            help_text=asked,
            widget=forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"}),
            error_messages={
                "invalid": _("Write a whole number."),
                "min_value": _("Write 0 or more."),
                "max_value": _("Write a number up to %(limit_value)s."),
            },
        ),
        PAIN: forms.TypedChoiceField(
            choices=[("", _("It did not hurt")), *((n, n) for n in range(PAIN_MAX + 1))],
            coerce=int,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            help_text=PAIN_ENDS,
            error_messages={"invalid_choice": _("Choose a number from 0 to 10.")},
        ),
        SKIP_REASON: forms.ChoiceField(
            choices=[("", "–"), *Tick.SkipReason.choices],
            required=False,
            widget=forms.Select(attrs={"class": "form-select"}),
            error_messages={"invalid_choice": _("Choose one of these.")},
        ),
    }
    for name, field in fields.items():
        field.label = LABELS[name] % {"exercise": exercise}
    return fields
