"""How each exercise of a session went: the form at its end, and on the page after it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from patients.models import PAIN_MAX, Tick
from patients.results import Went
from programmes.models import Item

MOST = 999  # repetitions, or minutes
RESULT = "result"


class ResultsForm(forms.Form):
    """Four fields for each item, named ``result-<item>`` and so on.

    An item without a result is left out: nobody has said anything of it. What does not go with
    the result, such as a reason where nothing was skipped, is passed over.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        items: Sequence[Item],
        said: Mapping[UUID, Went] | None = None,
    ) -> None:
        super().__init__(data, auto_id="id_%s")
        self.items = items
        for item in items:
            self._add(item, (said or {}).get(item.pk))

    @classmethod
    def is_in(cls, data: Iterable[str]) -> bool:
        """Whether a form that was sent says anything of single exercises."""
        return any(name.startswith(f"{RESULT}-") for name in data)

    def _add(self, item: Item, went: Went | None) -> None:
        fields: dict[str, forms.Field] = {
            RESULT: forms.ChoiceField(
                label=_("How did it go?"),
                choices=Tick.Result.choices,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Choose one of these.")},
            ),
            "amount": forms.IntegerField(
                label=_("How many?"),
                min_value=0,
                max_value=MOST,
                required=False,
                error_messages={"invalid": _("Write a whole number.")},
            ),
            "pain": forms.TypedChoiceField(
                label=_("How much did it hurt?"),
                choices=[("", "–"), *((n, n) for n in range(PAIN_MAX + 1))],
                coerce=int,
                empty_value=None,
                required=False,
                error_messages={"invalid_choice": _("Choose a number from 0 to 10.")},
            ),
            "skip_reason": forms.ChoiceField(
                label=_("Why was it left out?"),
                choices=[("", "–"), *Tick.SkipReason.choices],
                required=False,
                error_messages={"invalid_choice": _("Choose one of these.")},
            ),
        }
        for name, field in fields.items():
            field.initial = _initial(went, name)
            self.fields[f"{name}-{item.pk}"] = field

    @property
    def rows(self) -> Iterator[tuple[Item, dict[str, BoundField]]]:
        """Each item with its fields, by their short names."""
        for item in self.items:
            names = (RESULT, "amount", "pain", "skip_reason")
            yield item, {name: self[f"{name}-{item.pk}"] for name in names}

    @property
    def results(self) -> dict[UUID, Went]:
        """What was said, by item."""
        return {
            item.pk: self._went(item, result)
            for item in self.items
            if (result := self.cleaned_data[f"{RESULT}-{item.pk}"])
        }

    def _went(self, item: Item, result: str) -> Went:
        said = {name: self.cleaned_data[f"{name}-{item.pk}"] for name in Went._fields[1:]}
        if result == Tick.Result.SKIPPED:
            return Went(result, skip_reason=said["skip_reason"])
        return Went(result, amount=said["amount"], pain=said["pain"])


def _initial(went: Went | None, name: str) -> Any:
    return getattr(went, name) if went else None
