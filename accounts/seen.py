"""Words as they are seen: what a search compares. No query of its own.

Soft hyphens and marks without width come along when people copy a word. Nobody sees them, so
they must hide nothing that is looked for.
"""

import re
import unicodedata

from django.db.models import Func, TextField

# Unicode's Default_Ignorable_Code_Point; accounts/sql/seen.sql has the same.
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def seen(words: str) -> str:
    """What can be seen of them, each accent in one piece with its letter."""
    return unicodedata.normalize("NFC", UNSEEN.sub("", words))


class Seen(Func):
    """The same of a column."""

    function = "accounts_seen"
    arity = 1
    output_field = TextField()
