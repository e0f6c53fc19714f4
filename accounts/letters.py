"""Write a letter and let it go: sign-in codes, invitations and notices.

Letters never wait behind reminders: they have a queue of their own, ``letters``.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from accounts import mail_limits
from accounts.models import Clinic, Letter, User
from accounts.tasks import deliver_letters
from outbox import wake

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
    by: User | None,
    clinic: Clinic | None = None,
    language: str | None = None,
) -> Letter:
    """Render ``templates/emails/<template>.{subject.txt,txt,html}`` and queue it for ``to``.

    The row is written in the caller's transaction; a worker is woken once that
    is committed. ``language`` is the recipient's, by default the language in force.

    ``by`` is who has us send it, and ``clinic`` in whose name: they are counted, and
    TooManyLetters is raised. None: nobody did, or its limit is counted already.

    The templates get ``context`` and ``site_url`` (no slash at its end).
    """
    if by is not None:
        mail_limits.count(kind, by=by, to=to, clinic=clinic, now=now)
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


def _render(template: str, context: dict[str, Any], language: str | None) -> dict[str, str]:
    full = {**context, "site_url": settings.SITE_URL}
    name = f"emails/{template}"
    with translation.override(language):
        return {
            "subject": " ".join(render_to_string(f"{name}.subject.txt", full).split()),
            "text": render_to_string(f"{name}.txt", full).strip() + "\n",
            "html": render_to_string(f"{name}.html", full),
        }
