"""The probes: one never looks at anything, the other at everything."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from reminders.models import Heartbeat
from tests.config.compose import ROOT, sound

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def beat(ago: timedelta = timedelta(0)) -> None:
    Heartbeat.objects.create(name="reminders", beat_at=NOW - ago, done_until=NOW - ago)


@pytest.fixture(autouse=True)
def at_nine():
    with time_machine.travel(NOW, tick=False):
        yield


# Without the mark for the database, so any query fails the test.
def test_healthz_asks_nothing_of_anyone(client, caplog, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["clinic.example"]
    client.cookies[settings.SESSION_COOKIE_NAME] = "somebody's"
    response = client.get("/healthz", headers={"host": "10.0.0.7:8000"})
    assert (response.status_code, response.json()) == (200, {"process": "ok"})
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert caplog.records == []


@pytest.mark.django_db
def test_readyz_when_all_is_well(client):
    beat(timedelta(minutes=2, seconds=59))
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "tick": "ok", "broker": "ok"}


@pytest.mark.parametrize("host", ["10.0.0.7:8000", "elsewhere.example", "clinic.example.evil"])
def test_readyz_answers_our_own_names_only(client, settings, host):
    """Without the mark for the database: a stranger's question does not reach it."""
    settings.ALLOWED_HOSTS = ["clinic.example"]
    response = client.get("/readyz", headers={"host": host})
    assert response.status_code == 400
    assert b"broker" not in response.content


@pytest.mark.django_db
def test_readyz_answers_by_an_allowed_name(client, settings):
    beat()
    settings.ALLOWED_HOSTS = ["clinic.example"]
    assert client.get("/readyz", headers={"host": "clinic.example"}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("ago", [None, timedelta(minutes=3)], ids=["never", "too long ago"])
def test_readyz_when_the_tick_has_stalled(client, caplog, ago):
    if ago:
        beat(ago)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": "ok", "tick": "stalled", "broker": "ok"}
    assert not caplog.records  # who asks reads the answer: no line at each look


@pytest.mark.django_db
def test_readyz_without_a_broker(client, settings):
    beat()
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["broker"] == "unreachable"


@pytest.mark.django_db(transaction=True)
def test_readyz_without_a_database(client, monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": "unreachable", "tick": "unknown", "broker": "ok"}


# The pool's threads go on trying for a while: the process does not wait for them.
ASK_IN_PRODUCTION = """
import os, django
django.setup()
from django.db import connection
from config.health import readyz
response = readyz()
print(response.status_code, connection.pool.timeout, response.content.decode(), flush=True)
os._exit(0)
"""


def test_readyz_in_production_waits_for_a_dead_database_only_for_seconds():
    """Alarms and start scripts ask each few seconds, and each question holds a thread."""
    environment = sound() | {"DATABASE_URL": "postgresql://somebody@127.0.0.1:1/nowhere"}
    asked = subprocess.run(
        [sys.executable, "-c", ASK_IN_PRODUCTION],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    status, patience, answer = asked.stdout.split(maxsplit=2)
    assert status == "503"
    assert json.loads(answer)["database"] == "unreachable"
    assert float(patience) <= 5  # seconds
