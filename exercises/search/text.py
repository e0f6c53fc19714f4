"""Find exercises by what people call them: lay words, stems, beginnings, slips of the keyboard."""

from functools import reduce
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import BooleanField, F, FloatField, Func, Q, TextField, Value
from django.db.models.expressions import CombinedExpression

from exercises.models import ExerciseVersionQuerySet
from exercises.search.phrases import Part, parts_of, telling

# What a person types into a search box; the rest is ignored, not refused.
MAX_LETTERS = 100
MAX_WORDS = 8
# A slip can only be told from another word when there is enough of it.
LETTERS_TO_RESEMBLE = 4
# How much a hit counts, by the document's weights: D things, C tags, B synonyms, A the name.
WEIGHTS = "{0.05, 0.1, 0.3, 1.0}"


class Plain(Func):
    """Without accents and in lower case, as the searched words are stored."""

    function = "exercises_plain"
    output_field = TextField()


class Query(Func):
    """The full-text query of one word, stemmed or begun, in parts of a given weight."""

    function = "exercises_query"
    output_field = TextField()

    def __init__(self, word: str, weights: str = "ABCD"):
        super().__init__(Value(word), Value(weights))


class Alike(Func):
    """The query of one word, and of those spelled much like it."""

    function = "exercises_query_like"
    output_field = TextField()

    def __init__(self, word: str):
        super().__init__(Value(word))


class Matches(Func):
    """Whether the document holds what the query asks for; by its index."""

    template = "(%(expressions)s)"
    arg_joiner = " @@ "
    output_field = BooleanField()


class AllOf(Func):
    template = "(%(expressions)s)"
    arg_joiner = " && "
    output_field = TextField()


class Rank(Func):
    function = "ts_rank"
    output_field = FloatField()


class Likeness(Func):
    """Share of letter triples that two texts have in common, 0 to 1."""

    function = "similarity"
    output_field = FloatField()


def words_in(text: str) -> list[str]:
    """The words that a search goes by, as many as it takes."""
    return telling(text[:MAX_LETTERS])[:MAX_WORDS]


def find(queryset: ExerciseVersionQuerySet, text: str) -> ExerciseVersionQuerySet:
    """Exercise versions that hold every word of ``text``, the best first: a hit in the name.

    Stems and beginnings of words count, accents and capitals do not; what the vocabulary
    knows in several words ("back of leg") is looked for as one. Only when nothing holds
    them all, words spelled alike count too: "hamsting". An empty text leaves the queryset
    as it is; letters beyond ``MAX_LETTERS`` are ignored. Asks the database once to choose.
    """
    words = words_in(text)
    if not words:
        return queryset.none() if text.strip() else queryset
    found = queryset.filter(*map(_holds_part, parts_of(words)))
    if found.exists():
        return found.order_by(_score(words).desc(), "name", "pk")
    like = queryset.filter(*map(_resembles, words))
    return like.order_by(_name_like(words).desc(), "name", "pk")


def _holds(word: str, weights: str = "ABCD") -> Q:
    return Q(Matches(F("search_document"), Query(word, weights)))


def _holds_part(part: Part) -> Q:
    """A phrase is a tag, or stands in the name or a synonym; a word may stand anywhere."""
    if not part.tags:
        return _holds(part.words[0])
    named = reduce(Q.__and__, (_holds(word, "AB") for word in part.words))
    return Q(search_tags__overlap=sorted(part.tags)) | named


def _resembles(word: str) -> Q:
    """Holds the word, or, if it is long enough to tell, one spelled much like it."""
    if len(word) < LETTERS_TO_RESEMBLE:
        return _holds(word)
    return Q(Matches(F("search_document"), Alike(word)))


def _score(words: list[str]) -> CombinedExpression:
    """Where the words were found, and how much of the name they are."""
    query = AllOf(*map(Query, words)) if len(words) > 1 else Query(words[0])
    named = Likeness(Plain(F("name")), Plain(Value(" ".join(words))))
    return Rank(Value(WEIGHTS), F("search_document"), query) + named


def _name_like(words: list[str]) -> TrigramWordSimilarity:
    plain: Any = Plain(Value(" ".join(words)))  # the stubs know plain text only
    return TrigramWordSimilarity(plain, F("name"))
