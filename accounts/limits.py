"""Every limit there is: what is counted, for whom, how many in how long.

Counted in PostgreSQL, in one statement: of many at once no more get through than may, and
an emptied cache forgives nothing. docs/limits.md is this table in words; a test compares them.

Use a limit outside any transaction that a refusal rolls back, or the use is forgotten with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.db import connection
from django.utils.crypto import salted_hmac

from accounts.models import LimitUse
from accounts.tokens import VALID_FOR as INVITED_FOR

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """So many in any stretch of ``window``, for each ``per``."""

    name: str
    what: str
    per: str
    number: int
    window: timedelta


# Whom a limit counts. An address is counted as the account that it may have. Once a device has
# signed in to that account, it is counted by itself instead: nobody else can use its tries up.
ADDRESS = "address, or device known to its account"
ACCOUNT, CODE, NETWORK = "account", "code", "network"
CLINIC, RECIPIENT, INVITATION = "clinic", "recipient", "invitation"
QUESTION = "question"  # to one browser

LIMITS = (
    PASSWORD := Limit("password", "wrong passwords", ADDRESS, 5, 15 * MINUTE),
    PASSWORD_DAY := Limit("password_day", "wrong passwords", ADDRESS, 30, DAY),
    PASSWORD_NETWORK := Limit("password_network", "wrong passwords", NETWORK, 100, HOUR),
    CODE_ASKED := Limit("code_asked", "codes asked for", ADDRESS, 5, 15 * MINUTE),
    CODE_ASKED_DAY := Limit("code_asked_day", "codes asked for", ADDRESS, 20, DAY),
    CODE_ASKED_NETWORK := Limit("code_asked_network", "codes asked for", NETWORK, 60, HOUR),
    CODE_TRIES := Limit("code_tries", "guesses at one code", CODE, 3, DAY),
    CODE_ONCE := Limit("code_once", "sign-ins by one code", CODE, 1, DAY),
    CODE_WRONG := Limit("code_wrong", "wrong codes", ADDRESS, 10, HOUR),
    CODE_WRONG_DAY := Limit("code_wrong_day", "wrong codes", ADDRESS, 30, DAY),
    CODE_WRONG_NETWORK := Limit("code_wrong_network", "wrong codes", NETWORK, 100, HOUR),
    RESET := Limit("reset", "links for a new password asked for", ADDRESS, 5, HOUR),
    RESET_NETWORK := Limit("reset_network", "links for a new password asked for", NETWORK, 60, HOUR),
    OLD_PASSWORD := Limit("old_password", "wrong old passwords", ACCOUNT, 5, 15 * MINUTE),
    # Nothing can be guessed here: these hold back work, and questions that nobody answers.
    PASSKEY_ASKED_NETWORK := Limit("passkey_asked_network", "beginnings with a passkey", NETWORK, 300, HOUR),
    PASSKEY_NETWORK := Limit("passkey_network", "passkeys that do not fit", NETWORK, 100, HOUR),
    PASSKEY_ONCE := Limit("passkey_once", "answers to one question to a passkey", QUESTION, 1, DAY),
    UNKNOWN_LINK := Limit("unknown_link", "links and codes that do not exist", NETWORK, 30, HOUR),
    # For good: counted on the invitation, which needs no longer memory than its own.
    WRONG_YEARS := Limit("wrong_years", "wrong years of birth", INVITATION, 3, INVITED_FOR),
    FIRST_RUN := Limit("first_run", "tries to set up the first clinic", NETWORK, 20, HOUR),
    # A busy clinic invites 40 new patients a day, and one person may do it for all of them:
    # twice that, and some sent again. Two to an address are usual, five are not asked for.
    INVITATIONS_SENT := Limit("invitations_sent", "invitations sent", ACCOUNT, 100, DAY),
    INVITATIONS_TO := Limit("invitations_to", "invitations received", RECIPIENT, 5, DAY),
    INVITATIONS_OF_CLINIC := Limit("invitations_of_clinic", "invitations sent", CLINIC, 300, DAY),
    # A busy reception shows one to each new patient, and makes some again.
    PHONE_LINKS := Limit("phone_links", "codes shown that sign a phone in", ACCOUNT, 60, HOUR),
    TESTS := Limit("tests", "reminders sent as a test", ACCOUNT, 3, HOUR),
    TESTS_DAY := Limit("tests_day", "reminders sent as a test", ACCOUNT, 10, DAY),
    # A notice says only that someone waits: the twentieth from the same person says what the
    # first did.
    NOTICES := Limit("notices", "notices because of one account", RECIPIENT, 20, DAY),
    ADDRESS_ASKED := Limit("address_asked", "wishes for another address", ACCOUNT, 5, DAY),
    # Whoever had no network for 14 days, and did ten sessions on each, may send them one by one.
    OFFLINE := Limit("offline", "sending what was done without a network", ACCOUNT, 200, HOUR),
    # Counted in the trail itself (accounts.audit). Numbers that are guessed use up nothing of what
    # is kept about a record or clinic that there is.
    REFUSALS_KEPT := Limit("refusals_kept", "refused pages about nothing of others, kept in the trail", ACCOUNT, 60, HOUR),
    REFUSALS_ABOUT := Limit("refusals_about", "refused pages about one record or clinic, kept in the trail", ACCOUNT, 5, HOUR),
)  # fmt: skip


type Use = tuple[Limit, str]  # a limit, and the key it is used for


class Reached(Exception):
    """It has been used as often as it may be; ``until`` is when it is free again."""

    def __init__(self, limit: Limit, until: datetime) -> None:
        super().__init__(limit.name)
        self.limit, self.until = limit, until

    def seconds(self, now: datetime) -> int:
        """How long to wait."""
        return max(1, ceil((self.until - now).total_seconds()))


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


def use_all(uses: Iterable[Use], *, now: datetime) -> None:
    """Count one use of each, or raise Reached, with the longest wait, and count nothing."""
    uses = list(uses)
    done: list[Use] = []
    for limit, key in uses:
        try:
            use(limit, key, now=now)
        except Reached as reached:
            give_back(done, used_at=now)
            raise reached_of(uses, now=now) or reached from None
        done.append((limit, key))


def reached_of(uses: Iterable[Use], *, now: datetime) -> Reached | None:
    """The one of these that is used up for longest; None if all are free. Counts nothing."""
    waits = [(free_at(limit, key, now=now), limit) for limit, key in uses]
    found = [Reached(limit, until) for until, limit in waits if until]
    return max(found, key=lambda reached: reached.until, default=None)


GIVE_BACK = """
UPDATE accounts_limituse u SET used_at =
    used_at[:array_position(used_at, %(at)s::timestamptz) - 1]
    || used_at[array_position(used_at, %(at)s::timestamptz) + 1:]
WHERE name = %(name)s AND key = %(key)s AND %(at)s::timestamptz = ANY (used_at)
"""


def give_back(uses: Iterable[Use], *, used_at: datetime) -> None:
    """Count one use of each at that moment no longer: what was tried was right."""
    with connection.cursor() as cursor:
        for limit, key in uses:
            at: dict[str, str | datetime] = {"name": limit.name, "key": _hashed(key), "at": used_at}
            cursor.execute(GIVE_BACK, at)


def forget_old(*, now: datetime) -> None:
    """Drop what counts no longer."""
    LimitUse.objects.filter(forgotten_at__lte=now).delete()


def _hashed(key: str) -> str:
    return salted_hmac("accounts.limits", key, algorithm="sha256").hexdigest()
