"""What the library covers, for a search that found nothing."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.db.models import TextChoices
from django.template import Context

from exercises.cards import card_of
from exercises.models import ExerciseVersion, Kind
from exercises.search.facets import Counts, count
from exercises.vocabulary import Region
from exercises.words.tags import tags_in_words

register = template.Library()

register.filter("tags_in_words", tags_in_words)
register.filter("card", card_of)


@dataclass(frozen=True)
class Covered:
    """A kind or a part of the body, and how many exercises there are for it."""

    value: TextChoices
    number: int


@register.inclusion_tag("exercises/_covers.html", takes_context=True)
def library_covers(context: Context, text: str) -> dict[str, Any]:
    """``{% library_covers text %}`` for what was typed. One query."""
    user = context["request"].user
    counts = count(ExerciseVersion.objects.visible_to(user).current(), {}, user=user)
    return {
        "text": text.strip(),
        "total": counts.total,
        "kinds": _covered(counts, "kind", Kind),
        "regions": _covered(counts, "region", Region),
    }


def _covered(counts: Counts, facet: str, values: type[TextChoices]) -> list[Covered]:
    """In the order of the vocabulary, without what there is nothing for."""
    numbers = ((value, counts.of.get((facet, value.value), 0)) for value in values)
    return [Covered(value, number) for value, number in numbers if number]
