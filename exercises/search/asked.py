"""A search as its address holds it: words, and the chosen values of each facet."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import TextChoices

from exercises.search.facets import FACETS, Chosen


@dataclass(frozen=True)
class Chip:
    """One chosen value, and the address without it."""

    facet: str
    value: TextChoices
    query: str


@dataclass(frozen=True)
class Asked:
    text: str
    chosen: Chosen

    @property
    def is_anything(self) -> bool:
        return bool(self.text.strip()) or any(self.chosen.values())

    @property
    def filters(self) -> int:
        return sum(len(values) for values in self.chosen.values())

    @property
    def query(self) -> str:
        """For the address, without the question mark."""
        named = {"q": self.text} if self.text else {}
        return urlencode({**named, **self.chosen}, doseq=True)

    def without(self, facets: Collection[str]) -> "Asked":
        """The same search, with nothing chosen of these facets."""
        left = {name: values for name, values in self.chosen.items() if name not in facets}
        return replace(self, chosen=left)

    def toggled(self, facet: str, value: str) -> str:
        """The address where this value is chosen if it was not, and otherwise as now."""
        values = list(self.chosen.get(facet, []))
        if value in values:
            values.remove(value)
        else:
            values.append(value)
        return "?" + replace(self, chosen={**self.chosen, facet: values}).query

    @property
    def chips(self) -> list[Chip]:
        return [
            Chip(facet.name, facet.values(value), self.toggled(facet.name, value))
            for facet in FACETS
            for value in self.chosen.get(facet.name, [])
        ]
