"""What is looked for in the library, and what it may be narrowed down to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from exercises.search.asked import Asked
from exercises.search.facets import FACETS, Counts, Facet

# Values of a facet that are shown at once; the others wait behind a word.
TOP = 5
ALWAYS_SHOWN = {"kept"}
OPEN = {"kept", "region", "kind"}
CHECKED = mark_safe(" checked")
BOX = (
    '<label class="form-check facet__option"><input class="form-check-input" type="checkbox"'
    ' id="{}" name="{}" value="{}"{}><span class="form-check-label">{}'
    ' <span class="facet__number">{}</span></span></label>'
)


@dataclass(frozen=True)
class Option:
    """A box to tick: how many exercises it would leave."""

    id: str
    value: str
    label: str
    number: int
    is_chosen: bool


@dataclass(frozen=True)
class Offer:
    """The values of a facet that there are, the most frequent apart from the rest."""

    facet: Facet
    top: list[Option]
    more: list[Option]

    @property
    def top_boxes(self) -> SafeString:
        return self._boxes(self.top)

    @property
    def more_boxes(self) -> SafeString:
        return self._boxes(self.more)

    def _boxes(self, options: list[Option]) -> SafeString:
        """In Python, for a page has a hundred of them."""
        name = self.facet.name
        return format_html_join(
            "",
            BOX,
            (
                (one.id, name, one.value, CHECKED if one.is_chosen else "", one.label, one.number)
                for one in options
            ),
        )

    @classmethod
    def of(cls, facet: Facet, chosen: list[str], counts: Counts) -> "Offer":
        options = [
            Option(f"{facet.name}-{place}", value, capfirst(str(label)), number, value in chosen)
            for place, (value, label) in enumerate(facet.values.choices)
            if (number := counts.of.get((facet.name, value), 0))
            or value in chosen
            or facet.name in ALWAYS_SHOWN
        ]
        first = sorted(options, key=lambda option: (not option.is_chosen, -option.number))
        shown = first[: max(TOP, sum(option.is_chosen for option in options))]
        return cls(
            facet,
            top=[option for option in options if option in shown],
            more=[option for option in options if option not in shown],
        )


class Known(forms.MultipleChoiceField):
    """The values that there are, each once; others in an address are left out, never refused."""

    def to_python(self, value: Any) -> list[str]:
        return [one for one in dict.fromkeys(super().to_python(value)) if self.valid_value(one)]


class SearchForm(forms.Form):
    """A search box and boxes to tick. What cannot be searched for is left out, never refused."""

    q = forms.CharField(
        label=_("Find an exercise"),
        required=False,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "class": "form-control",
                "autocomplete": "off",
                "data-search": "",
                "aria-keyshortcuts": "/",
            }
        ),
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.fields |= {
            facet.name: Known(choices=facet.values.choices, required=False) for facet in FACETS
        }
        self.is_valid()

    @property
    def asked(self) -> Asked:
        chosen = {facet.name: self.cleaned_data.get(facet.name, []) for facet in FACETS}
        return Asked(self.cleaned_data.get("q", ""), chosen)

    def offers(self, counts: Counts, *, shown: Collection[str]) -> list[Offer]:
        """The boxes of the facets of these names, and of those with something chosen."""
        return [self.offer(facet, counts) for facet in FACETS if self._is_shown(facet, shown)]

    def offer(self, facet: Facet, counts: Counts) -> Offer:
        return Offer.of(facet, self.cleaned_data.get(facet.name, []), counts)

    def _is_shown(self, facet: Facet, shown: Collection[str]) -> bool:
        return facet.name in shown or bool(self.cleaned_data.get(facet.name))
