"""Production says in one line what is wrong, and does not start."""

import os
import subprocess
import sys

import pytest

from config.environment import env
from config.mail import sender_from
from config.refusals import EXAMPLES, refuse_unsafe
from tests.config.compose import ROOT, sound

SOUND = sound()


def check(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY_FALLBACKS": "short"}, "SECRET_KEY_FALLBACKS"),
        ({"SECRET_KEY_FALLBACKS": "a" * 50 + ",short"}, "SECRET_KEY_FALLBACKS"),
        ({"DEBUG": "1"}, "DEBUG"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"DEMO": "1"}, "DEMO"),
        ({"CLOCK_OFFSET": "3600"}, "CLOCK_OFFSET"),
        ({"SITE_URL": "https://clinic.example/exercises"}, "SITE_URL"),
        ({"DEFAULT_FROM_EMAIL": "Reha Nord, Praxis <p@example.org>"}, "double quotes"),
        ({"SECURITY_CONTACT": "security@clinic.example"}, "SECURITY_CONTACT"),
        ({"SECURITY_CONTACT": "tel:+44-20-7946-0000"}, "SECURITY_CONTACT"),
        ({"SECURITY_CONTACT": "mailto:a@clinic.example b"}, "SECURITY_CONTACT"),
        ({"SECURITY_CONTACT": "http://clinic.example/security"}, "SECURITY_CONTACT"),
        ({"EMAIL_URL": "smtp://"}, "EMAIL_URL names no host"),
        ({"EMAIL_URL": "django.core.mail.backends.smtp.Nobody://"}, "a backend that cannot be"),
        ({"EMAIL_URL": "django.core.mail.backends.base.BaseEmailBackend://?a=b"}, "cannot be used"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL"),
        ({"MIGRATE_DATABASE_URL": "nonsense"}, "MIGRATE_DATABASE_URL"),
        ({"MIGRATE_DATABASE_URL": SOUND["DATABASE_URL"]}, "two roles"),
        ({"MIGRATE_DATABASE_URL": "postgresql://owner@/another"}, "two roles"),
        ({"DATABASE_URL": os.environ["MIGRATE_DATABASE_URL"]}, "is a superuser"),
        ({"DEMO": "perhaps"}, "DEMO"),
        ({"CLOCK_OFFSET": "soon"}, "CLOCK_OFFSET"),
        ({"DATABASE_POOL_SIZE": "many"}, "DATABASE_POOL_SIZE"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
        ({"REMINDERS_PING_URL": "http://watch.example/abc"}, "REMINDERS_PING_URL"),
        ({"REMINDERS_PING_URL": "file:///etc/passwd"}, "REMINDERS_PING_URL"),
        ({"REMINDERS_PING_URL": "https://"}, "REMINDERS_PING_URL"),
        ({"REMINDERS_PING_URL": "https://[nonsense"}, "REMINDERS_PING_URL"),
    ],
    ids=str,
)
def test_refuses_with_one_clear_line(change: dict[str, str], named: str) -> None:
    refused = check(SOUND | change)
    assert refused.returncode != 0
    [line] = refused.stderr.splitlines()
    assert named in line


def lines_of(change: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is refused of this environment, without the time that a process takes to start."""
    for name, value in (SOUND | change).items():
        monkeypatch.setenv(name, value)
    try:
        refuse_unsafe(env)
    except SystemExit as refused:
        return str(refused).splitlines()
    return []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"SITE_URL": "http://clinic.example"}, "SITE_URL"),
        ({"SITE_URL": "https://clinic.example/"}, "SITE_URL"),
        ({"SITE_URL": "https://[nonsense"}, "SITE_URL"),
        ({"SITE_URL": ""}, "SITE_URL is missing"),
        ({"SITE_URL": "clinic.example"}, "SITE_URL must begin with"),
        ({"SITE_URL": "https:clinic.example"}, "SITE_URL must begin with"),
        ({"SITE_URL": "https://"}, "SITE_URL names no host"),
        ({"SITE_URL": "https://clinic.example:"}, "SITE_URL names no host"),
        ({"SITE_URL": "https://clinic.example:no"}, "SITE_URL cannot be read"),
        ({"SITE_URL": "https://clinic.example?"}, "SITE_URL must end with its host"),
        ({"SITE_URL": "https://clinic.example#top"}, "SITE_URL must end with its host"),
        ({"SITE_URL": "https://me:secret@clinic.example"}, "SITE_URL must hold no user"),
        ({"SITE_URL": "https://clinic.example "}, "SITE_URL holds a space"),
        ({"SITE_URL": "https://clinic_one.example"}, "SITE_URL names no host"),
        ({"SITE_URL": "https://müller.example"}, "xn--"),
        ({"DEFAULT_FROM_EMAIL": ""}, "DEFAULT_FROM_EMAIL is missing"),
        ({"DEFAULT_FROM_EMAIL": "Reha: Praxis <p@example.org>"}, "double quotes"),
        ({"DEFAULT_FROM_EMAIL": "Reha: p@example.org;"}, "double quotes"),
        ({"DEFAULT_FROM_EMAIL": "a@example.org, b@example.org"}, "not one address"),
        ({"DEFAULT_FROM_EMAIL": "Praxis"}, "DEFAULT_FROM_EMAIL holds no e-mail address"),
        ({"DEFAULT_FROM_EMAIL": "Praxis <>"}, "DEFAULT_FROM_EMAIL holds no e-mail address"),
        ({"DEFAULT_FROM_EMAIL": "p@example"}, "no domain with a full stop"),
        ({"DEFAULT_FROM_EMAIL": "Praxis <p@[192.0.2.1]>"}, "no domain with a full stop"),
        ({"DEFAULT_FROM_EMAIL": "Homestretch <no-reply@localhost>"}, "this machine"),
        ({"DEFAULT_FROM_EMAIL": '"Praxis <p@example.org>'}, "DEFAULT_FROM_EMAIL cannot be read"),
        ({"DEFAULT_FROM_EMAIL": "Praxis <p@example.org"}, "DEFAULT_FROM_EMAIL cannot be read"),
        ({"DEFAULT_FROM_EMAIL": "Praxis p@example.org"}, "DEFAULT_FROM_EMAIL cannot be read"),
        ({"DEFAULT_FROM_EMAIL": "Praxis <p@example..org>"}, "DEFAULT_FROM_EMAIL cannot be read"),
        ({"DEFAULT_FROM_EMAIL": "Praxis <p@exa_mple.org>"}, "mail servers do not take"),
        ({"DEFAULT_FROM_EMAIL": 'Praxis <"p q"@example.org>'}, "mail servers do not take"),
        ({"DEFAULT_FROM_EMAIL": "Praxis <jürgen@example.org>"}, "before its @"),
        ({"DEFAULT_FROM_EMAIL": "Praxis\r\nBcc: x <p@example.org>"}, "line break"),
        ({"MESSAGE_ID_DOMAIN": "https://example.org"}, "MESSAGE_ID_DOMAIN must be a domain"),
        ({"MESSAGE_ID_DOMAIN": "example.org>"}, "MESSAGE_ID_DOMAIN must be a domain"),
        ({"MESSAGE_ID_DOMAIN": "no-reply@example.org"}, "MESSAGE_ID_DOMAIN must be a domain"),
        ({"MESSAGE_ID_DOMAIN": "müller.example"}, "MESSAGE_ID_DOMAIN must be a domain"),
        ({"EMAIL_URL": ""}, "EMAIL_URL"),
        ({"EMAIL_URL": "smtp://mail.example:port"}, "EMAIL_URL names a port"),
        ({"EMAIL_URL": "smtp://mail.example:0"}, "EMAIL_URL names a port"),
        ({"EMAIL_URL": "smtp://mail.example:"}, "EMAIL_URL names a port"),
        ({"EMAIL_URL": "smtp://mail.example:99999"}, "EMAIL_URL names a port"),
        ({"EMAIL_URL": "smtp+tls://:587"}, "EMAIL_URL names no host"),
        ({"EMAIL_URL": "smtps://user:password@"}, "EMAIL_URL names no host"),
        ({"EMAIL_URL": "smtp+tls://user@mail.example"}, "without a password"),
        ({"EMAIL_URL": "smtp+tls://user:12#4@mail.example"}, "%23"),
        ({"EMAIL_URL": "smtp://mail.example,other.example"}, "a host that cannot be one"),
        ({"EMAIL_URL": "smtp://mail.example mail2.example"}, "EMAIL_URL holds a space"),
        ({"EMAIL_URL": "smtp://[nonsense"}, "EMAIL_URL cannot be read"),
        ({"EMAIL_URL": "smtp://mail.example?timeout=soon"}, "EMAIL_URL has a timeout"),
        ({"EMAIL_URL": "smtp://mail.example?timeout=nan"}, "EMAIL_URL has a timeout"),
        ({"EMAIL_URL": "smtp://mail.example?timeout="}, "EMAIL_URL has a timeout"),
        ({"EMAIL_URL": "smtp://mail.example?timeout=-1"}, "EMAIL_URL has a timeout"),
        ({"EMAIL_URL": "smtp://mail.example?connections=0"}, "EMAIL_URL has a connections"),
        ({"EMAIL_URL": "smtp://mail.example?connections=1.5"}, "no whole number"),
        ({"EMAIL_URL": "smtp://mail.example?tiemout=5"}, "neither timeout nor connections"),
        ({"EMAIL_URL": "mail.example.org"}, "EMAIL_URL must begin with"),
        ({"EMAIL_URL": "mail.example.org:587"}, "EMAIL_URL must begin with"),
        ({"EMAIL_URL": "//mail.example.org:587"}, "EMAIL_URL must begin with"),
        ({"EMAIL_URL": "smtp:mail.example.org"}, "EMAIL_URL must begin with"),
        ({"EMAIL_URL": "smpt://mail.example.org"}, "EMAIL_URL must begin with"),
        ({"EMAIL_URL": "anymail.backends.mailgun.EmailBackend://?api_key=a"}, "must begin with"),
        ({"EMAIL_URL": "django.core.mail.backends.console.EmailBackend://"}, "sends nothing"),
    ],
    ids=str,
)
def test_a_sender_that_cannot_send_is_refused(
    change: dict[str, str], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    [line] = lines_of(change, monkeypatch)
    assert line.startswith("Refusing to start: ")
    assert named in line


MAIL = ("EMAIL_URL", "DEFAULT_FROM_EMAIL", "SITE_URL")


@pytest.mark.parametrize("name", MAIL)
def test_a_line_about_mail_shows_a_right_one_and_nothing_of_a_wrong_one(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    [line] = lines_of({name: "smtp://:sesame@"}, monkeypatch)
    assert f"For example: {EXAMPLES[name]}" in line
    assert "sesame" not in line
    assert lines_of({name: EXAMPLES[name]}, monkeypatch) == []


def test_everything_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(lines_of(dict.fromkeys(MAIL, "nonsense"), monkeypatch)) == len(MAIL)


@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "check"],
        ["-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"],
        ["-m", "celery", "--app", "config.celery_app", "worker"],
        ["-m", "celery", "--app", "config.celery_app", "beat"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("url", ["smtp://", "django.core.mail.backends.smtp.Nobody://"])
def test_nothing_starts_with_a_sender_that_cannot_send(command: list[str], url: str) -> None:
    refused = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=SOUND | {"EMAIL_URL": url},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert refused.returncode != 0
    assert "Refusing to start: EMAIL_URL" in refused.stderr


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("p@example.org", "p@example.org"),
        ("<p@example.org>", "p@example.org"),
        ("Praxis <p@example.org>", "Praxis <p@example.org>"),
        ('"Reha Nord, Praxis" <p@example.org>', '"Reha Nord, Praxis" <p@example.org>'),
        ("Dr. Nord & Co. <p@example.org>", '"Dr. Nord & Co." <p@example.org>'),
        ("Praxis Müller <p@example.org>", "Praxis Müller <p@example.org>"),
    ],
)
def test_a_sender_is_read_as_it_is_meant(typed: str, kept: str) -> None:
    assert sender_from(typed) == kept


@pytest.mark.parametrize(
    "change",
    [
        {"DEFAULT_FROM_EMAIL": "Praxis <p@müller.example>"},
        {"EMAIL_URL": "smtps://me%40example.org:p%23ss@mail.example:465?timeout=2.5&connections=4"},
        {"EMAIL_URL": "smtp://[::1]:25"},
        {"EMAIL_URL": "smtp://mail_catcher:1025/"},
        {"SITE_URL": "https://clinic.example:8443"},
        {"SITE_URL": "https://xn--mller-kva.example"},
        {"MESSAGE_ID_DOMAIN": "mail.example.org"},
    ],
    ids=str,
)
def test_what_can_send_may_start(change: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert lines_of(change, monkeypatch) == []


def test_on_the_own_machine_what_cannot_be_read_is_refused_likewise() -> None:
    own = {"DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    refused = check(SOUND | own | {"DEFAULT_FROM_EMAIL": "Praxis", "SITE_URL": "http://a/b"})
    assert [line.split()[3] for line in refused.stderr.splitlines()] == ["SITE_URL", MAIL[1]]
    unset = dict.fromkeys([*MAIL, "MESSAGE_ID_DOMAIN"], "")
    assert check(SOUND | own | unset).returncode == 0
    here = {"SITE_URL": "http://localhost:8000/", "DEFAULT_FROM_EMAIL": "me <me@localhost>"}
    assert check(SOUND | own | here).returncode == 0


def test_an_earlier_secret_key_is_still_known() -> None:
    """What phones have sealed for it, and not sent yet, is opened after a change of the key."""
    said = [sys.executable, "-c", "from config.settings.prod import *; print(SECRET_KEY_FALLBACKS)"]
    earlier = {"SECRET_KEY_FALLBACKS": f"{'a' * 50},{'b' * 50}"}
    done = subprocess.run(
        said, cwd=ROOT, env=SOUND | earlier, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(["a" * 50, "b" * 50])


def test_a_sound_deployment_passes_every_check() -> None:
    passed = check(SOUND, "--deploy", "--fail-level", "WARNING")
    assert passed.returncode == 0, passed.stderr
    assert "no issues" in passed.stdout


@pytest.mark.parametrize(
    "url", ["https://watch.example/abc", "http://127.0.0.1:9000/abc", "http://[::1]:9000/"]
)
def test_a_monitor_is_called_over_tls_or_on_this_machine(url: str) -> None:
    passed = check(SOUND | {"REMINDERS_PING_URL": url})
    assert passed.returncode == 0, passed.stderr


@pytest.mark.parametrize(
    "contact", ["mailto:security@clinic.example", "https://clinic.example/security", ""]
)
def test_a_security_contact_is_an_address_or_a_page(contact: str) -> None:
    passed = check(SOUND | {"SECURITY_CONTACT": contact})
    assert passed.returncode == 0, passed.stderr


EMPTY = ("DEMO", "DEBUG", "CLOCK_OFFSET", "DATABASE_POOL_SIZE", "TRUSTED_PROXY_COUNT", "LOG_LEVEL")


@pytest.mark.parametrize("settings", ["prod", "dev"])
def test_an_empty_value_counts_as_unset(settings: str) -> None:
    module = {"DJANGO_SETTINGS_MODULE": f"config.settings.{settings}"}
    passed = check(SOUND | module | dict.fromkeys(EMPTY, ""))
    assert passed.returncode == 0, passed.stderr
