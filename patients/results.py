"""How the exercises of one session went, as it is logged."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from programmes.models import Item


class Went(NamedTuple):
    """How one exercise went.

    ``result`` is a ``Tick.Result``. ``amount``: repetitions in all, sides and sets together, or
    minutes where the dose asks for minutes. ``pain`` 0–10 at this exercise. None: nobody said.
    ``skip_reason`` is a ``Tick.SkipReason``, only of what was skipped.
    """

    result: str
    amount: int | None = None
    pain: int | None = None
    skip_reason: str = ""

    @property
    def is_some(self) -> bool:
        """Whether anything of it was done: such a session counts, as ``Tick.objects.done``."""
        return self.result in {"done", "part"} or (self.result == "hurt" and bool(self.amount))


def in_plain(results: Mapping[UUID, Went], items: Iterable[Item]) -> list[dict[str, Any]]:
    """The same to be kept apart from any session: each with the name that the patient read."""
    return [
        {"exercise": item.exercise_version.name, **results[item.pk]._asdict()}
        for item in items
        if item.pk in results
    ]
