"""Everything that can happen to a programme. Each verb is one transaction and one audit line.

Every change locks the programme's row first, so that two taps, two tabs or two
people take turns: positions stay 1, 2, 3 … and nobody changes a programme while
someone else publishes it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.actions import Action
from accounts.models import Clinic, User
from exercises import versions
from exercises.models import ExerciseVersion
from exercises.services import favourites
from programmes.models import Item, ItemWords, Programme, ProgrammeQuerySet, ProgrammeWords

PUBLISHED = Action.PROGRAMME_PUBLISHED  # in the audit trail; handouts tell of it


class Frozen(versions.Frozen):
    words = gettext_lazy(
        "This programme is published. Choose “Change it” to make its next version."
    )


class NotPublishable(Exception):
    """Says in plain words what is missing."""


class DraftOpen(Exception):
    """Someone has begun a next version."""

    def __init__(self) -> None:
        super().__init__(_("A next version has been begun. Publish that draft or delete it first."))


class Changed(Exception):
    """Someone has changed the draft since it was read."""

    def __init__(self) -> None:
        super().__init__(
            _("The programme has changed since you opened this page. Read it once more.")
        )


class AlreadyThere(Exception):
    """The exercise is in the programme already, as ``.item``."""

    def __init__(self, item: Item) -> None:
        super().__init__(_("%(exercise)s is already in this programme.") % {"exercise": item})
        self.item = item


class Gone(Exception):
    """The exercise was deleted a moment ago."""

    def __init__(self) -> None:
        super().__init__(_("That exercise has just been deleted. Choose another one."))


@transaction.atomic
def create(
    clinic: Clinic, *, title: str, patient_id: UUID | None = None, by: User, now: datetime
) -> Programme:
    """A new, empty draft: of a clinic's template, or of what is for one patient only."""
    programme = Programme.objects.create(
        clinic=clinic,
        title=title,
        is_template=patient_id is None,
        patient_id=patient_id,
        created_by=by,
        created_at=now,
        saved_at=now,
    )
    _record(by, Action.PROGRAMME_CREATED, programme, now=now)
    return programme


@transaction.atomic
def describe(programme: Programme, *, title: str, advice: str, by: User, now: datetime) -> None:
    """Name a draft and say something to its patient. Raises Frozen."""
    draft = _open(programme)
    draft.title = title
    _write_advice(draft, advice)
    _saved(draft, Action.PROGRAMME_DESCRIBED, by=by, now=now)


@transaction.atomic
def add_item(programme: Programme, version: ExerciseVersion, *, by: User, now: datetime) -> Item:
    """Put an exercise last, with its starting dose, on both sides if it has sides.

    Whoever puts it there has it at hand from now on.
    Raises Frozen, Gone, or AlreadyThere when any version of the exercise is in it.
    """
    draft = _open(programme)
    _hold(version.pk)
    _refuse_second(version, draft)
    item = Item(programme=draft, exercise_version=version, position=_next_position(draft))
    item.copy_dose_from(version)
    item.side = Item.Side.BOTH if version.is_sided else Item.Side.NONE
    item.save(force_insert=True)
    favourites.note_use(version.exercise, by=by, now=now)
    _saved(draft, Action.ITEM_ADDED, by=by, now=now)
    return item


@transaction.atomic
def change_item(item: Item, *, side: str, note: str, by: User, now: datetime, **dose: Any) -> None:
    """Give an item another dose, side or note; ``dose`` holds columns of DoseFields.

    Raises Frozen, and ValidationError for a number, day or side that cannot be. The
    database refuses a range that is none and a dose that does not fit its kind.
    """
    draft = _open_for(item)
    for name, value in {**dose, "side": side}.items():
        setattr(item, name, value)
    item.clean_fields()
    item.clean()
    item.save(update_fields=[*dose, "side"])
    _write_notes({item: note})
    _saved(draft, Action.ITEM_CHANGED, by=by, now=now)


@transaction.atomic
def take_version(item: Item, version: ExerciseVersion, *, by: User, now: datetime) -> None:
    """Give an item another published version of its exercise; dose, side and note stay.

    Only an exercise that has become sided, or stopped being so, gets both sides or none.
    Raises Frozen, and Gone for a version that is deleted.
    """
    draft = _open_for(item)
    _hold(version.pk)
    item.exercise_version = version
    if version.is_sided != bool(item.side):
        item.side = Item.Side.BOTH if version.is_sided else Item.Side.NONE
    item.save(update_fields=["exercise_version", "side"])
    _saved(draft, Action.ITEM_VERSION_TAKEN, by=by, now=now)


@transaction.atomic
def move_item(item: Item, *, up: bool, by: User, now: datetime) -> None:
    """Change places with the neighbour; at the end of the list nothing moves. Raises Frozen."""
    draft = _open_for(item)
    if up:
        neighbour = draft.items.filter(position__lt=item.position).last()
    else:
        neighbour = draft.items.filter(position__gt=item.position).first()
    if neighbour is None:
        return
    item.position, neighbour.position = neighbour.position, item.position
    Item.objects.bulk_update([item, neighbour], ["position"])
    _saved(draft, Action.ITEM_MOVED, by=by, now=now)


@transaction.atomic
def remove_item(item: Item, *, by: User, now: datetime) -> None:
    """Take an exercise out and close the gap. Raises Frozen."""
    draft = _open_for(item)
    draft.items.filter(pk=item.pk).delete()
    draft.items.filter(position__gt=item.position).update(position=F("position") - 1)
    _saved(draft, Action.ITEM_REMOVED, by=by, now=now)


@transaction.atomic
def restore_item(item: Item, *, by: User, now: datetime) -> None:
    """Put a removed item back where it was, or last if the list has become shorter.

    One that is back already stays as it is.
    Raises Frozen, Gone, or AlreadyThere when the exercise has been added again since.
    """
    draft = _open(item.programme)
    if draft.items.filter(pk=item.pk).exists():
        return
    _hold(item.exercise_version_id)
    _refuse_second(item.exercise_version, draft)
    item.position = min(item.position, _next_position(draft))
    draft.items.filter(position__gte=item.position).update(position=F("position") + 1)
    item.save(force_insert=True)
    _write_notes({item: item.note})
    _saved(draft, Action.ITEM_RESTORED, by=by, now=now)


@transaction.atomic
def publish(programme: Programme, *, by: User, now: datetime, seen: str | None = None) -> None:
    """Freeze a draft for good; the database refuses any change from here on.

    ``seen`` is the ``mark`` of the draft as it was read: nobody publishes an exercise that a
    colleague has put in since. Raises Changed, Frozen, or NotPublishable for a programme
    without exercises.
    """
    draft = _open(programme)
    if seen is not None and seen != draft.mark:
        raise Changed
    if not draft.items.exists():
        raise NotPublishable(_("Add at least one exercise, then publish."))
    programme.published_at = draft.published_at = now
    _saved(draft, PUBLISHED, by=by, now=now)


@transaction.atomic
def copy(programme: Programme, *, patient_id: UUID | None, by: User, now: datetime) -> Programme:
    """The same words and items as a new line, a patient's own or a template.

    Published if the original is.
    """
    twin = _twin(programme, patient_id=patient_id, by=by, now=now)
    if programme.is_published:
        twin.published_at = now
    _saved(twin, Action.PROGRAMME_COPIED, by=by, now=now)
    return twin


@transaction.atomic
def copy_as_draft(programme: Programme, *, title: str, by: User, now: datetime) -> Programme:
    """A new template to work on that starts out like this programme.

    A patient's words may be in it, so the event is about the one whose programme this is.
    """
    twin = _twin(programme, patient_id=None, by=by, now=now)
    twin.title = title
    _saved(twin, Action.PROGRAMME_COPIED, about=programme, by=by, now=now)
    return twin


@transaction.atomic
def revise(programme: Programme, *, by: User, now: datetime) -> Programme:
    """The line's draft: the one there is, else a next version that starts like this one."""
    line = _locked_line(programme)
    open_draft: Programme | None = line.drafts().first()
    if open_draft:
        return open_draft
    place = {**_next_place(programme, line), "archived_at": programme.archived_at}
    draft = _twin(programme, patient_id=programme.patient_id, by=by, now=now, **place)
    _record(by, Action.PROGRAMME_REVISED, draft, now=now)
    return draft


@transaction.atomic
def follow_with(programme: Programme, template: Programme, *, by: User, now: datetime) -> Programme:
    """The line's next version, published: the words and items of another programme.

    Raises DraftOpen, since a next version that someone works on would be overtaken.
    """
    line = _locked_line(programme)
    if line.drafts().exists():
        raise DraftOpen
    place = _next_place(programme, line)
    twin = _twin(template, patient_id=programme.patient_id, by=by, now=now, **place)
    twin.published_at = now
    _saved(twin, PUBLISHED, by=by, now=now)
    return twin


def _locked_line(programme: Programme) -> ProgrammeQuerySet:
    """Every version, locked: two requests take turns."""
    line = Programme.objects.filter(line_id=programme.line_id)
    list(line.select_for_update().values("pk"))
    return line


def _next_place(programme: Programme, line: ProgrammeQuerySet) -> dict[str, Any]:
    newest = line.aggregate(version=Max("version"))["version"]
    return {"line_id": programme.line_id, "version": newest + 1}


@transaction.atomic
def discard(programme: Programme, *, by: User, now: datetime) -> None:
    """Delete a draft, which no patient has ever seen. Raises Frozen."""
    draft = _open(programme)
    _record(by, Action.PROGRAMME_DISCARDED, draft, now=now)
    draft.delete()


def note_printed(programme: Programme, *, by: User, now: datetime) -> None:
    """A patient's own programme was put on paper."""
    _record(by, Action.RECORD_PRINTED, programme, now=now)


def _open(programme: Programme) -> Programme:
    """The draft, locked until the transaction ends."""
    draft = Programme.objects.select_for_update().get(pk=programme.pk)
    if draft.is_published:
        raise Frozen
    return draft


def _open_for(item: Item) -> Programme:
    """The item's draft, locked, and where the item is now. Item.DoesNotExist if it is gone."""
    draft = _open(item.programme)
    item.refresh_from_db(fields=["position"])
    return draft


def _hold(version_id: UUID) -> None:
    """Let nobody delete this version until the transaction ends. Raises Gone."""
    held = ExerciseVersion.objects.select_for_update(no_key=True).filter(pk=version_id)
    if not list(held.values("pk")):
        raise Gone


def _refuse_second(version: ExerciseVersion, draft: Programme) -> None:
    same = draft.items.filter(exercise_version__exercise=version.exercise_id)
    if there := same.select_related("exercise_version").first():
        raise AlreadyThere(there)


def _next_position(draft: Programme) -> int:
    last = draft.items.aggregate(last=Max("position"))["last"]
    return 1 if last is None else last + 1


def _saved(
    draft: Programme, action: Action, *, about: Programme | None = None, by: User, now: datetime
) -> None:
    draft.saved_at = now
    draft.save(update_fields=["title", "saved_at", "published_at"])
    _record(by, action, draft, about=about, now=now)


def _record(
    by: User, action: Action, programme: Programme, *, about: Programme | None = None, now: datetime
) -> None:
    """``about`` is the programme whose patient it concerns, where that is another one."""
    patient_id = (about or programme).patient_id
    clinic = programme.clinic
    audit.record(by, action, programme, clinic=clinic, patient_id=patient_id, now=now)


def _twin(
    programme: Programme, *, patient_id: UUID | None, by: User, now: datetime, **place: Any
) -> Programme:
    """A draft with the same words and items; ``place`` puts it into an existing line."""
    twin = Programme.objects.create(
        clinic=programme.clinic,
        title=programme.title,
        is_template=patient_id is None,
        patient_id=patient_id,
        created_by=by,
        created_at=now,
        saved_at=now,
        **place,
    )
    _write_advice(twin, programme.advice)
    notes = {_item_like(item, programme=twin): item.note for item in programme.items.all()}
    Item.objects.bulk_create(notes)
    _write_notes({item: note for item, note in notes.items() if note})
    return twin


def _item_like(item: Item, *, programme: Programme) -> Item:
    new = Item(
        programme=programme,
        position=item.position,
        exercise_version_id=item.exercise_version_id,
        side=item.side,
    )
    new.copy_dose_from(item)
    return new


def _write_advice(draft: Programme, advice: str) -> None:
    words = ProgrammeWords(programme=draft, advice=advice)
    ProgrammeWords.objects.bulk_create(
        [words], update_conflicts=True, unique_fields=["programme"], update_fields=["advice"]
    )


def _write_notes(notes: Mapping[Item, str]) -> None:
    ItemWords.objects.bulk_create(
        [ItemWords(item=item, note=note) for item, note in notes.items()],
        update_conflicts=True,
        unique_fields=["item"],
        update_fields=["note"],
    )
