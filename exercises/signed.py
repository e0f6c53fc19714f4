"""Who stands by a version: what a reader's own clinics have signed, and what waits for them.

Another clinic's signature is not shown, so every reader says for whom it reads.
"""

from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch, Q

from accounts.models import Clinic, User
from exercises.models import ExerciseVersion, ExerciseVersionQuerySet, Signature


def with_signatures(versions: ExerciseVersionQuerySet, user: User) -> ExerciseVersionQuerySet:
    """Each with ``signed``: its standing signatures, by clinic; one more query for all of them."""
    seen = Signature.objects.visible_to(user).standing().select_related("clinic")
    by_clinic = seen.order_by("clinic__name", "clinic_id")
    return versions.prefetch_related(Prefetch("signatures", by_clinic, to_attr="signed"))


def with_who_signed(versions: ExerciseVersionQuerySet, user: User) -> ExerciseVersionQuerySet:
    """Each with ``signed_for``: the names of the clinics that have signed; no query more."""
    seen = Signature.objects.visible_to(user).standing().filter(version=OuterRef("pk"))
    return versions.annotate(
        signed_for=ArraySubquery(seen.order_by("clinic__name").values("clinic__name"))
    )


def is_signed_for(user: User) -> Q:
    """Of a version: one of this person's clinics has signed it."""
    seen = Signature.objects.visible_to(user).standing()
    return Q(Exists(seen.filter(version=OuterRef("pk"))))


def may_sign(version: ExerciseVersion, clinics: Iterable[Clinic]) -> list[Clinic]:
    """Those of the clinics for which it can be signed: the exercise's own; for a shared one, all."""
    owner = version.exercise.clinic_id
    return [clinic for clinic in clinics if owner in (None, clinic.pk)]


def waits_for(version: ExerciseVersion, clinics: Iterable[Clinic]) -> list[Clinic]:
    """Those of them that have not signed it; ``version`` comes from ``with_signatures``."""
    signed = {signature.clinic_id for signature in version.signed}  # type: ignore[attr-defined]
    return [clinic for clinic in may_sign(version, clinics) if clinic.pk not in signed]
