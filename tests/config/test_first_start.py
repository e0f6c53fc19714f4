"""The README's first command on an empty folder: what it prints, read line by line."""

import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil

from config.servers.broker import free_port

ROOT = Path(__file__).parent.parent.parent


def test_a_first_start_says_when_it_is_ready_and_warns_of_nothing(tmp_path):
    own = {"DATA_DIR": str(tmp_path), "PORT": str(free_port())}
    ours = {"DATABASE_URL", "MIGRATE_DATABASE_URL", "REDIS_URL", "CACHE_URL"}
    ours |= {"EMAIL_URL", "SITE_URL", "DEMO"}
    environment = {name: value for name, value in os.environ.items() if name not in ours} | own
    command = [sys.executable, "-m", "config.servers", "run", "--"]
    command += [sys.executable, "-m", "config.start"]
    tmp_path.chmod(0o755)
    running = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said = []
    for line in running.stdout:
        said.append(line)
        if "Ctrl-C stops everything" in line:
            break
    environments = environments_below(running.pid)
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=60)
    text = "".join(said)
    assert f"Homestretch is ready at  http://localhost:{own['PORT']}/" in text
    assert not re.search(r"\b503\b", text), text  # a status; a port may have these figures in it
    for unwanted in ("WARNING", "without a tick", "Traceback"):
        assert unwanted not in text, text
    assert running.returncode == 0
    assert len(environments) > len((ROOT / "Procfile").read_text().splitlines())
    for found in environments:
        assert "//homestretch_app@" in found["DATABASE_URL"]
        assert not found.get("MIGRATE_DATABASE_URL")


def environments_below(pid: int) -> list[dict[str, str]]:
    """Of everything that config.start has begun: nobody else says where mail is caught."""
    found = []
    for process in psutil.Process(pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # one that had little to do
            found.append(process.environ())
    return [environment for environment in found if "MAIL_PORT" in environment]
