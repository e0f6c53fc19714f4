"""How many letters someone may have us send: nobody makes a mailer of us.

Counted for who sends, for whom it is for (over all clinics) and for the clinic, wherever letters
are posted. A letter that nobody asked for, such as one the clock sends or one about a warning
sign, is never refused; codes have limits of their own.
"""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from accounts import limits, waits
from accounts.errors import NotPossible
from accounts.limits import Limit
from accounts.models import Clinic, Letter, User

QUOTING = str.maketrans("", "", '"\\')  # in addresses from before those were refused
PLUS_IS_A_LABEL, DOTS_DO_NOT_COUNT = "+", {"gmail.com", "googlemail.com"}


class TooManyLetters(NotPossible):
    """Says how long to wait."""


def count(kind: Letter.Kind, *, by: User, to: str, clinic: Clinic | None, now: datetime) -> None:
    """One letter more, or TooManyLetters. Call it in the transaction that posts the letter: one
    that is not posted is not counted."""
    for limit, key, say in _limits(kind, by, to, clinic):
        try:
            limits.use(limit, key, now=now)
        except limits.Reached as reached:
            said = {"n": limit.number, "time": waits.in_words(reached.until, now=now), "to": to}
            raise TooManyLetters(say() % said) from reached


def mailbox_of(address: str) -> str:
    """One spelling for what arrives in one place: ana+1@, ana+2@ and "ana"@ are ana@."""
    name, _at, domain = User.objects.normalise(address).rpartition("@")
    name = name.translate(QUOTING)
    name = name.partition(PLUS_IS_A_LABEL)[0] or name
    if domain in DOTS_DO_NOT_COUNT:
        name, domain = name.replace(".", ""), "gmail.com"
    return f"{name}@{domain}"


def _limits(
    kind: Letter.Kind, by: User, to: str, clinic: Clinic | None
) -> list[tuple[Limit, str, Callable[[], str]]]:
    """In one order, so that two at once never wait for each other in a circle."""
    sender, mailbox = str(by.pk), mailbox_of(to)
    match kind:
        case Letter.Kind.INVITATION:
            found = [
                (limits.INVITATIONS_SENT, sender, _of_sender),
                (limits.INVITATIONS_TO, mailbox, _to_address),
            ]
            of_clinic = (
                (limits.INVITATIONS_OF_CLINIC, str(clinic.pk), _of_clinic) if clinic else None
            )
            return [*found, of_clinic] if of_clinic else found
        case Letter.Kind.TEST:
            return [(limits.TESTS, sender, _tests), (limits.TESTS_DAY, sender, _tests)]
        case Letter.Kind.NOTICE:
            return [(limits.NOTICES, f"{sender} {mailbox}", _notices)]
        case _:
            return []


def _of_sender() -> str:
    return _("You have sent %(n)s invitations within a day. You can send the next in %(time)s.")


def _to_address() -> str:
    return _(
        "We send an address %(n)s invitations a day at most. You can invite %(to)s again in"
        " %(time)s."
    )


def _of_clinic() -> str:
    return _(
        "Your clinic has sent %(n)s invitations within a day. You can send the next in %(time)s."
    )


def _tests() -> str:
    return _("You have had %(n)s tests lately. You can have another in %(time)s.")


def _notices() -> str:
    return _("They have had %(n)s messages about you within a day.")
