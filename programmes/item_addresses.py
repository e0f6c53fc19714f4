"""Where an item of a programme is changed: ten items have sixty such addresses on one page, and
Django takes longer to write one than to write an item's words."""

from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from programmes.models import Item


class Addresses(NamedTuple):
    """``open``: the builder with this item's fields, at its place; ``id``: of that place."""

    change: SafeString
    move: SafeString
    remove: SafeString
    fields: SafeString
    how: SafeString
    open: SafeString
    id: SafeString


def addresses_of(item: Item) -> Addresses:
    return _written(item.programme_id, item.pk)


@lru_cache(maxsize=4096)
def _written(programme: UUID, item: UUID) -> Addresses:
    names = ("change_item", "move_item", "remove_item", "item_fields", "item_how")
    own = [reverse(f"programmes:{name}", args=[programme, item]) for name in names]
    builder = reverse("programmes:edit", args=[programme])
    whole = [*own, f"{builder}?open={item}#item-{item}", f"item-{item}"]
    return Addresses(*(mark_safe(one) for one in whole))  # noqa: S308  paths and ids of ours
