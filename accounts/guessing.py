"""How easily a password is guessed. No words, no forms.

zxcvbn counts the guesses that a good guesser needs: common passwords, words, names, rows of
keys, years. Words that anybody would try here first (the product, the field, the clinic, the
person) are taken out before: "Riverside Physio 2026!" is worth what "2026!" is.
"""

import re
import unicodedata
from collections.abc import Container, Iterable
from enum import Enum, auto

from zxcvbn import zxcvbn

# Ten thousand million guesses: with a stolen database, and the slow hash in it, weeks of work
# for one password. Guessing at the sign-in page ends long before, by its limits.
LEAST_GUESSES_LOG10 = 10
LONGEST_JUDGED = 32  # characters; more takes seconds, and a password of that length has enough
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


class Weakness(Enum):
    """Why a password is easy to guess."""

    COMMON = auto()
    LIKE_A_COMMON_ONE = auto()
    ONE_WORD = auto()
    A_NAME = auto()
    KEYS_IN_A_ROW = auto()
    REPEATED = auto()
    A_SEQUENCE = auto()
    A_DATE = auto()
    NUMBERS_ALONE = auto()
    WORDS_TRIED_FIRST = auto()  # of the person, the clinic and the field
    TOO_LITTLE = auto()


# zxcvbn's warnings.
OF_WARNING = {
    "This is a top-10 common password.": Weakness.COMMON,
    "This is a top-100 common password.": Weakness.COMMON,
    "This is a very common password.": Weakness.COMMON,
    "This is similar to a commonly used password.": Weakness.LIKE_A_COMMON_ONE,
    "A word by itself is easy to guess.": Weakness.ONE_WORD,
    "Names and surnames by themselves are easy to guess.": Weakness.A_NAME,
    "Common names and surnames are easy to guess.": Weakness.A_NAME,
    "Straight rows of keys are easy to guess.": Weakness.KEYS_IN_A_ROW,
    "Short keyboard patterns are easy to guess.": Weakness.KEYS_IN_A_ROW,
    'Repeats like "aaa" are easy to guess.': Weakness.REPEATED,
    'Repeats like "abcabcabc" are only slightly harder to guess than "abc".': Weakness.REPEATED,
    'Sequences like "abc" or "6543" are easy to guess.': Weakness.A_SEQUENCE,
    "Recent years are easy to guess.": Weakness.A_DATE,
    "Dates are often easy to guess.": Weakness.A_DATE,
}


def weakness_of(
    password: str, *, common: Container[str], first_tries: Iterable[str]
) -> Weakness | None:
    """None if it is strong. ``common``: passwords in small letters that many people use.
    ``first_tries``: texts whose words anybody would try first for this person."""
    password, known = unicodedata.normalize("NFKC", password), _known_words(first_tries)
    if password.lower().strip() in common:
        return Weakness.COMMON
    if not any(c.isalpha() for c in password):
        return Weakness.NUMBERS_ALONE
    rest = _without(password, known)
    if rest != password and _judge(rest, known)[0] < LEAST_GUESSES_LOG10:
        return Weakness.WORDS_TRIED_FIRST
    guesses, why = _judge(password, known)
    if guesses < LEAST_GUESSES_LOG10:
        return why
    return Weakness.LIKE_A_COMMON_ONE if _in_one_word(password) in common else None


def _judge(password: str, known: list[str]) -> tuple[float, Weakness]:
    """How many guesses it takes (as a power of ten), and what makes it easy."""
    if not password:
        return 0, Weakness.TOO_LITTLE
    found = zxcvbn(password[:LONGEST_JUDGED], user_inputs=known)
    why = OF_WARNING.get(found["feedback"]["warning"], Weakness.TOO_LITTLE)
    return float(found["guesses_log10"]), why


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
