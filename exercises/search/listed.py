"""What a reader may find: the library, and their clinics' own exercises. Their scope is kept as SQL."""

from accounts.models import User
from exercises.kept_sql import kept_condition
from exercises.models import ExerciseVersion, ExerciseVersionQuerySet


def library_of(user: User) -> ExerciseVersionQuerySet:
    """As ``visible_to(user).current()``; each joined to its exercise."""
    versions: ExerciseVersionQuerySet = ExerciseVersion.objects.filter(exercise__archived_at=None)
    return versions.filter(_is_listed(user))


@kept_condition
def _is_listed(user: User) -> ExerciseVersionQuerySet:
    return ExerciseVersion.objects.visible_to(user).current()


def own_of(user: User) -> ExerciseVersionQuerySet:
    """As ``visible_to(user).own()``; each joined to its exercise."""
    versions: ExerciseVersionQuerySet = ExerciseVersion.objects.own()
    return versions.filter(_is_own(user))


@kept_condition
def _is_own(user: User) -> ExerciseVersionQuerySet:
    return ExerciseVersion.objects.visible_to(user).own()
