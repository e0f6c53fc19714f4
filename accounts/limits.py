"""Every limit there is: what is counted, for whom, how many in how long.

Counted in PostgreSQL, in one statement: of many at once no more get through than may, and
an emptied cache forgives nothing. docs/limits.md is this table in words; a test compares them.

Use a limit outside any transaction that a refusal rolls back, or the use is forgotten with it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

from accounts.models import LimitUse

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """So many in any stretch of ``window``, for each ``per``."""

    name: str
    what: str
    per: str
    number: int
    window: timedelta


class Reached(Exception):
    """It has been used as often as it may be; ``until`` is when it is free again."""

    def __init__(self, limit: Limit, until: datetime) -> None:
        super().__init__(limit.name)
        self.limit, self.until = limit, until


REFUSALS_KEPT = Limit(
    "refusals_kept", "refused pages that the audit trail keeps", "account", 60, HOUR
)

USE = """
INSERT INTO accounts_limituse AS u (id, name, key, used_at, forgotten_at)
VALUES (gen_random_uuid(), %(name)s, %(key)s, ARRAY[%(now)s::timestamptz], %(forgotten_at)s)
ON CONFLICT (name, key) DO UPDATE SET
    used_at = array(SELECT t FROM unnest(u.used_at) t WHERE t > %(since)s ORDER BY t) || %(now)s::timestamptz,
    forgotten_at = %(forgotten_at)s
WHERE (SELECT count(*) FROM unnest(u.used_at) t WHERE t > %(since)s) < %(number)s
RETURNING 1
"""


def use(limit: Limit, key: str, *, now: datetime) -> None:
    """Count one use for this key, or raise Reached and count nothing.

    ``key`` is what the limit protects or holds back ("ana@example.org"), in one spelling.
    """
    values: dict[str, str | int | datetime] = {
        "name": limit.name,
        "key": _hashed(key),
        "now": now,
        "since": now - limit.window,
        "forgotten_at": now + limit.window,
        "number": limit.number,
    }
    with connection.cursor() as cursor:
        cursor.execute(USE, values)
        if cursor.fetchone() is None:
            raise Reached(limit, free_at(limit, key, now=now) or now)


def free_at(limit: Limit, key: str, *, now: datetime) -> datetime | None:
    """When it may be used again; None if that is now. Counts nothing."""
    row = LimitUse.objects.filter(name=limit.name, key=_hashed(key)).first()
    recent = sorted(at for at in row.used_at if at > now - limit.window) if row else []
    return recent[-limit.number] + limit.window if len(recent) >= limit.number else None


def give_back(limit: Limit, key: str, *, used_at: datetime) -> None:
    """Count the use of that moment no longer: what was tried was right."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_limituse SET used_at = array_remove(used_at, %s)"
            " WHERE name = %s AND key = %s",
            [used_at, limit.name, _hashed(key)],
        )


def forget_old(*, now: datetime) -> None:
    """Drop what counts no longer."""
    LimitUse.objects.filter(forgotten_at__lte=now).delete()


def _hashed(key: str) -> str:
    return salted_hmac("accounts.limits", key, algorithm="sha256").hexdigest()
