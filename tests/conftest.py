"""Fixtures for every test: the cast, sign-in, and a network that ends at this machine."""

import fcntl
import socket
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.files.storage import storages
from django.core.signals import setting_changed
from django.db import connection
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck, settings

import clock
from accounts import sessions
from config import database
from config.mail import mailers_from_url
from tests import owner, pseudo
from tests.cast import Cast, make_cast
from tests.mail import SmtpServer

# A busy machine is no fault, and what the fixtures made serves all examples of a test. The suite
# tries the same examples each time: `pytest --hypothesis-profile=explore` looks for new ones.
EASY = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
}
settings.register_profile("same", derandomize=True, database=None, **EASY)
settings.register_profile("explore", derandomize=False, **EASY)
settings.load_profile("same")

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
OURS = Path(__file__).resolve().parent.parent


def forget_words(*, setting: str, **_rest: object) -> None:
    """What a process keeps in words holds for one set of languages: it is no business of a test
    that speaks another, nor of the next one."""
    if setting not in {"LANGUAGE_CODE", "LANGUAGES", "LOCALE_PATHS"}:
        return
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None) or ""
        if file.startswith(f"{OURS}/") and "site-packages" not in file:
            for kept in list(vars(module).values()):
                if callable(clear := getattr(kept, "cache_clear", None)):
                    clear()


setting_changed.connect(forget_words)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix) -> Iterator[None]:
    """The owner makes, empties and drops the test database; the tests are the application."""
    if not database.has_owner():
        pytest.exit("Set MIGRATE_DATABASE_URL too: a superuser's, at the server of DATABASE_URL.")
    made = connection.creation
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(made, "create_test_db", owner.owned(made.create_test_db))
        patch.setattr(made, "destroy_test_db", owner.owned(made.destroy_test_db))
        emptied = owner.without_rules(TransactionTestCase._fixture_teardown)
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
        yield


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real servers, all of them here: a connection anywhere else is a defect."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test reached for {address[0]}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test counts or keeps in Redis is no business of the next, nor of a second worker."""
    monkeypatch.setattr(caches["default"], "key_prefix", uuid.uuid4().hex)


@pytest.fixture(autouse=True)
def own_photos(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Each test's photos lie in a folder of its own."""
    folder = tmp_path / "photos"
    files = storages["photos"]
    monkeypatch.setitem(vars(files), "base_location", folder)
    monkeypatch.setitem(vars(files), "location", str(folder))
    return folder


@pytest.fixture
def smtp_server(settings) -> Iterator[SmtpServer]:
    """Mail really leaves by SMTP, to a server of the test's own."""
    server = SmtpServer()
    settings.MAILERS = mailers_from_url(server.url)
    yield server
    server.stop()


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def as_user():
    """A client signed in as somebody: ``as_user(cast.clinician).get(…)``."""

    def signed_in(user) -> Client:
        client = Client()
        client.force_login(user)
        session = client.session  # as the first page would leave it: no test counts that
        staff = user.clinics_as_staff().exists()
        sessions.keep(session, sessions.STAFF if staff else sessions.PATIENT, now=clock.now())
        sessions.note_proof(session, now=clock.now())
        session.save()
        return client

    return signed_in


@pytest.fixture(scope="session")
def made_up_language(tmp_path_factory) -> Path:
    """The folder of a language whose every word is recognised; see ``tests/pseudo.py``."""
    return pseudo.compiled(tmp_path_factory.mktemp("locale"))


@pytest.fixture
def speak(made_up_language: Path, settings) -> None:
    """Everything is said in that language, and in no other."""
    settings.LOCALE_PATHS = [made_up_language]
    settings.LANGUAGES = [(pseudo.CODE, "Made up")]
    settings.LANGUAGE_CODE = pseudo.CODE


@pytest.fixture
def broker_alone() -> Iterator[None]:
    """Of several processes that test at once, only one reads the broker's queues at a time."""
    with (Path(tempfile.gettempdir()) / "homestretch-tests-broker.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
