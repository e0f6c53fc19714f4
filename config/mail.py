"""EMAIL_URL to Django's MAILERS."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TIMEOUT_SECONDS = 10

SCHEMES = {
    "smtp": {"use_tls": False, "use_ssl": False, "port": 25},
    "smtp+tls": {"use_tls": True, "use_ssl": False, "port": 587},
    "smtps": {"use_tls": False, "use_ssl": True, "port": 465},
}


def mailers_from_url(url: str) -> dict[str, dict[str, Any]]:
    """``smtp+tls://user:password@host:587`` as a MAILERS setting.

    Schemes: ``smtp`` (plain), ``smtp+tls`` (STARTTLS), ``smtps`` (TLS from the
    start). ``?timeout=`` is in seconds, ``?connections=`` how many a worker opens at
    most. Any other scheme is a dotted path to a
    Django e-mail backend and its query the backend's options, so that an API
    provider's backend can be named: ``anymail.backends.mailgun.EmailBackend://?api_key=…``.
    """
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    scheme = url.partition("://")[0]
    if scheme not in SCHEMES:
        return {"default": {"BACKEND": scheme, "OPTIONS": query}}
    options = {
        **SCHEMES[scheme],
        "host": parts.hostname or "localhost",
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "timeout": float(query.get("timeout", TIMEOUT_SECONDS)),
    }
    if "connections" in query:
        options["connections"] = int(query["connections"])
    if parts.port:
        options["port"] = parts.port
    return {"default": {"BACKEND": "outbox.transport.EmailBackend", "OPTIONS": options}}
