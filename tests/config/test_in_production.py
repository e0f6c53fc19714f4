"""Read once as an attacker would: production settings, real gunicorn, the real proxy before it."""

import http.client
import json
import re
import secrets
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.cookies import Morsel, SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest

from config.settings import base
from tests.config.edge import PATIENCE, Answer, Caddy
from tests.config.installation import Installation, installed
from tests.config.test_proxy import HALF_A_BODY, HALF_A_HEADER
from tests.journeys.stack import wait_until
from tests.pictures.files import picture_file

PROCESSES, THREADS = 1, 4
PASSWORD = secrets.token_urlsafe(16)
# People and one reminder in the installation's own database; what the tests ask for is printed.
FILL = f"""
import json, django
django.setup()
from exercises.models import ExerciseVersion
from reminders import tokens
from tests.cast import make_cast
from tests.exercises.photos import draft_of
from tests.reminders.routes import remind
cast = make_cast()
for user in (cast.clinician, cast.patient):
    user.set_password({PASSWORD!r})
    user.save()
print(json.dumps({{
    "clinician": cast.clinician.email,
    "draft": str(draft_of(cast.clinic).pk),
    "link": "/reminders/" + tokens.make(remind(cast), purpose="open") + "/",
    "record": str(cast.record.pk),
}}))
"""


class Browser:
    """Keeps cookies as a browser does, and what the last answer set."""

    def __init__(self, caddy: Caddy) -> None:
        self.caddy = caddy
        self.jar: SimpleCookie = SimpleCookie()

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        known = "; ".join(f"{name}={one.value}" for name, one in self.jar.items())
        response, content = self.caddy.ask(method, path, body, Cookie=known, **headers)
        for line in response.headers.get_all("Set-Cookie", []):
            self.jar.load(line)
        return response, content

    def send(self, path: str, fields: dict[str, str], page: str = "") -> Answer:
        """A form of a page, with its token."""
        body = urlencode(fields | {"csrfmiddlewaretoken": self.token(page or path)}).encode()
        return self.ask("POST", path, body, **self.form("application/x-www-form-urlencoded"))

    def form(self, content_type: str) -> dict[str, str]:
        return {"Content_Type": content_type, "Origin": f"https://localhost:{self.caddy.port}"}

    def token(self, page: str) -> str:
        _, content = self.ask("GET", page)
        return re.search(rb'csrfmiddlewaretoken" value="(\w+)"', content)[1].decode()

    def sign_in(self, email: str) -> Answer:
        return self.send("/accounts/login/", {"login": email, "password": PASSWORD})


class Site:
    def __init__(self, caddy: Caddy, facts: dict[str, str], log: Path) -> None:
        self.caddy, self.facts, self.log = caddy, facts, log

    @property
    def photos(self) -> str:
        return f"/exercises/drafts/{self.facts['draft']}/photos/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, static_files: None) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    with installed(folder) as installation:
        facts = prepared(installation)
        with Caddy(folder, web=installation.environment["WEB_BIND"]).running() as caddy:
            yield Site(caddy, facts, installation.log("web"))


def prepared(installation: Installation) -> dict[str, str]:
    """Migrated, filled and answering."""
    installation.environment |= {
        "SITE_URL": "https://localhost",
        "ALLOWED_HOSTS": "localhost",
        "SECURITY_CONTACT": "mailto:security@clinic.example",
        "WEB_CONCURRENCY": str(PROCESSES),
        "WEB_THREADS": str(THREADS),
    }
    migrated = installation.run([sys.executable, "manage.py", "migrate"])
    assert migrated.returncode == 0, migrated.stderr
    filled = installation.run([sys.executable, "-c", FILL])
    assert filled.returncode == 0, filled.stderr
    installation.start("web")
    wait_until(lambda: installation.answer("/healthz") == 200, "/healthz")
    return json.loads(filled.stdout.splitlines()[-1])


@pytest.fixture
def guest(site: Site) -> Browser:
    return Browser(site.caddy)


@pytest.fixture
def clinician(guest: Browser, site: Site) -> Browser:
    answered, _ = guest.sign_in(site.facts["clinician"])
    assert answered.status == 302
    return guest


def test_unfinished_requests_stop_nobody(site: Site, guest: Browser) -> None:
    """Three times as many as web has threads, of each kind."""
    with ExitStack() as kept_open:
        for said in (HALF_A_HEADER, HALF_A_BODY, b""):
            for _ in range(3 * PROCESSES * THREADS):
                kept_open.enter_context(site.caddy.connect()).sendall(said)
        answered, content = guest.ask("GET", "/accounts/login/")
    assert answered.status == 200
    assert b"<h1" in content


def test_web_itself_ends_a_wait_within_a_request(site: Site) -> None:
    """Without the proxy too, nobody holds a thread by saying nothing more."""
    host, _, port = site.caddy.environment["WEB"].partition(":")
    with ExitStack() as kept_open:
        connections = [
            kept_open.enter_context(socket.create_connection((host, int(port)), timeout=PATIENCE))
            for _ in range(2)
        ]
        for stalled, said in zip(connections, (HALF_A_HEADER, HALF_A_BODY), strict=True):
            stalled.sendall(said)
        for stalled in connections:
            while stalled.recv(4096):  # an answer to the half that came, or the end at once
                pass


def test_what_a_stranger_writes_for_a_request_is_in_no_line_of_the_log(site: Site) -> None:
    """Nor where it came from; and every line is one that a collector can read."""
    host, _, port = site.caddy.environment["WEB"].partition(":")
    said = ["<ana@example.org>", "GET / ana@example.org", "GET / HTTP/1.1\r\nana@example.org"]
    said.append("GET /accounts/login/ HTTP/1.1\r\nHost: ana@example.org")
    before = len(site.log.read_bytes())
    for request in said:
        with socket.create_connection((host, int(port)), timeout=PATIENCE) as stranger:
            stranger.sendall(f"{request}\r\n\r\n".encode())
            assert b"400" in stranger.recv(4096)
    written = site.log.read_bytes()[before:].decode()
    messages = [json.loads(line)["message"] for line in written.splitlines()]
    assert messages.count("Invalid request") == 3
    assert "DisallowedHost: (unknown)" in messages
    assert "ana@" not in written
    assert host not in written


def uploaded(browser: Browser, site: Site, picture: bytes) -> Answer:
    """Send one photo from the page for them."""
    fields = {"csrfmiddlewaretoken": browser.token(site.photos), "new-0-words": "Lying down"}
    parts = [f'name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
    file = b'name="new-0-file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n' + picture
    mark = b"--boundary\r\nContent-Disposition: form-data; "
    body = b"".join(mark + part + b"\r\n" for part in [*parts, file]) + b"--boundary--\r\n"
    return browser.ask(
        "POST", site.photos, body, **browser.form("multipart/form-data; boundary=boundary")
    )


EVERYWHERE = {
    "Permissions-Policy",
    "Cross-Origin-Resource-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Strict-Transport-Security",
}
ON_PAGES = EVERYWHERE | {
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "X-Frame-Options",
    "X-Request-Id",
}


def is_never_kept(answered) -> bool:
    return "no-store" in answered.headers["Cache-Control"]


def test_the_sign_in_page(guest: Browser) -> None:
    answered, _ = guest.ask("GET", "/accounts/login/")
    assert set(answered.headers) >= ON_PAGES
    assert answered.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answered.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answered.headers["Referrer-Policy"] == "same-origin"
    assert answered.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert is_never_kept(answered)


def test_browsers_may_do_what_our_scripts_use_and_nothing_else(guest: Browser) -> None:
    answered, _ = guest.ask("GET", "/accounts/login/")
    policy = dict(one.split("=") for one in answered.headers["Permissions-Policy"].split(", "))
    allowed = {feature for feature, who in policy.items() if who != "()"}
    assert allowed == set(base.BROWSER_MAY)
    assert {policy[feature] for feature in allowed} == {"(self)"}
    assert {"camera", "microphone", "geolocation", "payment", "usb"} <= set(policy) - allowed


def test_the_page_of_a_reminders_link(guest: Browser, site: Site) -> None:
    answered, content = guest.ask("GET", site.facts["link"])
    assert (answered.status, b"<form" in content) == (200, True)
    assert set(answered.headers) >= ON_PAGES
    assert answered.headers["Referrer-Policy"] == "strict-origin"
    assert is_never_kept(answered)


def test_a_photo(clinician: Browser, site: Site) -> None:
    answered, content = uploaded(clinician, site, picture_file())
    assert answered.status == 302, content
    _, page = clinician.ask("GET", site.photos)
    where = re.search(rb'src="(/exercises/photos/[^"]+)"', page)[1].decode()
    photo, _ = clinician.ask("GET", where)
    assert photo.headers["Content-Type"] == "image/webp"
    assert set(photo.headers) >= ON_PAGES
    assert is_never_kept(photo)
    assert Browser(site.caddy).ask("GET", where)[0].status == 302


def test_a_pdf(clinician: Browser, site: Site) -> None:
    answered, content = clinician.ask("GET", f"/patients/{site.facts['record']}/handout/")
    assert (answered.status, content[:5]) == (200, b"%PDF-")
    assert set(answered.headers) >= ON_PAGES
    assert is_never_kept(answered)


def test_a_static_file(guest: Browser) -> None:
    _, page = guest.ask("GET", "/accounts/login/")
    where = re.search(rb'href="(/static/[^"]+\.css)"', page)[1].decode()
    answered, _ = guest.ask("GET", where)
    assert answered.status == 200
    assert set(answered.headers) >= EVERYWHERE
    assert answered.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert not answered.headers.get_all("Set-Cookie")


def test_a_forms_refusal_is_in_our_own_words(guest: Browser) -> None:
    fields = {"login": "x" * (base.DATA_UPLOAD_MAX_MEMORY_SIZE + 1), "password": PASSWORD}
    answered, content = guest.send("/accounts/login/", fields)
    assert answered.status == 413
    assert b"<h1" in content


def test_a_refusal_waits_for_all_that_is_being_sent(site: Site) -> None:
    """A connection closed over unread bytes is reset, and may take the answer with it."""
    size = base.DATA_UPLOAD_MAX_MEMORY_SIZE
    headers = {"X-Forwarded-Proto": "https", "Host": "localhost", "Connection": "close"}

    def slowly() -> Iterator[bytes]:
        for _ in range(4):
            yield b"x" * (size // 4)
            time.sleep(0.5)  # it has been answered by then

    with closing(http.client.HTTPConnection(site.caddy.environment["WEB"])) as web:
        web.request("POST", "/no-such-page/", slowly(), headers | {"Content-Length": str(size)})
        answered = web.getresponse()
        assert (answered.status, b"<h1" in answered.read()) == (404, True)


def test_security_txt_is_reached(guest: Browser) -> None:
    answered, content = guest.ask("GET", "/.well-known/security.txt")
    assert answered.status == 200
    assert b"Canonical: https://localhost/.well-known/security.txt" in content


def flags(cookie: Morsel) -> tuple[bool, bool, str, str, str]:
    named = [cookie[name] for name in ("secure", "httponly", "samesite", "path", "domain")]
    return bool(named[0]), bool(named[1]), *named[2:]


def test_cookies(clinician: Browser) -> None:
    """Only by TLS, out of scripts' reach, for this host and no other."""
    assert set(clinician.jar) == {"__Host-sessionid", "__Host-csrftoken", "__Host-device"}
    for cookie in clinician.jar.values():
        assert flags(cookie) == (True, True, "Lax", "/", "")


def test_the_cookie_that_says_saved_is_a_scripts_and_goes_by_tls_only(clinician: Browser) -> None:
    _, page = clinician.ask("GET", "/settings/")
    person = re.search(rb'name="person" content="(\w+)"', page)[1].decode()
    clinician.jar["saving"] = f"{person}.one-form"
    answered, _ = clinician.send("/settings/", {"name": "Priya Shah"})
    assert answered.status == 302
    assert flags(clinician.jar["saved"]) == (True, False, "Lax", "/", "")


def test_signing_out(clinician: Browser) -> None:
    answered, _ = clinician.send("/accounts/logout/", {}, page="/settings/")
    assert answered.status == 302
    assert answered.headers["Clear-Site-Data"] == '"cache"'
    assert clinician.jar["__Host-sessionid"].value == ""
