"""What several installations share."""

import fcntl
import os
from pathlib import Path

import pytest

from tests.config.installation import installed


@pytest.fixture(scope="session")
def static_files(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Collected and compressed as for the image, once: that takes long, and is the same for all."""
    with (_shared(tmp_path_factory) / "static-files").open("a+") as done:
        fcntl.flock(done, fcntl.LOCK_EX)
        if done.tell() == 0:
            collect(tmp_path_factory.mktemp("static"))
            done.write("collected")


def collect(folder: Path) -> None:
    with installed(folder) as installation:
        done = installation.run(["python", "manage.py", "collectstatic", "--noinput"])
        assert done.returncode == 0, done.stderr


def _shared(folders: pytest.TempPathFactory) -> Path:
    """A folder of this run; each of several processes has one of its own inside."""
    own = folders.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
