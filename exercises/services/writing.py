"""Everything that a clinic can do to an exercise of its own. Each verb is one transaction.

A clinic's writers take turns: every verb locks the clinic's row first, so that two
people cannot give one slug twice, begin two drafts, or overwrite each other unseen.
Shared exercises are never written to, only copied.
"""

from copy import deepcopy
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.urls import resolve, reverse
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.actions import Action
from accounts.models import Clinic, User
from exercises import versions
from exercises.default_doses import default_dose_of
from exercises.models import Exercise, ExerciseVersion, Kind
from exercises.phases import fitted
from exercises.services import photos
from exercises.services.neighbours import Neighbours, set_neighbours
from exercises.services.turns import take_turn
from exercises.words.starting_dose import refusals
from figures import check

# What a version is by itself; everything else is words, tags, dose and figure.
IDENTITY = {
    "id",
    "exercise",
    "number",
    "content_hash",
    "written_by",
    "saved_at",
    "published_at",
    "search_words",
    "search_document",
    "search_tags",
}
# What a version needs before anyone may be given it → what to say where it is missing.
NEEDED = {
    "summary": gettext_lazy("Say in one sentence what this exercise is."),
    "position": gettext_lazy("Choose how one lies, sits or stands to begin."),
    "steps": gettext_lazy("Write at least one step."),
    "feel": gettext_lazy("Say what one should feel, and where."),
    "regions": gettext_lazy("Tick at least one part of the body, so that it can be found."),
    "source": gettext_lazy("Say where this comes from."),
}
SLUG_LENGTH = 80


class Shared(Exception):
    """The exercise belongs to everyone: copy it instead."""


class Frozen(versions.Frozen):
    words = gettext_lazy(
        "This version has been published since. Choose “Change it” to write the next one."
    )


class Stale(Exception):
    """Someone has saved the draft since it was opened; ``.draft`` is as it is now."""

    def __init__(self, draft: ExerciseVersion) -> None:
        clinic = draft.exercise.clinic
        assert clinic is not None  # noqa: S101  only a clinic's own exercises have drafts
        there = draft.saved_at.astimezone(ZoneInfo(clinic.time_zone))
        super().__init__(
            _("%(who)s changed this draft on %(day)s at %(time)s, since you opened it.")
            % {
                "who": draft.written_by,
                "day": date_format(there, "SHORT_DAY"),
                "time": date_format(there, "CLOCK"),
            }
        )
        self.draft = draft


class NotReady(Exception):
    """``.missing``: each field that still needs something, with what to say about it."""

    def __init__(self, missing: dict[str, str]) -> None:
        super().__init__(_("Not published yet: something is missing. What you wrote is saved."))
        self.missing = missing


@transaction.atomic
def create(
    clinic: Clinic, *, name: str, by: User, now: datetime, kind: Kind = Kind.STRETCH
) -> ExerciseVersion:
    """The first draft of a new exercise: a name, and the usual dose of its kind."""
    take_turn(clinic)
    exercise = _new_exercise(clinic, name=name, kind=kind, by=by)
    draft = ExerciseVersion.objects.create(
        exercise=exercise,
        number=1,
        name=name,
        dose_basis=ExerciseVersion.DoseBasis.CONVENTION,
        written_by=by,
        saved_at=now,
        **default_dose_of(kind),
    )
    _record(by, Action.EXERCISE_CREATED, exercise, now=now)
    return draft


@transaction.atomic
def copy(
    version: ExerciseVersion, *, to: Clinic, as_new: bool, by: User, now: datetime, name: str = ""
) -> ExerciseVersion:
    """A draft of a clinic's own that starts out like this version.

    ``as_new``: another exercise, called ``name``. Otherwise the clinic's own version of
    this exercise, which stands in place of the shared one once published; where the
    clinic has one already, its draft, or the next.
    """
    take_turn(to)
    kind = Kind(version.exercise.kind)
    if as_new:
        exercise = _new_exercise(to, name=name or version.name, kind=kind, by=by)
        draft = _draft_like(version, exercise=exercise, by=by, now=now, name=name or version.name)
    else:
        exercise, _created = Exercise.objects.get_or_create(
            clinic=to, slug=version.exercise.slug, defaults={"kind": kind, "created_by": by}
        )
        draft = _open_draft(exercise) or _draft_like(
            (exercise.archived_at is None and _newest(exercise)) or version,
            exercise=exercise,
            by=by,
            now=now,
        )
    _record(by, Action.EXERCISE_COPIED, exercise, now=now)
    return draft


@transaction.atomic
def revise(exercise: Exercise, *, by: User, now: datetime) -> ExerciseVersion:
    """The exercise's draft: the one there is, else the next version. Raises Shared."""
    take_turn(owner_of(exercise))
    if draft := _open_draft(exercise):
        return draft
    newest = exercise.versions.published().latest("number")
    draft = _draft_like(newest, exercise=exercise, by=by, now=now)
    _record(by, Action.EXERCISE_REVISED, exercise, now=now)
    return draft


@transaction.atomic
def save(
    draft: ExerciseVersion,
    *,
    columns: dict[str, Any],
    kind: str,
    neighbours: Neighbours,
    had: Neighbours,
    seen: str,
    by: User,
    now: datetime,
) -> ExerciseVersion:
    """Write these columns into a draft; its kind and neighbours are the exercise's, at once.

    ``seen`` and ``had`` are the draft's ``mark`` and the neighbours that the writer had
    before them when choosing. Returns the draft as stored. Raises Frozen; Stale if someone
    else has saved since; Circle. Saving what is there already changes nothing.
    """
    current = _open(draft)
    neighbours = neighbours.on_top_of(Neighbours.of(current.exercise), had=had)
    if _is_there(current, columns=columns, kind=kind, neighbours=neighbours):
        return current
    if current.mark != seen:
        raise Stale(current)
    for name, value in columns.items():
        setattr(current, name, value)
    current.written_by, current.saved_at = by, now
    current.save()
    exercise = current.exercise
    exercise.kind = kind
    exercise.save(update_fields=["kind"])
    set_neighbours(exercise, neighbours)
    _record(by, Action.EXERCISE_SAVED, exercise, now=now)
    return current


@transaction.atomic
def draw(
    draft: ExerciseVersion, *, figure: dict[str, Any], seen: str, by: User, now: datetime
) -> ExerciseVersion:
    """Put a figure into a draft; ``{}`` takes it away. ``seen`` is as in ``save``.

    Returns the draft as stored. Raises Frozen; Stale; ValueError if the figure cannot be
    drawn. Drawing what is there already changes nothing.
    """
    if figure and (problems := check(figure)):
        raise ValueError("; ".join(problems))
    current = _open(draft)
    if current.figure == figure:
        return current
    if current.mark != seen:
        raise Stale(current)
    current.figure, current.written_by, current.saved_at = figure, by, now
    current.save(update_fields=["figure", "written_by", "saved_at"])
    _record(by, Action.EXERCISE_DRAWN, current.exercise, now=now)
    return current


@transaction.atomic
def publish(draft: ExerciseVersion, *, by: User, now: datetime) -> None:
    """From here on nobody can change this version. An archived exercise is back in use.

    Raises Frozen; Stale if the draft is no longer as it was read; NotReady.
    """
    current = _open(draft)
    if current.saved_at != draft.saved_at:
        raise Stale(current)
    missing = {name: str(words) for name, words in NEEDED.items() if not getattr(current, name)}
    missing |= refusals(current.dose, current.guide)
    if missing:
        raise NotReady(missing)
    current.published_at = now
    current.phases = fitted(current.phases, current.steps)
    current.save(update_fields=["published_at", "phases"])
    Exercise.objects.filter(pk=current.exercise_id).update(archived_at=None)
    _record(by, Action.EXERCISE_PUBLISHED, current.exercise, now=now)


@transaction.atomic
def discard(draft: ExerciseVersion, *, by: User, now: datetime) -> None:
    """Delete a draft; with it the exercise, if it was never published. Raises Frozen."""
    current = _open(draft)
    _record(by, Action.EXERCISE_DRAFT_DISCARDED, current.exercise, now=now)
    current.delete()
    if not current.exercise.versions.exists():
        current.exercise.delete()
    photos.delete_unused(owner_of(current.exercise))


@transaction.atomic
def remove(exercise: Exercise, *, by: User, now: datetime) -> bool:
    """Delete what was never prescribed; archive what was. True if it is gone for good.

    Who has it in a programme keeps it. Raises Shared.
    """
    take_turn(owner_of(exercise))
    # Someone who is putting it into a programme is waited for, and so is seen.
    list(exercise.versions.order_by("pk").select_for_update().values("pk"))
    try:
        with transaction.atomic():
            # Looked up again: a refused deletion must leave the caller's own row whole.
            Exercise.objects.get(pk=exercise.pk).delete()
    except ProtectedError:
        Exercise.objects.filter(pk=exercise.pk, archived_at=None).update(archived_at=now)
        _record(by, Action.EXERCISE_ARCHIVED, exercise, now=now)
        return False
    photos.delete_unused(owner_of(exercise))
    _record(by, Action.EXERCISE_DELETED, exercise, now=now)
    return True


@transaction.atomic
def restore(exercise: Exercise, *, by: User, now: datetime) -> None:
    """Take an archived exercise back into use. Raises Shared."""
    take_turn(owner_of(exercise))
    Exercise.objects.filter(pk=exercise.pk).update(archived_at=None)
    _record(by, Action.EXERCISE_RESTORED, exercise, now=now)


def replaces_shared(exercise: Exercise) -> bool:
    """Whether a clinic's own exercise stands, once published, in place of a shared one."""
    return Exercise.objects.filter(clinic=None, slug=exercise.slug).exists()


def owner_of(exercise: Exercise) -> Clinic:
    """The clinic whose own it is. Raises Shared."""
    if exercise.clinic is None:
        raise Shared
    return exercise.clinic


def _open(draft: ExerciseVersion) -> ExerciseVersion:
    """The draft as it is now, in the writer's turn."""
    take_turn(owner_of(draft.exercise))
    with_owner = ExerciseVersion.objects.select_related("exercise__clinic", "written_by")
    current = with_owner.get(pk=draft.pk)
    if current.is_published:
        raise Frozen
    return current


def _open_draft(exercise: Exercise) -> ExerciseVersion | None:
    draft: ExerciseVersion | None = exercise.versions.drafts().first()
    return draft


def _newest(exercise: Exercise) -> ExerciseVersion | None:
    newest: ExerciseVersion | None = exercise.versions.published().order_by("-number").first()
    return newest


def _is_there(
    draft: ExerciseVersion, *, columns: dict[str, Any], kind: str, neighbours: Neighbours
) -> bool:
    return (
        all(getattr(draft, name) == value for name, value in columns.items())
        and draft.exercise.kind == kind
        and Neighbours.of(draft.exercise) == neighbours
    )


def _new_exercise(clinic: Clinic, *, name: str, kind: Kind, by: User) -> Exercise:
    return Exercise.objects.create(
        clinic=clinic, slug=_free_slug(name, clinic), kind=kind, created_by=by
    )


def _free_slug(name: str, clinic: Clinic) -> str:
    """From the name; neither the clinic's nor a shared one's, nor a word of our own addresses."""
    plain = slugify(name)[: SLUG_LENGTH - 5].strip("-_") or "exercise"
    near = Exercise.objects.filter(slug__startswith=plain)
    taken = set(near.filter(clinic=None).values_list("slug", flat=True))
    taken |= set(near.filter(clinic=clinic).values_list("slug", flat=True))
    number, slug = 1, plain
    while slug in taken or resolve(reverse("exercises:detail", args=[slug])).url_name != "detail":
        number += 1
        slug = f"{plain}-{number}"
    return slug


def _draft_like(
    version: ExerciseVersion, *, exercise: Exercise, by: User, now: datetime, name: str = ""
) -> ExerciseVersion:
    """The exercise's next version, with this one's words; its photos too, within a clinic."""
    last = exercise.versions.aggregate(number=Max("number"))["number"] or 0
    words = {
        field.name: deepcopy(getattr(version, field.name))
        for field in ExerciseVersion._meta.concrete_fields
        if field.name not in IDENTITY and not field.generated
    }
    words["name"] = name or version.name
    draft = ExerciseVersion.objects.create(
        exercise=exercise, number=last + 1, written_by=by, saved_at=now, **words
    )
    photos.carry_over(version, draft)
    return draft


def _record(by: User, action: Action, exercise: Exercise, *, now: datetime) -> None:
    audit.record(by, action, exercise, clinic=exercise.clinic, now=now)
