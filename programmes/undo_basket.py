"""Items just taken out, remembered in the person's own sign-in so that they can come back."""

from collections.abc import MutableMapping
from typing import Any

from exercises.fields import DoseFields
from programmes.models import Item, ItemWords, Programme

KEY = "removed_items"
AT_MOST = 10
COLUMNS = [*(field.name for field in DoseFields._meta.get_fields()), "position", "side"]


def remember(store: MutableMapping[str, Any], item: Item) -> None:
    """Remember an item's dose, side, note and place; the oldest of many are forgotten."""
    remembered = dict(store.get(KEY, {}))
    remembered[str(item.pk)] = {
        "programme": str(item.programme_id),
        "version": str(item.exercise_version_id),
        "name": str(item),
        "columns": {name: getattr(item, name) for name in COLUMNS},
        "note": item.note,
    }
    store[KEY] = dict(list(remembered.items())[-AT_MOST:])


def name_of(store: MutableMapping[str, Any], programme: Programme, item_id: str) -> str:
    """What was taken out of this programme under that id, or nothing."""
    remembered = store.get(KEY, {}).get(item_id)
    return remembered["name"] if remembered and remembered["programme"] == str(programme.pk) else ""


def recall(store: MutableMapping[str, Any], programme: Programme, item_id: str) -> Item | None:
    """The item as it was, not saved; None if it is not remembered or of another programme."""
    remembered = store.get(KEY, {}).get(item_id)
    if not remembered or remembered["programme"] != str(programme.pk):
        return None
    item = Item(
        pk=item_id,
        programme=programme,
        exercise_version_id=remembered["version"],
        **remembered["columns"],
    )
    ItemWords(item=item, note=remembered["note"])  # the item's own now, not saved either
    return item


def forget(store: MutableMapping[str, Any], item_id: str) -> None:
    """It is back in its programme."""
    store[KEY] = {pk: remembered for pk, remembered in store.get(KEY, {}).items() if pk != item_id}
