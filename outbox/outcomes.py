"""What can come of handing a message over."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WORDS = {
    "no_answer": gettext_lazy("the mail server gave no answer"),
    "worker_died": gettext_lazy("sending was interrupted"),
    "dropped": gettext_lazy("the mail server hung up"),
    "unreachable": gettext_lazy("the mail server could not be reached"),
    "unsendable": gettext_lazy("the address cannot be used"),
    "not_written": gettext_lazy("the message could not be written"),
    "restored": gettext_lazy("the database was restored from a backup"),
    "not_taken": gettext_lazy("the mail service did not take it"),
}


class NotAccepted(Exception):
    """The other side certainly does not have it.

    ``code`` is short and fit for a log: an SMTP reply code, or a word of ours.
    ``for_good``: trying again would not help. ``of_recipient``: it is the address that
    is refused, not this message or us as its sender.
    """

    def __init__(self, code: str, *, for_good: bool, of_recipient: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.for_good = for_good
        self.of_recipient = of_recipient


class NoAnswer(Exception):
    """It was handed over and nothing clear came back: it may have arrived."""

    def __init__(self, code: str = "no_answer") -> None:
        super().__init__(code)
        self.code = code


# What came of one hand-over; None is "accepted".
type Answer = NotAccepted | NoAnswer | None


class Unreachable(Exception):
    """Nobody is there to hand anything to. ``code`` names the kind of failure."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def in_words(code: str) -> str:
    """What a row's code says to the clinic's staff; "" for no code."""
    if code in WORDS:
        return str(WORDS[code])
    return _("the mail server answered %(code)s") % {"code": code} if code else ""
