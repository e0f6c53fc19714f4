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
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps({key: _without_values(value) for key, value in line.items()})


def _without_values[T](said: T) -> T | str:
    """What the database refused is a person's data: its rule and the table are enough."""
    return VALUES.sub(r"\1: left out", said) if isinstance(said, str) else said


def _message(record: logging.LogRecord) -> str:
    """Django's own lines about a request name its path, and paths carry tokens: say the route."""
    message = record.getMessage()
    request = getattr(record, "request", None)
    path = getattr(request, "path", "")
    if len(path) < 2:
        return message
    match = getattr(request, "resolver_match", None)
    route = f"/{match.route}" if match else "(unknown)"
    # Django writes the letters that are not plain ASCII as escapes.
    escaped = path.encode("unicode_escape").decode("ascii")
    return message.replace(path, route).replace(escaped, route)
