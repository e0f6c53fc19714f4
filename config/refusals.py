"""What a deployment must not start with: one clear line each, before anything runs."""

import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import SplitResult, urlsplit

import psycopg
from environs import Env, EnvError

from config.mail import mailers_from_url

LOOPBACK = ("localhost", "127.0.0.1", "::1")
MINIMUM_SECRET_LENGTH = 50  # characters, as Django's own deployment check asks


def unreadable(env: Env) -> Iterator[str]:
    """What cannot be understood, each said in a line that does not repeat the value."""
    typed = {
        "DATABASE_URL": env.dj_db_url,
        "DATABASE_POOL_SIZE": env.int,
        "TRUSTED_PROXY_COUNT": env.int,
        "CLOCK_OFFSET": env.int,
        "SECURE_SSL_REDIRECT": env.bool,
        "DEBUG": env.bool,
        "DEMO": env.bool,
        "WORKER": env.bool,
        "LOG_LEVEL": env.log_level,
    }
    if env.str("MIGRATE_DATABASE_URL", default=""):
        typed["MIGRATE_DATABASE_URL"] = env.dj_db_url
    for name, read in typed.items():
        try:
            read(name, default=None)
        except EnvError as error:
            yield str(error)
    try:
        mailers_from_url(env.str("EMAIL_URL", default=""))
    except ValueError:
        yield "EMAIL_URL cannot be read."


def refusals(env: Env) -> list[str]:
    """Every reason why this environment is unsafe to serve patients from."""
    hosts: list[str] = env.list("ALLOWED_HOSTS", default=[])
    checks = [
        *_secret_keys(env),
        (env.bool("DEBUG", default=False), "DEBUG is on. Unset it."),
        (
            not hosts or any("*" in host for host in hosts),
            "ALLOWED_HOSTS must list your own host names, without wildcards.",
        ),
        (
            env.bool("DEMO", default=False),
            "DEMO is on: demo accounts have a public password. Unset it.",
        ),
        (env.int("CLOCK_OFFSET", default=0) != 0, "CLOCK_OFFSET moves the clock. Unset it."),
        (not env.str("DATABASE_URL", default=""), "DATABASE_URL is missing."),
        (
            not _are_two_roles(env),
            "MIGRATE_DATABASE_URL and DATABASE_URL must name two roles of one database.",
        ),
        (not env.str("REDIS_URL", default=""), "REDIS_URL is missing."),
        (not env.str("EMAIL_URL", default=""), "EMAIL_URL is missing."),
        (
            not _is_a_site(env.str("SITE_URL", default="")),
            "SITE_URL must be the https:// address that people open, and nothing behind its host.",
        ),
        (
            not _is_private(env.str("REMINDERS_PING_URL", default="")),
            "REMINDERS_PING_URL must be an https:// address, or one of this machine.",
        ),
        (
            not _is_a_contact(env.str("SECURITY_CONTACT", default="")),
            "SECURITY_CONTACT must be a mailto: address, or an https:// address of a page.",
        ),
    ]
    return [reason for wrong, reason in checks if wrong]


def _secret_keys(env: Env) -> Iterator[tuple[bool, str]]:
    key = env.str("SECRET_KEY", default="")
    earlier: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
    yield (
        len(key) < MINIMUM_SECRET_LENGTH,
        f"SECRET_KEY is missing or shorter than {MINIMUM_SECRET_LENGTH} characters.",
    )
    yield (
        any(len(one) < MINIMUM_SECRET_LENGTH for one in earlier),
        f"SECRET_KEY_FALLBACKS holds one shorter than {MINIMUM_SECRET_LENGTH} characters.",
    )


def _is_a_site(url: str) -> bool:
    """Scheme and host alone: the proxy answers what is written here and nothing below it."""
    parts = _parts(url)
    if parts is None or parts.scheme != "https" or not parts.hostname:
        return False
    return not (parts.path or parts.query or parts.fragment)


def _is_a_contact(url: str) -> bool:
    """None at all, or one line that a person can follow."""
    if not url:
        return True
    parts = _parts(url)
    if parts is None or not url.isascii() or not url.isprintable() or " " in url:
        return False
    return (parts.scheme == "https" and bool(parts.hostname)) or (
        parts.scheme == "mailto" and "@" in parts.path.strip("@")
    )


def _parts(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


def _is_private(url: str) -> bool:
    """None at all, TLS, or it does not leave this machine."""
    parts = _parts(url)
    if parts is None:
        return False
    here = parts.scheme == "http" and parts.hostname in LOOPBACK
    return not url or here or (parts.scheme == "https" and bool(parts.hostname))


def _are_two_roles(env: Env) -> bool:
    """Whether the tables' owner, where it is named, is someone else at the same database."""
    if not env.str("MIGRATE_DATABASE_URL", default=""):
        return True
    owner, application = env.dj_db_url("MIGRATE_DATABASE_URL"), env.dj_db_url("DATABASE_URL")
    return bool(owner["NAME"] == application["NAME"] and owner["USER"] != application["USER"])


def refuse_unsafe(env: Env) -> None:
    """Exit with one line per reason; SystemExit so that no traceback hides them."""
    if reasons := list(unreadable(env)) or refusals(env):
        sys.exit("\n".join(f"Refusing to start: {reason}" for reason in reasons))


# What the application's role must not be able to do, each in words.
POWERS = """
SELECT
    CASE WHEN rolsuper THEN 'is a superuser' END,
    CASE WHEN rolcreaterole THEN 'may make roles' END,
    CASE WHEN EXISTS (
        SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace
            AND pg_has_role(current_user, relowner, 'MEMBER')
    ) THEN 'owns tables' END,
    CASE WHEN has_schema_privilege('public', 'CREATE') THEN 'may make tables' END,
    CASE WHEN EXISTS (
        SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace
            AND relkind IN ('r', 'p') AND has_table_privilege(oid, 'TRUNCATE, TRIGGER')
    ) THEN 'may empty tables' END
FROM pg_roles WHERE rolname = current_user
"""
PATIENCE = 3  # seconds


def powers(database: dict[str, Any]) -> list[str]:
    """What the role in DATABASE_URL may do too much; nothing where no database answers."""
    given = {
        "dbname": database["NAME"],
        "user": database["USER"],
        "password": database["PASSWORD"],
        "host": database["HOST"],
        "port": database["PORT"],
        "connect_timeout": PATIENCE,
        **database.get("OPTIONS", {}),
    }
    try:
        with psycopg.connect(**{key: value for key, value in given.items() if value}) as role:
            return [power for power in role.execute(POWERS).fetchone() or () if power]
    except psycopg.Error:
        return []


def refuse_powerful_role(database: dict[str, Any]) -> None:
    """Exit if someone who takes the application over could switch the database's rules off."""
    if found := powers(database):
        sys.exit(
            f"Refusing to start: the role in DATABASE_URL {', '.join(found)}. Give the"
            " application a role of its own: docs/operating.md, “Two database roles”."
        )
