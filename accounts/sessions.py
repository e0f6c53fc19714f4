"""How long a sign-in lasts: shorter where one device shows many patients, and longer on a
patient's own phone.

Both limits end up in the session's own expiry, which Django enforces; a visit
moves it on, at most once a minute, so that most requests write nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase

BEGAN, SEEN = "sign_in_began", "sign_in_seen"  # seconds since 1970
STEP = timedelta(minutes=1)
PROVED = "proved_at"  # seconds since 1970
OWN_PHONE = "is_own_phone"
PROOF_FRESH_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class Limits:
    idle: timedelta
    whole: timedelta | None  # None: for as long as it is used

    def left(self, *, began: datetime, seen: datetime, now: datetime) -> timedelta:
        """How long the sign-in may still last from now; zero or less when it is over."""
        if now - seen > self.idle:
            return timedelta(0)
        return self.idle if self.whole is None else min(self.idle, began + self.whole - now)


STAFF = Limits(idle=timedelta(minutes=30), whole=timedelta(hours=12))
PATIENT = Limits(idle=timedelta(days=14), whole=timedelta(days=90))
PATIENT_ON_OWN_PHONE = Limits(idle=timedelta(days=90), whole=None)


def limits_of(session: SessionBase, *, is_staff: bool) -> Limits:
    """Staff are never signed in for long, wherever they are."""
    if is_staff:
        return STAFF
    return PATIENT_ON_OWN_PHONE if is_own_phone(session) else PATIENT


def trust(session: SessionBase) -> None:
    """Whoever is signed in here has shown or said that this is their own phone."""
    session[OWN_PHONE] = True
    forget_age(session)


def trust_no_longer(session: SessionBase) -> None:
    session.pop(OWN_PHONE, None)
    forget_age(session)


def is_own_phone(session: SessionBase) -> bool:
    return session.get(OWN_PHONE, False) is True


def ends_at(session: SessionBase, *, now: datetime) -> datetime:
    """When the sign-in ends if nobody comes back. A visit moves it on."""
    return now + timedelta(seconds=session.get_expiry_age())


def is_fresh(session: SessionBase, *, now: datetime) -> bool:
    """True within a minute of the last look: nothing to do yet."""
    return SEEN in session and timedelta(0) <= now - _read(session, SEEN, now) < STEP


def keep(session: SessionBase, limits: Limits, *, now: datetime) -> bool:
    """Move the session's end on. False if the sign-in has lasted as long as it may."""
    began, seen = _read(session, BEGAN, now), _read(session, SEEN, now)
    left = limits.left(began=began, seen=seen, now=now)
    if left <= timedelta(0):
        return False
    session[BEGAN], session[SEEN] = began.timestamp(), now.timestamp()
    session.set_expiry(int(left.total_seconds()))
    return True


def forget_age(session: SessionBase) -> None:
    """Look again at the next request: the person's role has just changed."""
    session.pop(SEEN, None)


def _read(session: SessionBase, key: str, now: datetime) -> datetime:
    return datetime.fromtimestamp(session.get(key, now.timestamp()), now.tzinfo)


def note_proof(session: SessionBase, *, now: datetime) -> None:
    """They have just shown who they are: every way in ends with this. A sign-in as someone
    else, and a sign-out, empty the session."""
    session[PROVED] = now.timestamp()


def forget_proof(session: SessionBase) -> None:
    """They came in by what someone else made: it shows nothing of who they are."""
    session.pop(PROVED, None)


def is_proof_fresh(session: SessionBase, *, now: datetime) -> bool:
    age: float = now.timestamp() - session.get(PROVED, float("-inf"))
    return 0 <= age <= PROOF_FRESH_FOR.total_seconds()
