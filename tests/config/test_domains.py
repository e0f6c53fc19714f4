"""Settings may name a domain in its own letters: what is sent by them is ASCII."""

import json
import os
import subprocess
import sys

import pytest

from config.domains import url_in_ascii

READ = """
import json
from config.settings import prod
print(json.dumps({name: getattr(prod, name) for name in (
    "SITE_URL", "MESSAGE_ID_DOMAIN", "DEFAULT_FROM_EMAIL", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS",
)}))
"""
GIVEN = {
    "SITE_URL": "https://Übungen.example",
    "ALLOWED_HOSTS": "übungen.example,example.org",
    "DEFAULT_FROM_EMAIL": "Praxis Müller <no-reply@MÜLLER.example>",
    "EMAIL_URL": "smtp://mail.example",
    "SECRET_KEY": "k" * 60,
    "MESSAGE_ID_DOMAIN": "",
    "MIGRATE_DATABASE_URL": "",
    "DATABASE_URL": "postgresql://application@127.0.0.1:1/none",
}


def test_a_deployment_reads_them_so():
    python = [sys.executable, "-c", READ]
    done = subprocess.run(
        python, env=os.environ | GIVEN, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "SITE_URL": "https://xn--bungen-2ya.example",
        "MESSAGE_ID_DOMAIN": "xn--bungen-2ya.example",
        "DEFAULT_FROM_EMAIL": "Praxis Müller <no-reply@xn--mller-kva.example>",
        "ALLOWED_HOSTS": ["xn--bungen-2ya.example", "example.org"],
        "CSRF_TRUSTED_ORIGINS": ["https://xn--bungen-2ya.example"],
    }


@pytest.mark.parametrize(
    ("url", "in_ascii"),
    [
        ("http://müller.example:8443", "http://xn--mller-kva.example:8443"),
        ("https://example.org", "https://example.org"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://🦵.example", "https://🦵.example"),  # no such name: it stays, to be refused
    ],
)
def test_a_site(url, in_ascii):
    assert url_in_ascii(url) == in_ascii
