"""What the codes in a row's ``reason`` say to the clinic's staff."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outbox.outcomes import SENDER

REASONS = {
    "no_answer": gettext_lazy("the mail server gave no answer"),
    "worker_died": gettext_lazy("sending was interrupted"),
    "dropped": gettext_lazy("the mail server hung up"),
    "unreachable": gettext_lazy("the mail server could not be reached"),
    "unsendable": gettext_lazy("the address cannot be used"),
    "not_written": gettext_lazy("the message could not be written"),
    "restored": gettext_lazy("the database was restored from a backup"),
    "not_taken": gettext_lazy("the mail service did not take it"),
}


def of_reason(code: str) -> str:
    """ "the mail server hung up"; "" for no code. Any other code is a mail server's reply."""
    if code in REASONS:
        return str(REASONS[code])
    if code.startswith(SENDER):
        words = _("the mail server refuses our sender (%(code)s); the address is not the cause")
        return words % {"code": code.removeprefix(SENDER)}
    return _("the mail server answered %(code)s") % {"code": code} if code else ""
