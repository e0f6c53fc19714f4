"""What a clinician can say about a programme and each of its items."""

from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.actions import Action
from accounts.forms.meanwhile import ComparesWithPage
from accounts.forms.rows import ModelForm
from accounts.forms.text import TypedText
from accounts.models import Clinic
from exercises.forms.dose import DoseForm
from exercises.forms.search import Known
from exercises.models import ExerciseVersion, ExerciseVersionQuerySet, Kind, Precaution
from exercises.search.facets import AtHand, Chosen
from programmes.models import (
    ADVICE_LENGTH,
    NOTE_LENGTH,
    TITLE_LENGTH,
    Item,
    Programme,
    ProgrammeQuerySet,
)
from programmes.summary import outside_library
from programmes.words import library_says

if TYPE_CHECKING:
    ClinicField = forms.ModelChoiceField[Clinic]
    VersionField = forms.ModelChoiceField[ExerciseVersion]

FIELD_TEMPLATE = "programmes/_field.html"


def bare_helper(*layout: str) -> FormHelper:
    """Fields only: the page writes the form's tag, token and buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.field_template = FIELD_TEMPLATE
    helper.layout = Layout(*layout)
    return helper


class NewProgrammeForm(ModelForm[Programme]):
    """Only a title; and a clinic, for who works in several."""

    class Meta:
        model = Programme
        fields = ["title", "clinic"]
        field_classes = {"title": TypedText}
        help_texts = {"title": _("What it is for, such as “Low back, tight hamstrings”.")}

    def __init__(self, *args: Any, clinics: QuerySet[Clinic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        if len(clinics) > 1:
            cast("ClinicField", self.fields["clinic"]).queryset = clinics
        else:
            del self.fields["clinic"]


class TitleForm(forms.Form):
    """A template's name."""

    title = TypedText(
        label=_("Title"),
        max_length=TITLE_LENGTH,
        help_text=_("What it is for, such as “Low back, tight hamstrings”."),
        error_messages={"required": _("Write a title.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class SavesWhatIsRight(ComparesWithPage):
    """One wrong field, or one that is asked about, is no reason to lose the others."""

    saves_what_is_right = True
    given_beside_fields = True

    def right_changes(self) -> dict[str, Any]:
        """The values that are new and can be saved. Ends of a range come and go together."""
        self.is_valid()
        if not set(self.changed_data) & self.cleaned_data.keys():
            return {}
        return self.cleaned_data


class DescribeForm(SavesWhatIsRight, ModelForm[Programme]):
    audited = (Action.PROGRAMME_DESCRIBED,)

    advice = TypedText(
        label=_("Advice for the patient"),
        max_length=ADVICE_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    class Meta:
        model = Programme
        fields = ["title"]
        field_classes = {"title": TypedText}

    def __init__(self, *args: Any, instance: Programme, **kwargs: Any) -> None:
        said = {"advice": instance.advice}
        super().__init__(*args, instance=instance, initial=said, auto_id="programme-%s", **kwargs)


class ItemForm(SavesWhatIsRight, DoseForm):
    """Dose, side and note of one item. The days, and sets that are not used, wait behind a word."""

    is_of_item = True
    audited = (Action.ITEM_CHANGED, Action.ITEM_VERSION_TAKEN)

    note = TypedText(
        label=_("Note for the patient"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 1}),
    )

    class Meta(DoseForm.Meta):
        model = Item
        fields = [*DoseForm.Meta.fields, "side"]

    instance: Item

    def __init__(self, *args: Any, instance: Item, **kwargs: Any) -> None:
        said = {"note": instance.note}
        auto_id = f"item-{instance.pk}-%s"
        super().__init__(*args, instance=instance, initial=said, auto_id=auto_id, **kwargs)
        if self.instance.exercise_version.is_sided:
            sides = [(side, capfirst(words)) for side, words in self.instance.side_choices()]
            self.fields["side"] = forms.ChoiceField(
                label=_("Side"),
                choices=sides,
                error_messages={
                    "required": _("Choose a side."),
                    "invalid_choice": _("Choose a side."),
                },
            )
        else:
            del self.fields["side"]
        # One set is how it is done without saying so.
        self.hides_sets = "sets" in self.parts and (self.instance.sets_max or 1) == 1
        self._advise()

    def changed_row(self) -> Programme:
        """The audit trail tells of an item's changes as changes of its programme."""
        return self.instance.programme

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own, and not in its stubs
        self._advise()

    def validate_constraints(self) -> None:
        """Left to the database, which keeps them as it saves: a field's own rules refuse the same
        with words beside it, and to ask for each constraint takes three queries.
        """

    def _advise(self) -> None:
        """Where the dose leaves the guide range, its field says what the library says."""
        outside = outside_library(self.instance.dose, self.instance.exercise_version.guide)
        words = library_says(outside)
        for part in self.parts:
            self.fields[f"{part}_max"].caution = words.get(part, "")  # type: ignore[attr-defined]

    @property
    def shown_parts(self) -> list[str]:
        """The parts of the dose that stand in the card."""
        return [part for part in self.parts if not (part == "sets" and self.hides_sets)]

    @property
    def is_more_open(self) -> bool:
        """Whether something behind the word needs attention."""
        sets = {"sets_min", "sets_max"} if self.hides_sets else set()
        return bool(self.errors.keys() & {"weekdays", "every_days", *sets})


class FindForm(forms.Form):
    """The library's search beside a programme. What cannot be searched finds everything."""

    q = forms.CharField(
        label=_("Find an exercise"), required=False, widget=forms.TextInput({"type": "search"})
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *Kind.choices]
    )
    kept = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("All")), *AtHand.choices],
        widget=forms.RadioSelect,
    )
    avoid = Known(
        label=_("Leave out"),
        required=False,
        choices=Precaution.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data if data is not None else {}, auto_id="find-%s")
        self.is_valid()

    @property
    def text(self) -> str:
        return str(self.cleaned_data.get("q", ""))

    @property
    def chosen(self) -> Chosen:
        """The facets of the library's search that are asked for."""
        names = ("kind", "kept")
        one = {name: [value] for name in names if (value := self.cleaned_data.get(name))}
        return {**one, "avoid": self.cleaned_data.get("avoid", [])}

    @property
    def is_anything(self) -> bool:
        return bool(self.text.strip()) or any(self.chosen.values())

    @property
    def query(self) -> str:
        """For the address, without the question mark."""
        return urlencode({**self.chosen, **({"q": self.text} if self.text else {})}, doseq=True)


class AddForm(forms.Form):
    """Which exercise to add: one of those that may go into this programme."""

    version = forms.ModelChoiceField(queryset=ExerciseVersion.objects.none())

    def __init__(self, data: Any, *, library: ExerciseVersionQuerySet) -> None:
        super().__init__(data)
        cast("VersionField", self.fields["version"]).queryset = library


class ListForm(forms.Form):
    """Search and filter of the list of templates. What cannot be searched finds everything."""

    STATES = [
        ("", _("All")),
        ("drafts", _("Drafts")),
        ("published", _("Published")),
        ("archived", _("Archived")),
    ]

    q = forms.CharField(
        label=_("Find a programme"), required=False, widget=forms.TextInput({"type": "search"})
    )
    state = forms.ChoiceField(label=_("Show"), required=False, choices=STATES)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.helper = bare_helper("q", "state")
        self.is_valid()

    def apply(self, programmes: ProgrammeQuerySet) -> ProgrammeQuerySet:
        """Only those asked for."""
        found = programmes.titled(self.cleaned_data.get("q", ""))
        match self.cleaned_data.get("state"):
            case "drafts":
                return found.offered().drafts()
            case "published":
                return found.offered().published()
            case "archived":
                return found.archived()
        return found.offered()
