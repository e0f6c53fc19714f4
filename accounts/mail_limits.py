"""How many letters someone may have us send: nobody makes a mailer of us.

Counted for who sends, for whom it is for (over all clinics) and for the clinic, wherever letters
are posted. A letter that nobody asked for, such as one the clock sends or one about a warning
sign, is never refused; codes have limits of their own.
"""

from datetime import datetime

from accounts import limits, words
from accounts.errors import NotPossible
from accounts.limits import Use
from accounts.models import Clinic, Letter, User

QUOTING = str.maketrans("", "", '"\\')  # in addresses from before those were refused
PLUS_IS_A_LABEL, DOTS_DO_NOT_COUNT = "+", {"gmail.com", "googlemail.com"}


class TooManyLetters(NotPossible):
    """Says how long to wait."""


def count(kind: Letter.Kind, *, by: User, to: str, clinic: Clinic | None, now: datetime) -> None:
    """One letter more, or TooManyLetters. Call it in the transaction that posts the letter: one
    that is not posted is not counted."""
    for limit, key in _limits(kind, by, to, clinic):
        try:
            limits.use(limit, key, now=now)
        except limits.Reached as reached:
            raise TooManyLetters(words.too_many_letters(reached, to=to, now=now)) from reached


def mailbox_of(address: str) -> str:
    """One spelling for what arrives in one place: ana+1@, ana+2@ and "ana"@ are ana@."""
    name, _at, domain = User.objects.normalise(address).rpartition("@")
    name = name.translate(QUOTING)
    name = name.partition(PLUS_IS_A_LABEL)[0] or name
    if domain in DOTS_DO_NOT_COUNT:
        name, domain = name.replace(".", ""), "gmail.com"
    return f"{name}@{domain}"


def _limits(kind: Letter.Kind, by: User, to: str, clinic: Clinic | None) -> list[Use]:
    """In one order, so that two at once never wait for each other in a circle."""
    sender, mailbox = str(by.pk), mailbox_of(to)
    match kind:
        case Letter.Kind.INVITATION:
            found = [(limits.INVITATIONS_SENT, sender), (limits.INVITATIONS_TO, mailbox)]
            of_clinic = [(limits.INVITATIONS_OF_CLINIC, str(clinic.pk))] if clinic else []
            return [*found, *of_clinic]
        case Letter.Kind.TEST:
            return [(limits.TESTS, sender), (limits.TESTS_DAY, sender)]
        case Letter.Kind.NOTICE:
            return [(limits.NOTICES, f"{sender} {mailbox}")]
        case _:
            return []
