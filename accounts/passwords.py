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
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
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
LEAST_LENGTH = 10  # characters; a shorter one is refused for that, and not judged further
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

LIKE_ONE = gettext_lazy("It is like one that many people use.")

WHY = {
    "This is a top-10 common password.": gettext_lazy("Many people use it."),
    "This is a top-100 common password.": gettext_lazy("Many people use it."),
    "This is a very common password.": gettext_lazy("Many people use it."),
    "This is similar to a commonly used password.": LIKE_ONE,
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


NAMES_FIRST = gettext_lazy("Names, and words about the clinic or exercises, are tried first.")
LITTLE_MORE = gettext_lazy("It is little more than a word, a name, or keys in a row.")


class LongEnough(MinimumLengthValidator):
    """For AUTH_PASSWORD_VALIDATORS."""

    def __init__(self) -> None:
        super().__init__(min_length=LEAST_LENGTH)

    def get_error_message(self) -> str:
        return _("Use %(least)s characters or more.") % {"least": self.min_length}


class HardToGuess(CommonPasswordValidator):
    """For AUTH_PASSWORD_VALIDATORS. ``words`` are further ones that anybody would try here."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        super().__init__()
        self.words = tuple(words)

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < LEAST_LENGTH:
            return
        known = _known_words((*self.words, *_words_about(user)))
        if _is_like_own(password, user):
            why: str | None = str(NAMES_FIRST)
        else:
            why = self._why_weak(unicodedata.normalize("NFKC", password), known)
        if why is not None:
            sentences = (_("This password is too easy to guess."), why, WHAT_HELPS)
            raise ValidationError(" ".join(map(str, sentences)), code="too_easy")

    def get_help_text(self) -> str:
        return str(WHAT_HELPS)

    def _why_weak(self, password: str, known: list[str]) -> str | None:
        """None if it is strong; else the reason in a sentence."""
        if password.lower().strip() in self.passwords:
            return _("Many people use it.")
        if not any(c.isalpha() for c in password):
            return _("Numbers alone are quickly tried.")
        rest = _without(password, known)
        if rest != password and _judge(rest, known)[0] < LEAST_GUESSES_LOG10:
            return str(NAMES_FIRST)
        guesses, why = _judge(password, known)
        if guesses < LEAST_GUESSES_LOG10:
            return why
        return str(LIKE_ONE) if _in_one_word(password) in self.passwords else None


def validators(*words: str) -> list[Any]:
    """Those of the settings, for someone whose clinic's name no account knows yet."""
    return [
        HardToGuess(words) if isinstance(each, HardToGuess) else each
        for each in get_default_password_validators()
    ]


def _judge(password: str, known: list[str]) -> tuple[float, str]:
    """How many guesses it takes (as a power of ten), and the reason in words."""
    if not password:
        return 0, str(LITTLE_MORE)
    found = zxcvbn(password[:LONGEST_JUDGED], user_inputs=known)
    return float(found["guesses_log10"]), str(WHY.get(found["feedback"]["warning"], LITTLE_MORE))


def _is_like_own(password: str, user: Any) -> bool:
    """As good as the person's own name or address, by Django's measure."""
    try:
        UserAttributeSimilarityValidator(("email", "name")).validate(password, user)
    except ValidationError:
        return True
    return False


def _in_one_word(typed: str) -> str:
    """ "Ich liebe dich!" stands in the list as "ichliebedich"."""
    return re.sub(r"[\W_]+", "", typed.lower())


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
