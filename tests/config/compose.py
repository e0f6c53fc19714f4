"""docker-compose.yml as Compose would read it."""

import os
import re
import secrets
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("migrate", "web", "letters", "worker", "beat")
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


def filled(text: str, given: dict[str, str]) -> str:
    """Replace ``${NAME:-default}`` and ``$$`` as Compose does; a missing ``:?`` one fails."""

    def value(match: re.Match[str]) -> str:
        name, kind, rest = match.groups()
        if kind == "?":
            return given[name]
        return given.get(name) or rest or ""

    return VARIABLE.sub(value, text).replace("$$", "$")


def example() -> dict[str, str]:
    """The variables of .env.example that are set there."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def sound() -> dict[str, str]:
    """What a deployment needs to start, with this machine's database and broker."""
    return example() | {
        "DJANGO_SETTINGS_MODULE": "config.settings.prod",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "REDIS_URL": os.environ["REDIS_URL"],
        "PATH": os.environ["PATH"],
    }


def offered() -> set[str]:
    """Every variable that .env.example names, set or commented out."""
    return set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
