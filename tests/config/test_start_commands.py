"""The compose services' own commands, run for real without Docker.

Migrate, web, letters, worker and beat are started as docker-compose.yml has them, with
production settings, on a real database and broker; only addresses differ.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.installation import Installation, installed
from tests.journeys.stack import wait_until

RUNNING = ("web", "letters", "worker", "beat")


@pytest.fixture
def installation(tmp_path: Path, static_files: None) -> Iterator[Installation]:
    with installed(tmp_path) as installation:
        yield installation


def test_the_services_start_answer_and_stop(installation: Installation) -> None:
    for _ in range(2):  # the second deployment finds everything done
        migrated = installation.run(installation.command("migrate"))
        assert migrated.returncode == 0, migrated.stdout + migrated.stderr
    for service in RUNNING:
        installation.start(service)
    try:
        wait_until(lambda: installation.answer("/healthz") == 200, "/healthz")
        wait_until(lambda: installation.answer("/readyz") == 200, "/readyz")
        assert installation.answer("/accounts/login/") == 200
        for service in RUNNING:
            wait_until(lambda name=service: installation.healthy(name), f"{service}'s health")
    except AssertionError as failure:
        logs = [installation.log(name).read_text() for name in RUNNING]
        raise AssertionError("\n".join([str(failure), *logs])) from failure
    assert installation.stop() == dict.fromkeys(RUNNING, 0)
