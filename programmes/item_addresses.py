"""Where an item of a programme is changed: ten items have fifty such addresses on one page, and
Django takes longer to write one than to write an item's words."""

from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.urls import get_script_prefix, reverse

from programmes.models import Item

PROGRAMME, ITEM = UUID(int=1), UUID(int=2)  # stand in an address until it is known whose it is


class Addresses(NamedTuple):
    change: str
    move: str
    remove: str
    fields: str
    open: str


def addresses_of(item: Item) -> Addresses:
    """``open``: the builder with this item's fields, at its place."""
    programme = str(item.programme_id)
    return Addresses(
        *(
            one.replace(str(PROGRAMME), programme).replace(str(ITEM), str(item.pk))
            for one in _written(get_script_prefix())
        )
    )


@lru_cache(maxsize=8)
def _written(_prefix: str) -> Addresses:
    def at(name: str) -> str:
        return reverse(f"programmes:{name}", args=[PROGRAMME, ITEM])

    builder = reverse("programmes:edit", args=[PROGRAMME])
    return Addresses(
        at("change_item"),
        at("move_item"),
        at("remove_item"),
        at("item_fields"),
        f"{builder}?open={ITEM}#item-{ITEM}",
    )
