"""What is wrong, in brief: the whole of it stands beside the field."""

import re

from django import template

register = template.Library()
LONG = 80  # letters; about two lines on a small phone


@register.filter
def in_brief(message: object) -> str:
    """The first sentence of a long message, and a short one as it is."""
    words = str(message)
    if len(words) <= LONG:
        return words
    return re.split(r"(?<=[.!?]) ", words, maxsplit=1)[0]
