"""What someone keeps at hand: marked with a star, or used not long ago.

A mark on a shared exercise holds for the clinic's own version of the same slug too.
"""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from exercises.models import ExerciseVersionQuerySet, Favourite, LastUse

# The exercises that someone put into programmes last; older ones are no longer at hand.
RECENT = 20


def favourites_of(user: User) -> Q:
    return _standing_for(Favourite.objects.filter(user=user))


def used_lately_by(user: User) -> Q:
    latest = LastUse.objects.filter(user=user).order_by("-used_at")[:RECENT]
    return _standing_for(LastUse.objects.filter(pk__in=latest.values("pk")))


def _standing_for(marked: QuerySet[Any]) -> Q:
    shared = marked.filter(exercise__clinic=None)
    return Q(exercise__in=marked.values("exercise")) | Q(
        exercise__slug__in=shared.values("exercise__slug")
    )


def with_favourites(versions: ExerciseVersionQuerySet, user: User) -> ExerciseVersionQuerySet:
    """Each with ``is_favourite``."""
    return versions.annotate(is_favourite=_truth(favourites_of(user)))


def at_hand_first(versions: ExerciseVersionQuerySet, user: User) -> ExerciseVersionQuerySet:
    """Favourites, then what was used lately, then the others, each by name."""
    lately = versions.annotate(is_favourite=_truth(favourites_of(user))).annotate(
        is_used_lately=_truth(used_lately_by(user))
    )
    return lately.order_by("-is_favourite", "-is_used_lately", "name", "pk")


def latest_first(versions: ExerciseVersionQuerySet, user: User) -> ExerciseVersionQuerySet:
    """Used last comes first."""
    uses = LastUse.objects.filter(
        Q(exercise=OuterRef("exercise"))
        | Q(exercise__clinic=None, exercise__slug=OuterRef("exercise__slug")),
        user=user,
    )
    used_at = Subquery(uses.order_by("-used_at").values("used_at")[:1])
    return versions.annotate(used_at=used_at).order_by("-used_at", "name", "pk")


def _truth(condition: Q) -> "ExpressionWrapper[Q]":
    return ExpressionWrapper(condition, output_field=BooleanField())
