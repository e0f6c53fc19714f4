"""What the tests of writing share: a draft, and its form as a browser would send it."""

from exercises import editor
from exercises.models import ExerciseVersion
from exercises.phases import fitted
from exercises.services import writing
from tests.factories import LONG_AGO

# All that a version needs before it may be published, as typed.
READY = {
    "summary": "A gentle stretch.",
    "position": "lying on the back",
    "regions": ["back of thigh"],
    "steps": ["Lie down.", "Straighten the knee."],
    "feel": "A pull at the back of the thigh.",
    "source": "A leaflet",
}


def address(draft, page: str = "") -> str:
    return f"/exercises/drafts/{draft.pk}/{page}"


def of_version(version, page: str) -> str:
    return f"/exercises/versions/{version.pk}/{page}/"


def typed(draft, **changes) -> dict:
    """What the draft's page sends as it stands, with some fields typed differently."""
    draft = ExerciseVersion.objects.get(pk=draft.pk)
    form = editor.form_for(draft, draft.exercise.created_by)
    values = {name: form[name].value() for name in form.fields}
    values |= {"seen": draft.mark, "do": "save"}
    values |= {"had_easier": values["easier"], "had_harder": values["harder"]}
    return {name: "" if value is None else value for name, value in {**values, **changes}.items()}


def ready_draft(clinic, *, by, name="Wall sit", now=LONG_AGO, **changes) -> ExerciseVersion:
    """A draft that may be published."""
    draft = writing.create(clinic, name=name, by=by, now=now)
    columns = {**READY, **changes}
    phases = fitted(["set_up"], columns["steps"])
    ExerciseVersion.objects.filter(pk=draft.pk).update(**{"phases": phases, **columns})
    draft.refresh_from_db()
    return draft


def published(clinic, *, by, name="Wall sit", now=LONG_AGO, **changes) -> ExerciseVersion:
    draft = ready_draft(clinic, by=by, name=name, now=now, **changes)
    writing.publish(draft, by=by, now=now)
    draft.refresh_from_db()
    return draft
