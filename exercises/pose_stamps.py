"""Which poses of a figure a page was given, to keep those that someone else has changed since."""

import json
from hashlib import sha256
from typing import Any

LENGTH = 12  # letters of a stamp; two poses of one figure will not share one


def stamps(figure: dict[str, Any]) -> str:
    """A stamp for each pose, in their order; "" for no figure."""
    return " ".join(_stamp(frame) for frame in figure.get("frames", []))


def only_others_changed(figure: dict[str, Any], *, given: str, frame: int) -> bool:
    """Whether this pose is as the page was given it, in its old place among as many poses.

    ``given``: the page's ``stamps``. A pose that stands in another place now has been moved,
    and a number no longer says which one is meant.
    """
    before, after = given.split(), stamps(figure).split()
    if len(before) != len(after) or before[frame : frame + 1] != after[frame : frame + 1]:
        return False
    changed = [at for at, stamp in enumerate(after) if stamp != before[at]]
    return not any(after[at] in before or before[at] in after for at in changed)


def _stamp(frame: Any) -> str:
    return sha256(json.dumps(frame, sort_keys=True).encode()).hexdigest()[:LENGTH]
