"""How mail leaves, and who it says it is from: EMAIL_URL, DEFAULT_FROM_EMAIL, MESSAGE_ID_DOMAIN."""

import math
import re
from email.errors import ObsoleteHeaderDefect
from email.headerregistry import Address, HeaderRegistry
from importlib.util import find_spec
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from accounts import mail_addresses
from accounts.mail_addresses import NotAnAddress
from config.environment import Mistake

TIMEOUT_SECONDS = 10
LONGEST_TIMEOUT = (
    240  # seconds, below outbox.models.LEASE: a row must not outlive its worker's hold
)
MOST_CONNECTIONS = 100

SCHEMES = {
    "smtp": {"use_tls": False, "use_ssl": False, "port": 25},
    "smtp+tls": {"use_tls": True, "use_ssl": False, "port": 587},
    "smtps": {"use_tls": False, "use_ssl": True, "port": 465},
}
OPTIONS = {"timeout", "connections"}  # in the query of these
BACKEND = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)+")
# They take a message in and send it nowhere: every row would count as sent.
SILENT = ("console", "dummy", "filebased", "locmem")

HOST = re.compile(r"\w(?:[\w.-]*\w)?\.?")
DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))*", re.IGNORECASE)

# Ours, on this machine: a mail server of the internet refuses it.
HERE = "localhost"


# --- EMAIL_URL


def mailers_from_url(url: str) -> dict[str, dict[str, Any]]:
    """``smtp+tls://user:password@host:587`` as a MAILERS setting. Raises Mistake.

    Schemes: ``smtp`` (plain), ``smtp+tls`` (STARTTLS), ``smtps`` (TLS from the
    start). ``?timeout=`` is in seconds, ``?connections=`` how many a worker opens at
    most. Any other scheme is a dotted path to a
    Django e-mail backend and its query the backend's options, so that an API
    provider's backend can be named: ``anymail.backends.mailgun.EmailBackend://?api_key=…``.
    """
    if not url.isprintable() or " " in url:
        raise Mistake("holds a space or a line break")
    scheme, slashes, _rest = url.partition("://")
    try:
        parts = urlsplit(url)
        query = {
            key: values[-1] for key, values in parse_qs(parts.query, keep_blank_values=True).items()
        }
    except ValueError as error:
        raise Mistake("cannot be read") from error
    if scheme in SCHEMES and slashes:
        options = _smtp(scheme, parts, query)
        return {"default": {"BACKEND": "outbox.transport.EmailBackend", "OPTIONS": options}}
    if not slashes or not _is_a_backend(scheme):
        raise Mistake(
            "must begin with smtp+tls://, smtps:// or smtp://,"
            " or with the path of an e-mail backend that is installed"
        )
    return {"default": {"BACKEND": scheme, "OPTIONS": query}}


def is_silent(mailers: dict[str, dict[str, Any]]) -> bool:
    """Whether these take messages in and send them nowhere."""
    backend: str = mailers["default"]["BACKEND"]
    return backend.startswith(tuple(f"django.core.mail.backends.{name}." for name in SILENT))


def _smtp(scheme: str, parts: SplitResult, query: dict[str, str]) -> dict[str, Any]:
    if parts.path.strip("/") or parts.fragment:
        raise Mistake(
            "has something behind its host: in a user name or a password"
            " / is written %2F, ? %3F, # %23 and @ %40"
        )
    if query.keys() - OPTIONS:
        raise Mistake("has an option behind its ? that is neither timeout nor connections")
    if bool(parts.username) != bool(parts.password):
        raise Mistake("names a user without a password, or a password without a user")
    options = {
        **SCHEMES[scheme],
        "host": _host(parts),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "timeout": _number(query, "timeout", TIMEOUT_SECONDS, LONGEST_TIMEOUT),
    }
    if "connections" in query:
        options["connections"] = int(_number(query, "connections", 1, MOST_CONNECTIONS, whole=True))
    if port := _port(parts):
        options["port"] = port
    return options


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if not host:
        raise Mistake("names no host")
    if not HOST.fullmatch(host) and not _is_ip(host):
        raise Mistake("names a host that cannot be one")
    return host


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _port(parts: SplitResult) -> int | None:
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0 or parts.netloc.endswith(":"):
        raise Mistake("names a port that is no number from 1 to 65535")
    return port


def _number(
    query: dict[str, str], name: str, default: float, most: float, *, whole: bool = False
) -> float:
    try:
        number = float(query.get(name, default))
    except ValueError:
        number = math.nan
    if not 0 < number <= most or (whole and not number.is_integer()):
        raise Mistake(f"has a {name} that is no {'whole ' * whole}number up to {most:g}")
    return number


def _is_a_backend(path: str) -> bool:
    """Whether its module is there. It is loaded once settings are: ``outbox.apps``."""
    if not BACKEND.fullmatch(path):
        return False
    try:
        return find_spec(path.rpartition(".")[0]) is not None
    except ImportError:
        return False


# --- the sender


def sender_from(typed: str) -> str:
    """DEFAULT_FROM_EMAIL as it stands in a letter: one address, and a name. Raises Mistake.

    A comma parts addresses, so a name that holds one is quoted; other names need no quotes,
    and get them here where a header needs them.
    """
    if not typed.isprintable():
        raise Mistake("holds a line break or another control character")
    header: Any = HeaderRegistry()("From", typed)  # the stubs know no kinds of headers
    defects = [one for one in header.defects if not isinstance(one, ObsoleteHeaderDefect)]
    if "@" not in typed:
        raise Mistake("holds no e-mail address")
    if len(header.addresses) != 1 or header.groups[0].display_name is not None:
        raise Mistake(
            "is not one address; around a name with a comma or a colon"
            ' stand double quotes, "Practice North, Physiotherapy" <no-reply@example.org>'
        )
    [address] = header.addresses
    if not address.username.isascii():
        raise Mistake("has letters with accents, or of another script, before its @")
    if defects:
        raise Mistake("cannot be read: it is a name, and after it one address in < and >")
    return str(Address(address.display_name, addr_spec=_spelled(address.addr_spec)))


def _spelled(address: str) -> str:
    if address.endswith(f"@{HERE}"):
        return address
    try:
        return mail_addresses.read(address)
    except NotAnAddress as error:
        if error.flaw == NotAnAddress.Flaw.NO_DOMAIN:
            raise Mistake("has no domain with a full stop in it after its @") from error
        raise Mistake("holds an address that mail servers do not take") from error


def is_of_this_machine(sender: str) -> bool:
    """Whether no other machine could answer it."""
    return sender.rstrip(">").endswith(f"@{HERE}")


def check_domain(domain: str) -> None:
    """Raises Mistake for what cannot be the right-hand side of a Message-ID."""
    if not DOMAIN.fullmatch(domain):
        raise Mistake("must be a domain, and nothing else")
