"""One page of the library for what was asked: the exercises, and the numbers next to them."""

from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.core.paginator import Page, Paginator

from accounts.kept_query import KeptQuery
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
    found = _found(asked, by) if asked.is_anything else None
    counts = _counts(found, asked, by)
    paginator: Paginator[ExerciseVersion] = Paginator([], PER_PAGE)
    paginator.count = counts.total  # known already
    shown = paginator.get_page(page)
    if found is None and shown.number == 1:
        versions = FIRST_PAGE(user=by.pk)
    else:
        above = PER_PAGE * (shown.number - 1)
        tiles = _tiles(_found(asked, by) if found is None else found, asked, by)
        versions = list(tiles[above : above + PER_PAGE])
    shown.object_list = versions
    listed = [Tile(*pair) for pair in zip(versions, cards_of(versions), strict=True)]
    return Results(shown, listed, counts)


def counts_of(asked: Asked, *, by: User) -> Counts:
    """The numbers next to the filters."""
    return _counts(_found(asked, by) if asked.is_anything else None, asked, by)


def _found(asked: Asked, by: User) -> ExerciseVersionQuerySet:
    return find(ExerciseVersion.objects.visible_to(by).current().for_cards(), asked.text)


def _counts(found: ExerciseVersionQuerySet | None, asked: Asked, by: User) -> Counts:
    """``found`` is None where nothing is asked."""
    if found is None:
        return facets.counted(EVERYTHING(user=by.pk))
    return facets.count(found, asked.chosen, user=by)


def _tiles(found: ExerciseVersionQuerySet, asked: Asked, by: User) -> ExerciseVersionQuerySet:
    chosen = facets.narrow(found, asked.chosen, user=by)
    return with_who_signed(at_hand.with_favourites(_sorted(chosen, asked, by), by), by)


def _sorted(found: ExerciseVersionQuerySet, asked: Asked, by: User) -> ExerciseVersionQuerySet:
    """As found; but what was used lately, asked for alone, in the order of use."""
    if asked.chosen.get("kept") == [AtHand.RECENT] and not asked.text.strip():
        return at_hand.latest_first(found, by)
    return found


# What the library's page asks while nothing is asked of it.
ALL = Asked("", {})


def _first_page(user: UUID) -> ExerciseVersionQuerySet:
    by = User(pk=user)
    return _tiles(_found(ALL, by), ALL, by)[:PER_PAGE]


def _everything(user: UUID) -> Any:
    by = User(pk=user)
    return facets.to_count(_found(ALL, by), {}, user=by)


FIRST_PAGE = KeptQuery(_first_page, user=UUID)
EVERYTHING = KeptQuery(_everything, user=UUID)
