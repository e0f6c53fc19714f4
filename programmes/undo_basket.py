"""Items just taken out, kept for a while in the person's own sign-in so that they can come back."""

from collections.abc import MutableMapping
from typing import Any

from exercises.fields import DoseFields
from programmes.models import Item, ItemWords, Programme

KEY = "removed_items"
KEPT = 10
COLUMNS = [*(field.name for field in DoseFields._meta.get_fields()), "position", "side"]


def keep(store: MutableMapping[str, Any], item: Item) -> None:
    """Remember an item's dose, side, note and place; the oldest of many are forgotten."""
    kept = dict(store.get(KEY, {}))
    kept[str(item.pk)] = {
        "programme": str(item.programme_id),
        "version": str(item.exercise_version_id),
        "name": str(item),
        "columns": {name: getattr(item, name) for name in COLUMNS},
        "note": item.note,
    }
    store[KEY] = dict(list(kept.items())[-KEPT:])


def name_of(store: MutableMapping[str, Any], programme: Programme, item_id: str) -> str:
    """What was taken out of this programme under that id, or nothing."""
    kept = store.get(KEY, {}).get(item_id)
    return kept["name"] if kept and kept["programme"] == str(programme.pk) else ""


def recall(store: MutableMapping[str, Any], programme: Programme, item_id: str) -> Item | None:
    """The item as it was, not saved; None if it is not remembered or of another programme."""
    kept = store.get(KEY, {}).get(item_id)
    if not kept or kept["programme"] != str(programme.pk):
        return None
    item = Item(
        pk=item_id, programme=programme, exercise_version_id=kept["version"], **kept["columns"]
    )
    ItemWords(item=item, note=kept["note"])  # the item's own now, not saved either
    return item


def forget(store: MutableMapping[str, Any], item_id: str) -> None:
    """It is back in its programme."""
    store[KEY] = {pk: kept for pk, kept in store.get(KEY, {}).items() if pk != item_id}
