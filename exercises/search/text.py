"""Find exercises by what people call them: lay words, stems, beginnings, slips of the keyboard."""

from collections.abc import Iterator
from functools import reduce
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    IntegerField,
    OuterRef,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast, Round

from accounts.seen import seen
from exercises.models import ExerciseVersionQuerySet, Progression
from exercises.search.phrases import CANNOT_KNEEL, Part, parts_of, telling
from exercises.vocabulary import Position

# What a person types into a search box; the rest is ignored, not refused.
MAX_LETTERS = 100
MAX_WORDS = 8
# A slip can only be told from another word when there is enough of it.
LETTERS_TO_RESEMBLE = 4
INSTEAD_OF_KNEELING = "can't kneel"  # another name of what is offered to whoever types it
KNEELING = (Position.KNEELING, Position.HANDS_AND_KNEES)
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


class WordCount(Func):
    """How many words a text has."""

    template = "cardinality(regexp_split_to_array(%(expressions)s, '[^[:alnum:]]+'))"
    output_field = IntegerField()


def words_in(text: str) -> list[str]:
    """The words that a search goes by, as many as it takes."""
    return telling(text[:MAX_LETTERS])[:MAX_WORDS]


def find(queryset: ExerciseVersionQuerySet, text: str) -> ExerciseVersionQuerySet:
    """Exercise versions that hold every word of ``text``, the best first: a hit in the name.

    Stems and beginnings of words count, accents and capitals do not; what the vocabulary
    knows in several words ("back of leg") is looked for as one. Only when nothing holds
    them all, words spelled alike count too: "hamsting". An empty text leaves the queryset
    as it is; letters beyond ``MAX_LETTERS`` are ignored, and so is what nobody sees. A part of
    the body finds what is mainly for it, and only where nothing is, what works there too.
    "can't kneel" leaves out what is done kneeling. Asks the database once or twice to choose.
    """
    *ways, last = _ways(queryset, text)
    return next((found for found in ways if found.exists()), last)


def keys(queryset: ExerciseVersionQuerySet, text: str) -> list[UUID]:
    """Those of ``find``, in one query wherever something holds every word."""
    found = (list(way.values_list("pk", flat=True)) for way in _ways(queryset, text))
    return next(filter(None, found), [])


def _ways(queryset: ExerciseVersionQuerySet, text: str) -> Iterator[ExerciseVersionQuerySet]:
    """What is found, from the strictest way to search on: one counts if none before it finds any."""
    text = seen(text)
    if CANNOT_KNEEL.search(text):
        yield from _without_kneeling(queryset, text)
        return
    words = words_in(text)
    if not words:
        yield queryset.none() if text.strip() else queryset
        return
    parts = parts_of(words)
    ways = [_is_mainly, _holds_part] if any(part.regions for part in parts) else [_holds_part]
    for way in ways:
        yield _best_first(queryset.filter(*map(way, parts)), words)
    like = queryset.filter(*map(_resembles, words))
    yield like.order_by(_name_like(words).desc(), "name", "pk")


def _best_first(found: ExerciseVersionQuerySet, words: list[str]) -> ExerciseVersionQuerySet:
    """By score; of those that are about as good, first what has nothing easier below it.

    What another clinic has put below a shared exercise is that clinic's own affair.
    """
    shared_or_own = Q(easier__clinic=None) | Q(easier__clinic=OuterRef("exercise__clinic"))
    easier = Progression.objects.filter(shared_or_own, harder=OuterRef("exercise"))
    has_easier = Exists(easier)
    return found.order_by(Round(_score(words), 1).desc(), has_easier, "name", "pk")


def _without_kneeling(
    queryset: ExerciseVersionQuerySet, text: str
) -> Iterator[ExerciseVersionQuerySet]:
    """What the other words find, in another position; alone, first what says it is instead."""
    other = CANNOT_KNEEL.sub(" ", text)
    instead = Q(synonyms__contains=[INSTEAD_OF_KNEELING])
    apart = queryset.exclude(position__in=KNEELING).exclude(_holds("kneel", "AB") & ~instead)
    if words_in(other):
        yield from _ways(apart, other)
    else:
        yield apart.order_by(ExpressionWrapper(instead, BooleanField()).desc(), "name", "pk")


def _is_mainly(part: Part) -> Q:
    """As ``_holds_part``, but a part of the body is the first that the version names."""
    if not part.regions:
        return _holds_part(part)
    return Q(regions__0__in=part.regions) | _named(part)


def _holds(word: str, weights: str = "ABCD") -> Q:
    return Q(Matches(F("search_document"), Query(word, weights)))


def _holds_part(part: Part) -> Q:
    """A phrase is a tag, or stands in the name or a synonym; a word may stand anywhere."""
    if not part.tags:
        return _holds(part.words[0])
    return Q(search_tags__overlap=sorted(part.tags)) | _named(part)


def _named(part: Part) -> Q:
    return reduce(Q.__and__, (_holds(word, "AB") for word in part.words))


def _resembles(word: str) -> Q:
    """Holds the word, or, if it is long enough to tell, one spelled much like it."""
    if len(word) < LETTERS_TO_RESEMBLE:
        return _holds(word)
    return Q(Matches(F("search_document"), Alike(word)))


def _score(words: list[str]) -> CombinedExpression:
    """Where the words were found, and how much of the name they are."""
    query = AllOf(*map(Query, words)) if len(words) > 1 else Query(words[0])
    every = reduce(Q.__and__, (_holds(word, "A") for word in words))
    share = Cast(Value(len(words)), FloatField()) / WordCount(Plain(F("name")))
    likeness = Likeness(Plain(F("name")), Plain(Value(" ".join(words))))
    named = Case(When(every, then=share), default=likeness, output_field=FloatField())
    return Rank(Value(WEIGHTS), F("search_document"), query) + named


def _name_like(words: list[str]) -> TrigramWordSimilarity:
    plain: Any = Plain(Value(" ".join(words)))  # the stubs know plain text only
    return TrigramWordSimilarity(plain, Plain(F("name")))
