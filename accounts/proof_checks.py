"""How somebody signed in shows once more who they are: by their password, or by a fresh code."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.contrib.auth.hashers import check_password
from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext as _

from accounts import codes, letters, limits, waits
from accounts.models import Letter, User

SENT = "confirm_code"  # what the session holds of the code on its way
VALID_FOR = timedelta(minutes=10)


class NotShown(Exception):
    """Its text is a plain sentence for the person who tried."""


def password(user: User, typed: str, *, now: datetime) -> None:
    """Raises NotShown for a wrong one, and after too many."""
    _use(limits.CONFIRM_PASSWORD, str(user.pk), _too_many_tries, now=now)
    # Not user.check_password: it may store the password in a newer way, which ends the session.
    if not user.has_usable_password() or not check_password(typed, user.password):
        raise NotShown(_("This is not your password. Try again."))
    limits.give_back(limits.CONFIRM_PASSWORD, str(user.pk), used_at=now)


def send_code(session: SessionBase, user: User, *, now: datetime) -> None:
    """E-mail a code to the person; an earlier one no longer counts. Raises NotShown."""
    for limit in (limits.CODES_AN_HOUR, limits.CODES_A_DAY):
        _use(limit, str(user.pk), _too_many_codes, now=now)
    code, salt = codes.new_code(), uuid.uuid4().hex
    until = now + VALID_FOR
    session[SENT] = [salt, codes.digest(code, salt), until.timestamp()]
    context = {"code": codes.shown(code), "minutes": VALID_FOR // timedelta(minutes=1)}
    kind = Letter.Kind.SIGN_IN
    letters.post("confirm_code", to=user.email, context=context, kind=kind, now=now, by=None)


def is_code_sent(session: SessionBase, *, now: datetime) -> bool:
    """One was sent that can still be typed."""
    return SENT in session and now < datetime.fromtimestamp(session[SENT][2], UTC)


def code(session: SessionBase, typed: str, *, now: datetime) -> None:
    """Raises NotShown for a wrong one, an old one, and after three tries. It works once."""
    if not is_code_sent(session, now=now):
        session.pop(SENT, None)
        raise NotShown(_("This code has run out. Ask for another one."))
    salt, kept, _until = session[SENT]
    try:
        limits.use(limits.CONFIRM_CODE, salt, now=now)
    except limits.Reached:
        session.pop(SENT)
        words = _("That was the wrong code three times. Ask for another one.")
        raise NotShown(words) from None
    if not codes.is_same(typed, kept, salt):
        raise NotShown(_("This is not the code from our newest e-mail. Look again."))
    session.pop(SENT)


def _use(limit: limits.Limit, key: str, say: Callable[[str], str], *, now: datetime) -> None:
    try:
        limits.use(limit, key, now=now)
    except limits.Reached as reached:
        raise NotShown(say(waits.in_words(reached.until, now=now))) from reached


def _too_many_tries(wait: str) -> str:
    return _("Too many tries. Wait %(time)s, or ask for a code.") % {"time": wait}


def _too_many_codes(wait: str) -> str:
    return _("You have had many codes lately. You can ask for another in %(time)s.") % {
        "time": wait
    }
