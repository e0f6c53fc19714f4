"""While working on the code: a file that was built again has another address, as in a deployment."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class StampedFiles(StaticFilesStorage):
    """Browsers, and the worker on a phone, may keep what an address with a stamp has given them."""

    def url(self, name: str | None, force: bool = False) -> str:
        address = super().url(name)
        found = finders.find(name) if name else None
        return f"{address}?{_stamp(Path(found))}" if found else address


def _stamp(path: Path) -> str:
    return _stamp_of(path, path.stat().st_mtime_ns)


@lru_cache
def _stamp_of(path: Path, _written_at: int) -> str:
    return sha256(path.read_bytes()).hexdigest()[:12]
