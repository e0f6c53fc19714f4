"""Write a letter and let it go: sign-in codes, invitations and notices.

Letters never wait behind reminders: they have a queue of their own, ``letters``.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import translation

from accounts.models import Letter
from accounts.tasks import deliver_letters
from outbox import wake
from outbox.models import OPEN

# A letter with a sign-in code is worthless when the code is; anything else may wait for a
# mail server to come back.
VALID_FOR = {
    Letter.Kind.SIGN_IN: timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT),
    Letter.Kind.TEST: timedelta(hours=1),  # somebody sits there and waits for it
}
VALID_OTHERWISE = timedelta(days=1)


def post(
    template: str,
    *,
    to: str,
    context: dict[str, Any],
    kind: Letter.Kind,
    now: datetime,
    language: str | None = None,
) -> Letter:
    """Render ``templates/emails/<template>.{subject.txt,txt,html}`` and queue it for ``to``.

    The row is written in the caller's transaction; a worker is woken once that
    is committed. ``language`` is the recipient's, by default the language in
    force. The templates get ``context`` and ``site_url`` (no slash at its end).
    """
    words = _render(template, context, language or translation.get_language())
    letter = Letter.objects.create(
        kind=kind,
        to=to,
        created_at=now,
        due_at=now,
        expires_at=now + VALID_FOR.get(kind, VALID_OTHERWISE),
        **words,
    )
    wake.on_commit(deliver_letters)
    return letter


def withdraw(keys: Iterable[UUID | None]) -> None:
    """Keep letters from leaving that have not left yet; another copy of one that has, too.

    From now on they are too late: the hand-over, each further try and the sweep ask for that.
    """
    not_gone = Letter.objects.filter(pk__in=list(keys), state__in=OPEN)
    not_gone.update(expires_at=F("due_at"))


def _render(template: str, context: dict[str, Any], language: str | None) -> dict[str, str]:
    full = {**context, "site_url": settings.SITE_URL}
    name = f"emails/{template}"
    with translation.override(language):
        return {
            "subject": " ".join(render_to_string(f"{name}.subject.txt", full).split()),
            "text": render_to_string(f"{name}.txt", full).strip() + "\n",
            "html": render_to_string(f"{name}.html", full),
        }
