"""Find exercises by what people call them: lay words, parts of words, slips of the keyboard."""

import re
from typing import Any, NamedTuple

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Count, F, Func, Q, TextField, Value
from django.db.models.lookups import GreaterThanOrEqual

from exercises.models import ExerciseVersionQuerySet, Kind

# What a person types into a search box; the rest is ignored, not refused.
MAX_LETTERS = 100
MAX_WORDS = 8
# A slip can only be told from another word when there is enough of it.
LETTERS_TO_RESEMBLE = 4
# Share of a word's letter triples found in place, 0 to 1. Measured on the library:
# slips ("pirifromis", "strech") reach 0.47 and more, other words 0.43 at most.
LIKENESS = 0.45
# Words that tell no exercise from another: "stretch for the back of my thigh".
SMALL_WORDS = frozenset(
    ["a", "an", "and", "at", "for", "in", "my", "of", "on", "or", "the", "to", "with"]
)
WORD = re.compile(r"[^\W_]+")


class Plain(Func):
    """Without accents and in lower case, as the searched words are stored."""

    function = "exercises_plain"
    output_field = TextField()


def words_in(text: str) -> list[str]:
    """The words that a search goes by: "Stretch, for the BACK!" gives "Stretch" and "BACK"."""
    words = WORD.findall(text[:MAX_LETTERS])
    telling = [word for word in words if word.lower() not in SMALL_WORDS]
    return (telling or words)[:MAX_WORDS]


def _holds(word: str) -> Q:
    return Q(search_words__contains=Plain(Value(word)))


def _likeness(words: str, column: str) -> TrigramWordSimilarity:
    plain: Any = Plain(Value(words))  # the stubs know plain text only
    return TrigramWordSimilarity(plain, F(column))


def _resembles(word: str) -> Q:
    """Holds the word, or, if it is long enough to tell, one spelled much like it."""
    if len(word) < LETTERS_TO_RESEMBLE:
        return _holds(word)
    likeness = _likeness(word, "search_words")
    return _holds(word) | Q(GreaterThanOrEqual(likeness, LIKENESS))


def find(queryset: ExerciseVersionQuerySet, text: str) -> ExerciseVersionQuerySet:
    """Exercise versions that hold every word of ``text``, the best name first.

    Parts of words count, accents and capitals do not: "ham" and "back of thigh"
    find the hamstring stretches. Only when nothing holds them all, words spelled
    alike count too: "hamsting". An empty text leaves the queryset as it is;
    letters beyond ``MAX_LETTERS`` are ignored. Asks the database once to choose.
    """
    words = words_in(text)
    if not words:
        return queryset.none() if text.strip() else queryset
    found = queryset.filter(*map(_holds, words))
    if not found.exists():
        found = queryset.filter(*map(_resembles, words))
    return found.order_by(_likeness(" ".join(words), "name").desc(), "name", "pk")


class KindFound(NamedTuple):
    """A kind of exercise, and how many of it a search found."""

    kind: Kind
    number: int


def kinds_found(found: ExerciseVersionQuerySet, chosen: str) -> list[KindFound]:
    """The kinds among what was found, in the usual order; the chosen one even when it has none."""
    counted = found.order_by().values_list("exercise__kind").annotate(Count("pk"))
    counts = {chosen: 0, **dict(counted)}
    return [KindFound(kind, counts[kind]) for kind in Kind if kind in counts]
