"""A clock that all processes share and that stands until it is moved.

Whoever works holds the clock; it is moved when nobody does. The kernel lets go for a
process that is killed, so nobody waits for the dead.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path


class Moment:
    def __init__(self, folder: Path) -> None:
        self._file = folder / "moment"
        self._lock = folder / "moment.lock"
        self._lock.touch()

    def now(self) -> datetime:
        return datetime.fromisoformat(self._file.read_text())

    def jump(self, to: datetime) -> None:
        """Move it under the hands of whoever works."""
        new = self._file.with_suffix(".new")
        new.write_text(to.isoformat())
        new.replace(self._file)

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
