"""One page of the library for what was asked: the exercises, and the numbers next to them."""

from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.core.paginator import Page, Paginator

from accounts.kept_query import AnyOf, KeptQuery
from accounts.models import User
from exercises.cards import Card, cards_of
from exercises.models import ExerciseVersion, ExerciseVersionQuerySet
from exercises.search import at_hand, facets
from exercises.search.asked import Asked
from exercises.search.facets import AtHand, Counts
from exercises.search.text import keys
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
    """What ``by`` may see of it. Asks the database twice; with words at least once more.

    Once more where a card is to be made that nobody has seen yet.
    """
    found = _found(asked, by)
    counts = _counts(found, asked, by)
    paginator: Paginator[ExerciseVersion] = Paginator([], PER_PAGE)
    paginator.count = counts.total  # known already
    shown = paginator.get_page(page)
    above = PER_PAGE * (shown.number - 1)
    if found is not None:
        versions = _those(_narrowed(found, asked, by)[above : above + PER_PAGE], by)
    elif asked.is_anything or above:
        versions = list(_tiles(_all(by), asked, by)[above : above + PER_PAGE])
    else:
        versions = FIRST_PAGE(user=by.pk)
    shown.object_list = versions
    listed = [Tile(*pair) for pair in zip(versions, cards_of(versions), strict=True)]
    return Results(shown, listed, counts)


def counts_of(asked: Asked, *, by: User) -> Counts:
    """The numbers next to the filters."""
    return _counts(_found(asked, by), asked, by)


def _all(by: User) -> ExerciseVersionQuerySet:
    return ExerciseVersion.objects.visible_to(by).current().for_cards()


def _found(asked: Asked, by: User) -> list[UUID] | None:
    """What the words find, the best first; None where there are no words.

    A search differs by its words, so its query is worded anew: the others of the page then ask
    for these rows, in queries that are kept.
    """
    return keys(_all(by), asked.text) if asked.text.strip() else None


def _counts(found: list[UUID] | None, asked: Asked, by: User) -> Counts:
    if found == []:
        return Counts(0, {})
    if any(asked.chosen.values()):
        return facets.count(_all(by) if found is None else _of(found), asked.chosen, user=by)
    rows = EVERYTHING(user=by.pk) if found is None else FOUND(found=found, user=by.pk)
    return facets.counted(rows)


def _of(found: list[UUID]) -> ExerciseVersionQuerySet:
    return ExerciseVersion.objects.filter(AnyOf("pk", found))


def _narrowed(found: list[UUID], asked: Asked, by: User) -> list[UUID]:
    if not found or not any(asked.chosen.values()):
        return found
    left = {*facets.narrow(_of(found), asked.chosen, user=by).values_list("pk", flat=True)}
    return [key for key in found if key in left]


def _those(found: list[UUID], by: User) -> list[ExerciseVersion]:
    """In this order."""
    versions = {one.pk: one for one in THOSE(found=found, user=by.pk)} if found else {}
    return [versions[key] for key in found if key in versions]


def _tiles(found: ExerciseVersionQuerySet, asked: Asked, by: User) -> ExerciseVersionQuerySet:
    return _told(_sorted(facets.narrow(found, asked.chosen, user=by), asked, by), by)


def _told(versions: ExerciseVersionQuerySet, by: User) -> ExerciseVersionQuerySet:
    """With what a tile says of each."""
    return with_who_signed(at_hand.with_favourites(versions, by), by)


def _sorted(found: ExerciseVersionQuerySet, asked: Asked, by: User) -> ExerciseVersionQuerySet:
    """By name; but what was used lately, asked for alone, in the order of use."""
    if asked.chosen.get("kept") == [AtHand.RECENT]:
        return at_hand.latest_first(found, by)
    return found


# What the library's page asks while nothing is asked of it.
ALL = Asked("", {})


def _first_page(user: UUID) -> ExerciseVersionQuerySet:
    by = User(pk=user)
    return _tiles(_all(by), ALL, by)[:PER_PAGE]


def _everything(user: UUID) -> Any:
    by = User(pk=user)
    return facets.to_count(_all(by), {}, user=by)


FIRST_PAGE = KeptQuery(_first_page, user=UUID)
EVERYTHING = KeptQuery(_everything, user=UUID)
# Of what somebody's words have found.
FOUND = KeptQuery(
    lambda found, user: facets.to_count(_of(found), {}, user=User(pk=user)),
    found=list[UUID],
    user=UUID,
)
THOSE = KeptQuery(
    lambda found, user: _told(_of(found).for_cards(), User(pk=user)), found=list[UUID], user=UUID
)
