"""The monitor outside hears of each tick, once a minute, and slows nobody down."""

import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from config.celery_app import app
from reminders import ping, tasks
from reminders.models import Heartbeat
from tests.journeys.stack import free_port

pytestmark = pytest.mark.django_db


class Monitor(BaseHTTPRequestHandler):
    """Notes what it was asked; answers with the server's status."""

    def do_GET(self) -> None:
        self.server.calls.append(self.path)
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args) -> None:
        """Quietly."""


@pytest.fixture
def monitor(settings) -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), Monitor)
    server.calls, server.status = [], 200
    Thread(target=server.serve_forever, daemon=True).start()
    settings.REMINDERS_PING_URL = f"http://127.0.0.1:{server.server_port}/a-key"
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def rung(broker_alone: None) -> Callable[[], list[str]]:
    """The tasks that have been rung for since the last look."""

    def look() -> list[str]:
        with app.connection_for_write() as connection:
            return [*taken(connection, "reminders"), *taken(connection, "default")]

    look()
    return look


def taken(connection, name: str) -> Iterator[str]:
    with connection.SimpleQueue(name) as queue, suppress(queue.Empty):
        while True:
            message = queue.get_nowait()
            message.ack()
            yield message.headers["task"]


def test_a_tick_rings_for_the_monitor_in_another_queue(monitor, rung):
    tasks.tick()
    # Tests beside this one publish to the same broker: more of the first may lie there.
    assert set(rung()) == {"reminders.tasks.deliver", "reminders.tasks.ping_monitor"}
    assert monitor.calls == []


def test_without_an_address_nobody_is_called(settings, rung):
    settings.REMINDERS_PING_URL = ""
    tasks.tick()
    assert set(rung()) == {"reminders.tasks.deliver"}


def test_he_is_called_once_a_minute_with_nothing_but_the_address(monitor):
    assert ping.ping() is True
    tasks.ping_monitor()
    assert monitor.calls == ["/a-key"]


@pytest.mark.parametrize("status", [404, 500])
def test_one_who_complains_is_only_logged(monitor, caplog, status):
    monitor.status = status
    assert ping.ping() is False
    [line] = [record for record in caplog.records if record.name == "reminders"]
    assert (line.getMessage(), line.why) == ("monitor not reached", "HTTPError")
    assert "a-key" not in str(line.__dict__)


def test_one_who_is_away_or_never_answers_is_only_logged(settings, monkeypatch):
    settings.REMINDERS_PING_URL = f"http://127.0.0.1:{free_port()}/"
    assert ping.ping() is False
    monkeypatch.setattr(ping, "PATIENCE", 0.1)
    monkeypatch.setattr(ping.cache, "add", lambda *args, **kwargs: True)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.REMINDERS_PING_URL = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert ping.ping() is False


def test_a_tick_that_fails_calls_nobody(monitor, rung, monkeypatch):
    monkeypatch.setattr(tasks.services, "tick", lambda now: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.tick()
    assert rung() == []
    assert not Heartbeat.objects.exists()
