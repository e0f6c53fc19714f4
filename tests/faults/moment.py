"""A clock that all processes share and that stands until it is moved.

Whoever works holds the clock; it is moved when nobody does. The kernel lets go for a
process that is killed, so nobody waits for the dead.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path


class Moment:
    def __init__(self, folder: Path) -> None:
        self._file = folder / "moment"
        self._looked = folder / "looked"
        self._lock = folder / "moment.lock"
        self._lock.touch()

    def now(self) -> datetime:
        return datetime.fromisoformat(self._file.read_text())

    def jump(self, to: datetime) -> None:
        """Move it under the hands of whoever works."""
        _write(self._file, to)

    @property
    def looked_at(self) -> datetime | None:
        """When, by this clock, somebody last looked for what is due, to the end."""
        return datetime.fromisoformat(self._looked.read_text()) if self._looked.exists() else None

    def look_ends(self, *, begun: datetime) -> None:
        _write(self._looked, begun)

    def working(self):
        """While somebody is in here, ``stopped`` waits."""
        return self._held(fcntl.LOCK_SH)

    def stopped(self):
        """Once nobody works; and nobody begins in here."""
        return self._held(fcntl.LOCK_EX)

    @contextmanager
    def _held(self, how: int) -> Iterator[None]:
        with self._lock.open() as lock:
            fcntl.flock(lock, how)
            yield


def _write(file: Path, moment: datetime) -> None:
    """As one step: nobody reads half of it."""
    new = file.with_suffix(f".{os.getpid()}")
    new.write_text(moment.isoformat())
    new.replace(file)
