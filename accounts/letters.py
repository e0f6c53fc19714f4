"""Write a letter and let it go: sign-in codes, invitations and notices.

Letters never wait behind reminders: they have a queue of their own, ``letters``.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F

from accounts import codes, letter_words, mail_limits
from accounts.models import Clinic, Letter, User
from accounts.tasks import deliver_letters
from outbox.models import OPEN
from outbox.publish import publish_after_commit

# A letter with a sign-in code is worthless when the code is; anything else may wait for a
# mail server to come back.
VALID_FOR = {
    Letter.Kind.SIGN_IN: codes.VALID_FOR,
    Letter.Kind.TEST: timedelta(hours=1),  # someone sits there and waits for it
}
VALID_OTHERWISE = timedelta(days=1)


def post(
    template: str,
    *,
    to: str,
    context: dict[str, Any],
    kind: Letter.Kind,
    now: datetime,
    by: User | None,
    clinic: Clinic | None = None,
    language: str | None = None,
) -> Letter:
    """Render ``template`` as ``accounts.letter_words`` does and queue it for ``to``.

    The row is written in the caller's transaction; a worker is woken once that
    is committed. ``clinic`` is in whose name it goes; None: nobody's but ours. ``by`` is who
    has us send it: they are counted, and the invitations of the clinic, and TooManyLetters is
    raised. None: nobody did, or its limit is counted already.
    """
    if by is not None:
        mail_limits.count(kind, by=by, to=to, clinic=clinic, now=now)
    mail_name = clinic.mail_name if clinic else ""
    words = letter_words.render(template, context, language, mail_name=mail_name)
    return _queue(kind, to, now, **asdict(words))


def ask(asked: Letter.Asked, *, to: str, now: datetime) -> Letter:
    """Queue what someone asked for who typed this address, whether it has an account or not.

    The same row in both cases. The worker finds out, and writes the words as it sends them.
    """
    return _queue(Letter.Kind.SIGN_IN, to, now, asked=asked)


def _queue(kind: Letter.Kind, to: str, now: datetime, **fields: str) -> Letter:
    letter = Letter.objects.create(
        kind=kind,
        to=to,
        created_at=now,
        due_at=now,
        expires_at=now + VALID_FOR.get(kind, VALID_OTHERWISE),
        **fields,
    )
    publish_after_commit(deliver_letters)
    return letter


def withdraw(keys: Iterable[UUID | None]) -> None:
    """Keep letters from leaving that have not left yet; another copy of one that has, too.

    From now on they are too late: the hand-over, each further try and the sweep ask for that.
    """
    not_gone = Letter.objects.filter(pk__in=list(keys), state__in=OPEN)
    not_gone.update(expires_at=F("due_at"))
