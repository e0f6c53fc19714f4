"""Production says in one line what is wrong, and does not start."""

import os
import subprocess
import sys

import pytest

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
        ({"SITE_URL": "http://clinic.example"}, "SITE_URL"),
        ({"SITE_URL": "https://clinic.example/"}, "SITE_URL"),
        ({"SITE_URL": "https://clinic.example/exercises"}, "SITE_URL"),
        ({"SITE_URL": "https://[nonsense"}, "SITE_URL"),
        ({"SECURITY_CONTACT": "security@clinic.example"}, "SECURITY_CONTACT"),
        ({"SECURITY_CONTACT": "tel:+44-20-7946-0000"}, "SECURITY_CONTACT"),
        ({"SECURITY_CONTACT": "mailto:a@clinic.example b"}, "SECURITY_CONTACT"),
        ({"SECURITY_CONTACT": "http://clinic.example/security"}, "SECURITY_CONTACT"),
        ({"EMAIL_URL": ""}, "EMAIL_URL"),
        ({"EMAIL_URL": "smtp://mail.example:port"}, "EMAIL_URL"),
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
