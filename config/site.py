"""SITE_URL: where people reach us. Links in e-mail start with it."""

import re
from urllib.parse import SplitResult, urlsplit

from config.environment import Mistake
from config.mail import DOMAIN

SCHEME = re.compile(r"[a-z]+://", re.IGNORECASE)
IPV6 = re.compile(r"[0-9a-f:.]+", re.IGNORECASE)


def check_site(url: str, *, schemes: tuple[str, ...], may_end_in_slash: bool = False) -> None:
    """Raises Mistake for what is not one of these schemes and a host, with nothing behind it."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  raises for what is no port
    except ValueError as error:
        raise Mistake("cannot be read") from error
    if not url.isprintable() or " " in url:
        raise Mistake("holds a space or a line break")
    if parts.scheme not in schemes or not SCHEME.match(url):
        raise Mistake(f"must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}")
    if "@" in parts.netloc:
        raise Mistake("must hold no user and no password")
    if not url.isascii():
        raise Mistake("must spell its host as browsers send it: xn--… for other letters than a–z")
    if not _is_a_host(parts):
        raise Mistake("names no host")
    ends = ("", "/") if may_end_in_slash else ("",)
    if url[len(parts.scheme) + len("://") + len(parts.netloc) :] not in ends:
        raise Mistake("must end with its host: no path, ? or #, and no slash")


def _is_a_host(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    has_port = not parts.netloc.endswith(":") and parts.port != 0
    return has_port and bool(DOMAIN.fullmatch(host) or (":" in host and IPV6.fullmatch(host)))
