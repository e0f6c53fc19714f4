"""What several installations share."""

import pytest

from tests.config.installation import installed


@pytest.fixture(scope="session")
def static_files(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Collected and compressed as for the image. That takes long, and is the same for them all."""
    with installed(tmp_path_factory.mktemp("static")) as installation:
        done = installation.run(["python", "manage.py", "collectstatic", "--noinput"])
        assert done.returncode == 0, done.stderr
