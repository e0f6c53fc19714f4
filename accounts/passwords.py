"""Whether a new password is hard to guess, and what would make it so.

zxcvbn counts the guesses that a good guesser needs: common passwords, words, names, rows of
keys, years. Words that anybody would try here first (the product, the field, the clinic, the
person) are taken out before: "Riverside Physio 2026!" is worth what "2026!" is.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    get_default_password_validators,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from zxcvbn import zxcvbn

from accounts.models import Clinic, User

# Ten thousand million guesses: with a stolen database, and the slow hash in it, weeks of work
# for one password. Guessing at the sign-in page ends long before, by its limits.
LEAST_GUESSES_LOG10 = 10
LONGEST_JUDGED = 32  # characters; more takes seconds, and a password of that length has enough
LEAST_LENGTH_JUDGED = 10  # shorter ones are refused already, for being short
SHORTEST_WORD = 4  # letters; shorter ones stand in other words by chance

WORDS_OF_THE_FIELD = (
    "homestretch",
    "physiotherapists",
    "physiotherapist",
    "physiotherapy",
    "physical",
    "physios",
    "physio",
    "therapists",
    "therapist",
    "therapy",
    "rehabilitation",
    "rehab",
    "clinics",
    "clinic",
    "patients",
    "patient",
    "exercises",
    "exercise",
    "stretching",
    "stretches",
    "stretch",
    "hamstrings",
    "hamstring",
    "reminders",
    "reminder",
)

WHY = {
    "This is a top-10 common password.": gettext_lazy("Many people use it."),
    "This is a top-100 common password.": gettext_lazy("Many people use it."),
    "This is a very common password.": gettext_lazy("Many people use it."),
    "This is similar to a commonly used password.": gettext_lazy(
        "It is like one that many people use."
    ),
    "A word by itself is easy to guess.": gettext_lazy("It is little more than one word."),
    "Names and surnames by themselves are easy to guess.": gettext_lazy(
        "It is little more than a name."
    ),
    "Common names and surnames are easy to guess.": gettext_lazy("It is little more than a name."),
    "Straight rows of keys are easy to guess.": gettext_lazy(
        "Keys that lie next to each other are tried first."
    ),
    "Short keyboard patterns are easy to guess.": gettext_lazy(
        "Keys that lie next to each other are tried first."
    ),
    'Repeats like "aaa" are easy to guess.': gettext_lazy("Repeating something adds little."),
    'Repeats like "abcabcabc" are only slightly harder to guess than "abc".': gettext_lazy(
        "Repeating something adds little."
    ),
    'Sequences like "abc" or "6543" are easy to guess.': gettext_lazy(
        "Rows such as abc or 6543 add little."
    ),
    "Recent years are easy to guess.": gettext_lazy("Years and dates are tried first."),
    "Dates are often easy to guess.": gettext_lazy("Years and dates are tried first."),
}


WHAT_HELPS = gettext_lazy(
    "What helps: four words that have nothing to do with each other, or a password that your"
    " browser suggests."
)


class HardToGuess(CommonPasswordValidator):
    """For AUTH_PASSWORD_VALIDATORS. ``words`` are further ones that anybody would try here."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        super().__init__()
        self.words = tuple(words)

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < LEAST_LENGTH_JUDGED:
            return
        known = _known_words((*self.words, *_words_about(user)))
        why = self._why_weak(unicodedata.normalize("NFKC", password), known)
        if why is not None:
            sentences = (_("This password is too easy to guess."), why, WHAT_HELPS)
            raise ValidationError(" ".join(str(s) for s in sentences if s), code="too_easy")

    def get_help_text(self) -> str:
        return str(WHAT_HELPS)

    def _why_weak(self, password: str, known: list[str]) -> str | None:
        """None if it is strong; else the reason in a sentence, which may be empty."""
        if password.lower().strip() in self.passwords:
            return _("Many people use it.")
        if not any(c.isalpha() for c in password):
            return _("Numbers alone are quickly tried.")
        rest = _without(password, known)
        if rest != password and _judge(rest, known)[0] < LEAST_GUESSES_LOG10:
            return _("Names, and words about the clinic or exercises, are tried first.")
        guesses, why = _judge(password, known)
        return why if guesses < LEAST_GUESSES_LOG10 else None


def validators(*words: str) -> list[Any]:
    """Those of the settings, for somebody whose clinic's name no account knows yet."""
    return [
        HardToGuess(words) if isinstance(each, HardToGuess) else each
        for each in get_default_password_validators()
    ]


def _judge(password: str, known: list[str]) -> tuple[float, str]:
    """How many guesses it takes (as a power of ten), and the reason in words."""
    if not password:
        return 0, ""
    found = zxcvbn(password[:LONGEST_JUDGED], user_inputs=known)
    return float(found["guesses_log10"]), str(WHY.get(found["feedback"]["warning"], ""))


def _without(password: str, known: list[str]) -> str:
    words = [re.escape(word) for word in known if len(word) >= SHORTEST_WORD]
    return re.sub("|".join(words), "", password, flags=re.IGNORECASE)


def _known_words(texts: Iterable[str]) -> list[str]:
    """Each word in them and of the field, the longest first."""
    own = {word.lower() for text in texts for word in re.split(r"[\W_]+", text) if len(word) > 2}
    return sorted(own | set(WORDS_OF_THE_FIELD), key=len, reverse=True)


def _words_about(user: Any) -> list[str]:
    """The person's name and address, and the names of clinics they belong to."""
    if not isinstance(user, User):
        return []
    own = [user.name, user.email]
    if user._state.adding:
        return own
    theirs = Clinic.objects.filter(memberships__user=user) | Clinic.objects.filter(
        patients__user=user
    )
    return own + list(theirs.values_list("name", flat=True))
