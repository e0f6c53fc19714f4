"""How the exercises of one session went, as it is logged."""

from typing import NamedTuple


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
