"""Find exercises by what people call them: lay words, parts of words, slips of the keyboard."""

import re
from functools import reduce
from operator import and_

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, Func, Q, QuerySet, TextField, Value

# What a person types into a search box; the rest is ignored, not refused.
MAX_LETTERS = 100
MAX_WORDS = 8
# A slip can only be told from another word when there is enough of it.
LETTERS_TO_BE_SIMILAR = 4
# Words that tell no exercise from another: "stretch for the back of my thigh".
SMALL_WORDS = frozenset("a an and at for in my of on or the to with".split())
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
    """The word itself, or a part of one; when long enough, also one that looks like it."""
    plain = Plain(Value(word))
    found = Q(search_words__contains=plain)
    if len(word) >= LETTERS_TO_BE_SIMILAR:
        found |= Q(search_words__trigram_word_similar=plain)
    return found


def find(queryset: QuerySet, text: str) -> QuerySet:
    """Exercise versions that hold every word of ``text``, those named so first.

    "hamsting" finds the hamstring stretches, "back of thigh" does too. An empty
    text leaves the queryset as it is; letters beyond ``MAX_LETTERS`` are ignored.
    """
    words = words_in(text)
    if not words:
        return queryset.none() if text.strip() else queryset
    likeness = TrigramWordSimilarity(Plain(Value(" ".join(words))), F("name"))
    return queryset.filter(reduce(and_, map(_holds, words))).order_by(
        likeness.desc(), "name", "pk"
    )
