"""What the builder's page shows: the programme's items, the library beside them, the sums."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.kept_query import KeptQuery
from accounts.models import User
from exercises.cards import Card, cards_of
from exercises.models import ExerciseVersion, ExerciseVersionQuerySet
from exercises.search import facets, find
from exercises.search.at_hand import at_hand_first
from programmes.forms import DescribeForm, FindForm, ItemForm
from programmes.models import Item, ItemQuerySet, Programme
from programmes.summary import Summary
from programmes.words import moment

# Rows of the library beside a programme; searching narrows them down. As many as a screen shows
# come with the page, the others when they come into sight.
PICKS, AT_ONCE = 40, 12


@dataclass(frozen=True)
class Row:
    """An item; and its form, where it is open."""

    item: Item
    form: ItemForm | None


@dataclass(frozen=True)
class Pick:
    """An exercise of the library, and where it is in the programme, if it is."""

    version: ExerciseVersion
    card: Card
    item_id: UUID | None


def library_for(programme: Programme, user: User) -> ExerciseVersionQuerySet:
    """Current exercises that may go into this programme: shared ones and its clinic's own."""
    return _usable(programme.clinic_id, user).for_list_page()


def _usable(clinic_id: UUID, user: User) -> ExerciseVersionQuerySet:
    return ExerciseVersion.objects.visible_to(user).usable_in(clinic_id)


def versions_for(item: Item, user: User) -> ExerciseVersionQuerySet:
    """What this person may put in the place of the item's version."""
    versions: ExerciseVersionQuerySet = ExerciseVersion.objects.visible_to(user).published()
    return versions.filter(exercise=item.exercise_version.exercise_id)


def state_of(
    programme: Programme, *, now: datetime, items: list[Item] | None = None
) -> dict[str, Any]:
    """Everything that any change may alter: sums, preview, moment saved."""
    if items is None:
        items = items_of(programme)
    return {
        "programme": programme,
        "items": items,
        "summary": Summary.of(items),
        "saved": saved_of(programme, now=now),
    }


def items_of(programme: Programme) -> list[Item]:
    return ITEMS(programme=programme.pk)


def page_of(
    programme: Programme,
    *,
    by: User,
    now: datetime,
    search: Any = None,
    opened: Collection[str] = (),
    describe: DescribeForm | None = None,
    sent: ItemForm | None = None,
) -> dict[str, Any]:
    """The whole page. ``describe`` or ``sent`` is a form that came back with errors.

    ``opened``: the ids of items that can be changed at once; the fields of the others are
    fetched one by one (``views.items.fields``), or ten of them would be most of the page.
    """
    items = ITEMS_AND_NEWER(programme=programme.pk, user=by.pk)
    shown = (item for item in items if str(item.pk) in opened)
    forms = {item.pk: ItemForm(instance=item, by=by, now=now) for item in shown}
    if sent is not None:
        forms[sent.instance.pk] = sent
    rows = [Row(item, forms.get(item.pk)) for item in items]
    return {
        **state_of(programme, items=items, now=now),
        **picks_of(programme, items=items, by=by, search=search),
        "rows": rows,
        "describe": describe or DescribeForm(instance=programme, by=by, now=now),
    }


def picks_of(
    programme: Programme, *, items: list[Item], by: User, search: Any = None
) -> dict[str, Any]:
    """The library column for what was searched; a search that cannot be finds everything.

    Without words, what someone keeps at hand comes first. ``rest`` in the search: the rows that
    did not come with the page, by themselves; ``all``: every row at once.
    """
    form = FindForm(search)
    asked = search or {}
    begin, end = AT_ONCE if "rest" in asked else 0, PICKS if {"rest", "all"} & {*asked} else AT_ONCE
    versions = _found(programme, form, by=by, at_most=end + 1)
    shown = versions[begin:end]
    taken = {item.exercise_version.exercise_id: item.pk for item in items}
    picks = [
        Pick(version, card, taken.get(version.exercise_id))
        for version, card in zip(shown, cards_of(shown), strict=True)
    ]
    more = len(versions) > end
    return {
        "find": form,
        "picks": picks,
        "rest": form.query if more and end < PICKS else None,
        "more_picks": more and end == PICKS,
    }


def _found(
    programme: Programme, form: FindForm, *, by: User, at_most: int
) -> list[ExerciseVersion]:
    if not form.is_anything and at_most <= AT_ONCE + 1:
        return FIRST_PICKS(clinic=programme.clinic_id, user=by.pk)
    library = at_hand_first(_usable(programme.clinic_id, by).for_cards(), by)
    found = facets.narrow(find(library, form.text), form.chosen, user=by)
    return list(found[:at_most])


def saved_of(programme: Programme, *, now: datetime) -> str:
    """When it was last saved, by the clinic's clock."""
    return moment(programme.saved_at, zone=programme.clinic.time_zone, now=now)


def _items(programme: UUID) -> ItemQuerySet:
    return Item.objects.filter(programme=programme).for_page()


def _first_picks(clinic: UUID, user: UUID) -> ExerciseVersionQuerySet:
    by = User(pk=user)
    return at_hand_first(_usable(clinic, by).for_cards(), by)[: AT_ONCE + 1]


ITEMS = KeptQuery(_items, programme=UUID)
ITEMS_AND_NEWER = KeptQuery(
    lambda programme, user: _items(programme).with_newer(User(pk=user)), programme=UUID, user=UUID
)
FIRST_PICKS = KeptQuery(_first_picks, clinic=UUID, user=UUID)
