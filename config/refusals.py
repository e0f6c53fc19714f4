"""What a deployment must not start with: one clear line each, before anything runs."""

import sys
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import SplitResult, urlsplit

import psycopg
from environs import Env, EnvError

from config.environment import Mistake
from config.mail import check_domain, is_of_this_machine, is_silent, mailers_from_url, sender_from
from config.site import check_site

LOOPBACK = ("localhost", "127.0.0.1", "::1")
MINIMUM_SECRET_LENGTH = 50  # characters, as Django's own deployment check asks
# A right one of each, for whoever reads what is wrong with theirs.
EXAMPLES = {
    "SITE_URL": "https://exercises.example.org",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
    "DEFAULT_FROM_EMAIL": "Homestretch <no-reply@example.org>",
    "MESSAGE_ID_DOMAIN": "example.org",
}
NEEDED_FOR_MAIL = ("SITE_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL")


def unreadable(env: Env) -> Iterator[str]:
    """What cannot be understood, each said in a line that does not repeat the value."""
    typed = {
        "DATABASE_URL": env.dj_db_url,
        "MIGRATE_DATABASE_URL": env.dj_db_url,
        "DATABASE_POOL_SIZE": env.int,
        "TRUSTED_PROXY_COUNT": env.int,
        "CLOCK_OFFSET": env.int,
        "SECURE_SSL_REDIRECT": env.bool,
        "DEBUG": env.bool,
        "DEMO": env.bool,
        "WORKER": env.bool,
        "LOG_LEVEL": env.log_level,
    }
    for name, read in typed.items():
        try:
            if env.str(name, default=""):
                read(name)
        except EnvError as error:
            yield str(error)
    yield from _mistakes(
        env,
        SITE_URL=lambda url: check_site(url, schemes=("https", "http"), may_end_in_slash=True),
        EMAIL_URL=mailers_from_url,
        DEFAULT_FROM_EMAIL=sender_from,
        MESSAGE_ID_DOMAIN=check_domain,
    )


def _mistakes(env: Env, **checks: Callable[[str], object]) -> Iterator[str]:
    """What is wrong with each of these that is set, and what a right one looks like."""
    for name, check in checks.items():
        try:
            if value := env.str(name, default=""):
                check(value)
        except Mistake as mistake:
            yield f"{name} {mistake}. For example: {EXAMPLES[name]}"


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
        *((not env.str(name, default=""), _missing(name)) for name in NEEDED_FOR_MAIL),
        (
            not _is_private(env.str("REMINDERS_PING_URL", default="")),
            "REMINDERS_PING_URL must be an https:// address, or one of this machine.",
        ),
        (
            not _is_a_contact(env.str("SECURITY_CONTACT", default="")),
            "SECURITY_CONTACT must be a mailto: address, or an https:// address of a page.",
        ),
    ]
    return [
        *(reason for wrong, reason in checks if wrong),
        *_mistakes(env, SITE_URL=_opened, EMAIL_URL=_sends, DEFAULT_FROM_EMAIL=_can_be_answered),
    ]


def _missing(name: str) -> str:
    return f"{name} is missing. For example: {EXAMPLES[name]}"


def _opened(url: str) -> None:
    """Scheme and host alone: the proxy answers what is written here and nothing below it."""
    check_site(url, schemes=("https",))


def _sends(url: str) -> None:
    if is_silent(mailers_from_url(url)):
        raise Mistake("names a backend that sends nothing")


def _can_be_answered(sender: str) -> None:
    if is_of_this_machine(sender_from(sender)):
        raise Mistake("has an address of this machine alone, which mail servers refuse")


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
    if not env.str("MIGRATE_DATABASE_URL", default="") or not env.str("DATABASE_URL", default=""):
        return True
    owner, application = env.dj_db_url("MIGRATE_DATABASE_URL"), env.dj_db_url("DATABASE_URL")
    return bool(owner["NAME"] == application["NAME"] and owner["USER"] != application["USER"])


def refuse_unsafe(env: Env) -> None:
    """Exit with one line per reason, in a deployment."""
    _exit_for(list(unreadable(env)) or refusals(env))


def refuse_unreadable(env: Env) -> None:
    """Exit with one line per reason, where nothing need be safe."""
    _exit_for(list(unreadable(env)))


def _exit_for(reasons: list[str]) -> None:
    """SystemExit, so that no traceback hides them."""
    if reasons:
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
