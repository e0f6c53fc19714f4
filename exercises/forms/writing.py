"""Writing an exercise: its words, tags, dose and neighbours, section by section."""

import json
from typing import Any

from crispy_forms.layout import HTML, Div, Field
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.db.models import QuerySet, TextChoices
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.actions import Action
from accounts.forms.meanwhile import THEIRS, ComparesWithPage, Plain
from accounts.forms.text import TypedText
from exercises.default_doses import numbers_to_begin_with
from exercises.fields import DoseFields
from exercises.forms.bare import bare_helper
from exercises.forms.guide import NUMBERS, GuideForm
from exercises.forms.rows import PhasesField, RowsField, WordsField, rearranged
from exercises.models import CUES, Exercise, ExerciseVersion, Kind, Phase, Precaution
from exercises.phases import fitted
from exercises.services.neighbours import Neighbours
from exercises.vocabulary import Condition, Equipment, Muscle, Region

# The most letters of a text.
SENTENCE, PARAGRAPH, TEXT = 300, 600, 2000
STEPS, LINES = 12, 12
TAGS: dict[str, type[TextChoices]] = {
    "equipment": Equipment,
    "muscles": Muscle,
    "regions": Region,
    "conditions": Condition,
    "precautions": Precaution,
}
LABELS = {"precautions": _("Who should ask first")}
NEIGHBOURS = ("easier", "harder")
FIGURE = HTML('{% include "exercises/_figure_edit.html" %}')
PHOTOS = HTML('{% include "exercises/_photos_edit.html" %}')


def words(label: str | Promise, longest: int, *, rows: int = 2, **kwargs: Any) -> TypedText:
    return TypedText(
        label=label,
        max_length=longest,
        required=False,
        widget=forms.Textarea({"rows": rows}),
        **kwargs,
    )


class WritingForm(ComparesWithPage, GuideForm):
    """All of a draft. A draft may lack anything but its name and dose.

    ``library``: the exercises that may be neighbours. ``asks`` is the button that only
    changes the page (see ``as_asked``); nothing is checked then.
    """

    audited = (Action.EXERCISE_SAVED,)
    not_compared = frozenset({*NEIGHBOURS, "find"})  # each neighbour is compared (``had``)

    kind = forms.ChoiceField(label=pgettext_lazy("of exercise", "Kind"), choices=Kind.choices)
    steps = RowsField(label=_("Steps"), longest=SENTENCE, most=STEPS, phases="phases")
    phases = PhasesField(label=_("Phases of the steps"))
    cues = RowsField(
        label=_("In three short lines, for the handout (optional)"), longest=80, most=CUES
    )
    cautions = RowsField(label=_("Cautions (optional)"), longest=SENTENCE, most=LINES)
    synonyms = WordsField(
        label=_("Other names (optional)"),
        longest=80,
        most=20,
        widget=forms.Textarea({"rows": 1}),
        help_text=_("What people may search for, with commas between."),
    )
    feel = words(_("What you should feel, and where"), PARAGRAPH)
    progress = words(_("When to move on (optional)"), PARAGRAPH)
    why = WordsField(
        label=_("Why it may help (optional)"),
        longest=PARAGRAPH,
        most=10,
        between="\n",
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One reason a line, and careful: it “may” help."),
    )
    beside = words(_("What belongs beside it (optional)"), PARAGRAPH)
    why_for_patient = words(
        _("Why it may help, for the patient (optional)"),
        SENTENCE,
        help_text=_("One or two short sentences. Promise nothing: it “may” help."),
    )
    beside_for_patient = words(
        _("What goes well with it, for the patient (optional)"),
        SENTENCE,
        help_text=_("One or two short sentences, such as “It may go well with short walks.”"),
    )
    on_paper = words(
        _("All of it in one sentence, for the handout (optional)"),
        200,
        rows=1,
        help_text=_("How gentle it is, why, what goes with it and when to move on."),
    )
    source = words(
        _("Source"),
        PARAGRAPH,
        help_text=_("Where this comes from: a guideline, a leaflet, a paper, your own practice."),
    )
    easier = forms.ModelMultipleChoiceField(
        Exercise.objects.none(), label=_("Easier"), required=False
    )
    harder = forms.ModelMultipleChoiceField(
        Exercise.objects.none(), label=_("Harder"), required=False
    )
    find = forms.CharField(
        label=_("Find an exercise"),
        required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )

    class Meta(GuideForm.Meta):
        model = ExerciseVersion
        fields = [
            "name",
            "summary",
            "side_kind",
            "flexes",
            "position",
            *TAGS,
            "synonyms",
            "steps",
            "phases",
            "cues",
            "feel",
            "cautions",
            "progress",
            "why",
            "beside",
            "why_for_patient",
            "beside_for_patient",
            "on_paper",
            "dose_kind",
            *GuideForm.Meta.fields,
            "dose_basis",
            "source",
        ]
        error_messages = {
            "name": {"required": _("Give the exercise a name.")},
        }
        help_texts = {"summary": _("In plain words: what it does, and for which part of the body.")}
        widgets = {"summary": forms.Textarea({"rows": 1})}
        field_classes = {"name": TypedText, "summary": TypedText}
        labels = {
            "dose_kind": _("Counted in"),
            "dose_basis": _("Where the numbers come from"),
        }

    instance: ExerciseVersion

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        instance: ExerciseVersion,
        library: QuerySet[Exercise],
        neighbours: Neighbours | None = None,
        asks: str = "",
        **seen: Any,
    ) -> None:
        self.asks, self.stored_kind = asks, instance.dose_kind
        initial = self._of_exercise(instance, neighbours)
        instance.dose_kind = self._kind_to_show(data, instance)
        super().__init__(data, instance=instance, initial=initial, **seen)
        self.initial["dose_kind"] = self.stored_kind
        for column in set(NUMBERS) - self.fields.keys():
            setattr(instance, column, None)
        for name, known in TAGS.items():
            self.fields[name] = _ticks(name, known)
        for name in NEIGHBOURS:
            chosen: Any = self.fields[name]
            chosen.queryset = library
        for name in ("summary", "dose_kind", "dose_basis"):
            self.fields[name].required = name != "summary"
        self.sections = self._sections()
        self.helper = bare_helper(*self.sections[:2], FIGURE, PHOTOS, *self.sections[2:])

    def _kind_to_show(self, data: QueryDict | None, instance: ExerciseVersion) -> str:
        """The kind of dose whose fields the form has: as sent, unless the page only repeats it.

        Numbers typed for the kind that the page shows count as having chosen it.
        """
        if data is None:
            return instance.dose_kind
        sent = data.get("dose_kind", "")
        if sent not in DoseFields.DoseKind.values or data.get("settle-dose_kind") == THEIRS:
            return instance.dose_kind
        if self.asks or data.get("given-dose_kind") != json.dumps(sent):
            return sent
        wrote = any(
            f"given-{column}" in data
            and data[f"given-{column}"] != json.dumps(data.get(column, "").strip())
            for column in NUMBERS
        )
        return sent if wrote else instance.dose_kind

    def _compare(self, name: str, data: Any, *, given: Plain, row: Plain, typed: Plain) -> None:
        """Numbers for one kind of dose are no repetition of it: it is asked about, they follow."""
        if name in NUMBERS and self.instance.dose_kind != self.stored_kind:
            return
        if name == "dose_kind" and typed == given and self.instance.dose_kind == typed:
            given = ""
        super()._compare(name, data, given=given, row=row, typed=typed)

    def changed_row(self) -> Exercise:
        return self.instance.exercise

    @staticmethod
    def _of_exercise(instance: ExerciseVersion, neighbours: Neighbours | None) -> dict[str, Any]:
        chosen = neighbours or Neighbours(frozenset(), frozenset())
        return {
            "kind": instance.exercise.kind,
            "easier": list(chosen.easier),
            "harder": list(chosen.harder),
        }

    def full_clean(self) -> None:
        if not self.asks:
            super().full_clean()
            return
        self._errors, self.cleaned_data = ErrorDict(), {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        both = set(cleaned.get("easier") or ()) & set(cleaned.get("harder") or ())
        if both:
            self.add_error("harder", _("One exercise cannot be both easier and harder."))
        lines = self["steps"].value() or []
        phases = fitted(cleaned.get("phases", []), lines)
        cleaned["phases"] = [
            phase for phase, line in zip(phases, lines, strict=True) if line.strip()
        ]
        return cleaned

    @property
    def columns(self) -> dict[str, Any]:
        """Every column of the version that the form is about, once it is valid."""
        return {name: getattr(self.instance, name) for name in {*self.Meta.fields, *NUMBERS}}

    @property
    def typed_sides(self) -> int:
        return 2 if self.cleaned_data.get("side_kind") else 1

    @property
    def neighbours(self) -> Neighbours:
        """Those chosen, once the form is valid."""
        easier, harder = (
            frozenset(exercise.pk for exercise in self.cleaned_data[name]) for name in NEIGHBOURS
        )
        return Neighbours(easier, harder)

    def keys_of(self, name: str) -> list[str]:
        """Keys of the neighbours as they stand on the page, checked or not."""
        return [str(key) for key in self[name].value() or []]

    @property
    def put_aside(self) -> list[tuple[str, str]]:
        """Numbers typed for another kind of dose: they wait, in case it is chosen again."""
        unused = [column for column in NUMBERS if column not in self.fields]
        return [(column, self.data.get(column, "")) for column in unused]

    def _sections(self) -> list[Any]:
        return [*self._for_patients(), self._how_much(), *self._for_colleagues()]

    @staticmethod
    def _for_patients() -> list[Any]:
        return [
            Section(
                _("What it is"),
                "name",
                "summary",
                "synonyms",
                css_id="about",
            ),
            Section(
                _("How it is done"),
                "position",
                "side_kind",
                Field("steps", template="exercises/_rows.html"),
                "feel",
                Field("cautions", template="exercises/_rows.html"),
                css_id="doing",
                words=_("Plain words, one thing a step. Your patients read this on the phone."),
            ),
            Section(
                _("What your patients read about it"),
                "why_for_patient",
                "beside_for_patient",
                "progress",
                "on_paper",
                Field("cues", template="exercises/_rows.html"),
                css_id="told",
            ),
        ]

    def _how_much(self) -> "Section":
        ranges, _weekdays, every_days = self.layout()
        return Section(
            _("How much"),
            Field("dose_kind", template="exercises/_dose_kind.html"),
            ranges,
            Field("weekdays", template="components/segmented.html"),
            every_days,
            self.guide_layout(),
            "dose_basis",
            "source",
            css_id="dose",
            words=_(
                "The starting dose: what the builder fills in. You change it for each patient."
            ),
        )

    @staticmethod
    def _for_colleagues() -> list[Any]:
        return [
            Section(
                _("Found by"),
                *(Field(name, template="exercises/_ticks.html") for name in TAGS),
                "flexes",
                css_id="tags",
                words=_("What it is for and what it needs. Filters and warnings go by these."),
            ),
            Section(_("For colleagues"), "why", "beside", css_id="more"),
            Section(
                _("Its place in the library"),
                "kind",
                HTML('{% include "exercises/_neighbours.html" %}'),
                css_id="place",
                words=_("These belong to all versions: a change shows as soon as you save."),
            ),
        ]


class Section(Div):  # type: ignore[misc]  # crispy has no types
    """Fields under a heading; with htmx it is a part of the page that changes by itself."""

    template = "exercises/_section.html"

    def __init__(
        self, title: str | Promise, *fields: Any, css_id: str, words: str | Promise = ""
    ) -> None:
        super().__init__(*fields, css_id=css_id)
        self.title, self.words = title, words

    def render(
        self, form: forms.BaseForm, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any
    ) -> str:
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        own = {"id": self.css_id, "title": self.title, "words": self.words, "fields": fields}
        return render_to_string(self.template, own)


def _ticks(name: str, known: type[TextChoices]) -> forms.MultipleChoiceField:
    column: Any = ExerciseVersion._meta.get_field(name)
    return forms.MultipleChoiceField(
        label=LABELS.get(name, column.verbose_name),
        choices=known.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def as_asked(data: QueryDict, do: str) -> QueryDict:
    """What was typed, after "steps up 3", "dose", "easier KEY", "harder KEY" or "drop KEY"."""
    changed = data.copy()
    match do.split():
        case [("steps" | "cues" | "cautions") as rows, how, *which]:
            if rows == "steps":
                phases = fitted(data.getlist("phases"), data.getlist("steps"))
                changed.setlist("phases", rearranged(phases, how, *which[:1], empty=Phase.MOVE))
            changed.setlist(rows, rearranged(data.getlist(rows), how, *which[:1]))
        case ["dose"]:
            changed.update(numbers_to_begin_with(data))
        case [("easier" | "harder" | "drop") as way, key]:
            for name in NEIGHBOURS:
                others = [other for other in data.getlist(name) if other != key]
                changed.setlist(name, [*others, key] if name == way else others)
    return changed
