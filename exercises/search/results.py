"""One page of the library for what was asked: the exercises, and the numbers next to them."""

from dataclasses import dataclass
from typing import NamedTuple

from django.core.paginator import Page, Paginator

from accounts.models import User
from exercises.cards import Card, cards_of
from exercises.models import ExerciseVersion, ExerciseVersionQuerySet
from exercises.search import at_hand, facets
from exercises.search.asked import Asked
from exercises.search.facets import AtHand, Counts
from exercises.search.text import find
from exercises.signed import with_who_signed

PER_PAGE = 24


class Tile(NamedTuple):
    """What the reader and their clinics say of it, and what it is."""

    version: ExerciseVersion
    card: Card


@dataclass(frozen=True)
class Results:
    page: Page[ExerciseVersion]
    tiles: list[Tile]
    counts: Counts


def look(asked: Asked, *, by: User, page: str | None) -> Results:
    """What ``by`` may see of it. Asks the database twice; with words once or twice more.

    Once more where a card is to be made that nobody has seen yet.
    """
    library = ExerciseVersion.objects.visible_to(by).current().for_cards()
    found = find(library, asked.text)
    counts = facets.count(found, asked.chosen, user=by)
    chosen = facets.narrow(found, asked.chosen, user=by)
    tiles = with_who_signed(at_hand.with_favourites(_sorted(chosen, asked, by), by), by)
    paginator = Paginator(tiles, PER_PAGE)
    paginator.count = counts.total  # known already
    shown = paginator.get_page(page)
    versions = list(shown)
    listed = [Tile(*pair) for pair in zip(versions, cards_of(versions), strict=True)]
    return Results(shown, listed, counts)


def _sorted(found: ExerciseVersionQuerySet, asked: Asked, by: User) -> ExerciseVersionQuerySet:
    """As found; but what was used lately, asked for alone, in the order of use."""
    if asked.chosen.get("kept") == [AtHand.RECENT] and not asked.text.strip():
        return at_hand.latest_first(found, by)
    return found
