"""A message whose long links survive the trip."""

from email.message import EmailMessage
from typing import Any

from django.core.mail import EmailMultiAlternatives

LONGEST_LINE = 998  # characters, as SMTP allows


class Email(EmailMultiAlternatives):
    """Keeps each header on one line.

    Folded at 78 characters, as Python does by itself, a header that is one long
    link is written as an encoded word, which no mail program reads as a link:
    List-Unsubscribe would be lost.
    """

    def message(self, **kwargs: Any) -> EmailMessage:
        message: EmailMessage = super().message(**kwargs)
        message.policy = message.policy.clone(max_line_length=LONGEST_LINE)
        return message
