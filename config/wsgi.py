import os
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")

READ_PAST = 2 * 1024 * 1024  # bytes that the proxy lets through to a form (config/Caddyfile)
PIECE = 64 * 1024

django_application = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer by Django, then read past what is left of the request.

    A connection that is closed over unread bytes is reset, and a client, or the proxy, may lose
    the answer with it: a page that refuses a large form before reading it would show no words.
    """
    answer = django_application(environ, start_response)
    with suppress(OSError):
        _read_past(environ["wsgi.input"])
    return answer


def _read_past(body: Any) -> None:
    for _ in range(0, READ_PAST, PIECE):
        if not body.read(PIECE):
            return
