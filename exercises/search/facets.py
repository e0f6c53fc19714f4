"""Narrow a search down by tags, and say how many each further tag would leave.

Within a facet any of the chosen values will do; between facets all must hold. What is
avoided hides. A value's number goes by the words and the other facets: it says what
choosing it brings, whatever else is chosen.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, Count, F, Func, Q, QuerySet, TextChoices, TextField, Value, When
from django.db.models.functions import Concat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from exercises.models import ExerciseVersion, ExerciseVersionQuerySet, Kind, Precaution
from exercises.search.at_hand import favourites_of, used_lately_by
from exercises.signed import is_signed_for
from exercises.vocabulary import Condition, Equipment, Muscle, Position, Region


class Owner(TextChoices):
    """Whose exercise it is. What I wrote is my clinic's too."""

    MINE = "mine", _("written by me")
    CLINIC = "clinic", _("our clinic's own")
    SHARED = "shared", _("shared with everyone")


class AtHand(TextChoices):
    FAVOURITE = "favourite", _("favourites")
    RECENT = "recent", _("recently used")


class Reviewed(TextChoices):
    """By the clinics of the person who looks; another clinic's signature says nothing here."""

    YES = "yes", _("reviewed in our clinic")
    NO = "no", _("not reviewed yet")


@dataclass(frozen=True)
class Facet:
    """One way to narrow down: its name in the address, its words, its values."""

    name: str
    label: str | Promise
    values: type[TextChoices]


FACETS = (
    Facet("kept", _("At hand"), AtHand),
    Facet("region", _("Part of the body"), Region),
    Facet("kind", pgettext_lazy("of exercise", "Kind"), Kind),
    Facet("position", _("Position"), Position),
    Facet("equipment", _("What it needs"), Equipment),
    Facet("muscle", _("Muscle"), Muscle),
    Facet("condition", _("Condition"), Condition),
    Facet("avoid", _("Leave out, because of"), Precaution),
    Facet("owner", _("Whose"), Owner),
    Facet("reviewed", pgettext_lazy("of an exercise, by a physiotherapist", "Review"), Reviewed),
)

Chosen = Mapping[str, list[str]]


class Unnest(Func):
    """A row for each element."""

    function = "unnest"
    output_field = TextField()
    set_returning = True


class Joined(Func):
    """Two arrays one after the other."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = ArrayField(TextField())


class Elements(Func):
    function = "ARRAY"
    template = "%(function)s[%(expressions)s]"
    output_field = ArrayField(TextField())


def narrow(
    found: ExerciseVersionQuerySet, chosen: Chosen, *, user: User
) -> ExerciseVersionQuerySet:
    """Those that every chosen facet lets through."""
    return found.filter(*_conditions(chosen, user).values())


def _conditions(chosen: Chosen, user: User) -> dict[str, Q]:
    return {name: _condition(name, values, user) for name, values in chosen.items() if values}


def _condition(facet: str, values: list[str], user: User) -> Q:
    match facet:
        case "kind":
            return Q(exercise__kind__in=values)
        case "owner" | "kept" | "reviewed":
            conditions = _personal(user)
            return Q(*(conditions[f"{facet}:{value}"] for value in values), _connector=Q.OR)
        case "avoid":
            return ~Q(search_tags__overlap=_tags(facet, values))
    return Q(search_tags__overlap=_tags(facet, values))


def _tags(facet: str, values: list[str]) -> list[str]:
    return [f"{facet}:{value}" for value in values]


def _personal(user: User) -> dict[str, Q]:
    """What no column of a version says by itself."""
    return {
        "owner:mine": Q(exercise__created_by=user, exercise__clinic__isnull=False),
        "owner:clinic": Q(exercise__clinic__isnull=False),
        "owner:shared": Q(exercise__clinic=None),
        "kept:favourite": favourites_of(user),
        "kept:recent": used_lately_by(user),
        "reviewed:yes": is_signed_for(user),
        "reviewed:no": ~is_signed_for(user),
    }


@dataclass(frozen=True)
class Counts:
    """How many a search leaves, and how many each value would."""

    total: int
    of: Mapping[tuple[str, str], int]


def count(found: ExerciseVersionQuerySet, chosen: Chosen, *, user: User) -> Counts:
    """Every number of the page in one query, however many there are."""
    return counted(to_count(found, chosen, user=user))


def to_count(
    found: ExerciseVersionQuerySet, chosen: Chosen, *, user: User
) -> "QuerySet[ExerciseVersion, tuple[str, str | None, int]]":
    """How many rows there are of each tag, apart by the facet that does not let them through.

    A row counts for its tags if everything chosen lets it through; and if one facet
    alone does not, for the values of that facet.
    """
    conditions = _conditions(chosen, user)
    return (
        found.order_by()
        .annotate(excluded_by=_excluded_by(conditions))
        .filter(excluded_by__isnull=False)
        .annotate(tag=Unnest(_every_tag(user)))
        .values_list("excluded_by", "tag")
        .annotate(number=Count("pk"))
    )


def counted(rows: Iterable[tuple[str, str | None, int]]) -> Counts:
    """The numbers of ``to_count``."""
    counts: Counter[tuple[str, str]] = Counter()
    total = 0
    for excluded_by, tag, number in rows:
        if tag is None:
            continue
        facet, _colon, value = tag.partition(":")
        if excluded_by in ("", facet):
            counts[facet, value] += number
        if excluded_by == "" and facet == "kind":  # each exercise has one
            total += number
    return Counts(total, counts)


def _excluded_by(conditions: Mapping[str, Q]) -> Case | Value:
    """The only facet that a row fails, "" if none, null if several do."""
    if not conditions:
        return Value("")
    outcomes = [When(Q(*conditions.values()), then=Value(""))]
    for name in conditions:
        others = [condition for other, condition in conditions.items() if other != name]
        outcomes.append(When(Q(*others, pk__isnull=False), then=Value(name)))
    return Case(*outcomes, default=None, output_field=TextField())


def _every_tag(user: User) -> Joined:
    """The kept tags, the kind, and whichever of the personal ones hold."""
    kind = Concat(Value("kind:"), F("exercise__kind"), output_field=TextField())
    personal = (
        Case(When(condition, then=Value(tag)), output_field=TextField())
        for tag, condition in _personal(user).items()
    )
    return Joined(F("search_tags"), Elements(kind, *personal))
