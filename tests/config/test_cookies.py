"""In a deployment every cookie that means something is held to this one site, over TLS."""

import os
import subprocess
import sys

from tests.config.compose import ROOT

SAY = "import config.settings.prod as s; print(s.DEVICE_COOKIE_NAME, s.SESSION_COOKIE_SECURE)"
DEPLOYED = {
    "DJANGO_SETTINGS_MODULE": "config.settings.prod",
    "SITE_URL": "https://clinic.example",
    "ALLOWED_HOSTS": "clinic.example",
    "EMAIL_URL": "smtp://mail.example",
    "DEFAULT_FROM_EMAIL": "no-reply@clinic.example",
    "SECRET_KEY": "Kq7vXw2nRb9tYs4mJd6hLg3fPc8zTe5aWu1iOo0xNyVbQkCjDr",
}


def test_the_cookie_of_a_known_device_is_held_to_this_host():
    """By its prefix, a browser takes it only with Secure, for the whole site, of this host."""
    environment = {**os.environ, **DEPLOYED}
    command = [sys.executable, "-c", SAY]
    said = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    assert said.stdout.decode().split() == ["__Host-device", "True"]
