"""One JSON object a line: when, how bad, where, what, which request."""

import json
import logging
import re
from datetime import UTC, datetime

from config.middleware import current_request_id

# Where PostgreSQL begins to quote values, which may have many lines; up to the next traceback.
VALUES = re.compile(
    r"(DETAIL|CONTEXT|LINE \d+):.*?(?=\n\n(?:The above exception|During handling)|\Z)", re.DOTALL
)

STANDARD = set(logging.makeLogRecord({}).__dict__) | {
    "message",
    "asctime",
    "request",
    "server_time",
}

# What the web server says of a request, without the address and the line that follow.
GUNICORN = ("Invalid request", "Error handling request")


class JsonLines(logging.Formatter):
    """Formats a record with its request id and any ``extra`` that is a plain value."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, str | int | float | None] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
            "request_id": current_request_id.get(),
        }
        line |= {
            key: value
            for key, value in record.__dict__.items()
            if key not in STANDARD and isinstance(value, str | int | float | bool | None)
        }
        if _is_of_the_caller(record):
            line["level"] = "warning"
        elif record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps({key: _without_values(value) for key, value in line.items()})


def _without_values[T](said: T) -> T | str:
    """What the database refused is a person's data: its rule and the table are enough."""
    return VALUES.sub(r"\1: left out", said) if isinstance(said, str) else said


def _is_of_the_caller(record: logging.LogRecord) -> bool:
    """A request that cannot be: nothing of ours is broken, and what it says is a stranger's."""
    status = getattr(record, "status_code", 0)
    return 400 <= status < 500 and bool(record.exc_info)


def _message(record: logging.LogRecord) -> str:
    """Say the route and what was wrong; never a path, which carries tokens, nor what a caller
    wrote instead of a host, an origin or a request: it may hold anything."""
    message = record.getMessage()
    if record.name == "gunicorn.error":
        return next((short for short in GUNICORN if message.startswith(short)), message)
    request = getattr(record, "request", None)
    path = getattr(request, "path", "")
    match = getattr(request, "resolver_match", None)
    route = f"/{match.route}" if match else "(unknown)"
    if _is_of_the_caller(record) and record.exc_info and record.exc_info[0]:
        return f"{record.exc_info[0].__name__}: {route}"
    if record.name == "django.security.csrf" and isinstance(record.args, tuple):
        reason = str(record.args[0]).partition(" - ")[0]  # "Origin checking failed"
        return f"{reason}: {route}"
    if len(path) < 2:
        return message
    # Django writes the letters that are not plain ASCII as escapes.
    escaped = path.encode("unicode_escape").decode("ascii")
    return message.replace(path, route).replace(escaped, route)
