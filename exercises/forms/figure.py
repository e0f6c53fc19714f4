"""A draft's figure: one chosen to begin with, and its poses adjusted one at a time."""

from typing import Any

from crispy_forms.layout import Div, Field, Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

import figures
from accounts.actions import Action
from accounts.forms.meanwhile import ComparesWithPage
from accounts.forms.text import TypedText
from exercises.forms.bare import bare_helper
from exercises.models import Exercise, ExerciseVersion, ExerciseVersionQuerySet
from exercises.words.figures import (
    JOINTS,
    arrow_in_words,
    meaning_of,
    part_in_words,
    target_in_words,
)

NONE, KEPT = "none", "kept"
LEG = ("to_{}_ankle", "{}_hip", "{}_knee", "to_{}_foot", "{}_ankle")
ARM = ("to_{}_hand", "{}_shoulder", "{}_elbow")
NUMBER_WORDS = {
    "required": _("Type a number here."),
    "invalid": _("Type a whole number of degrees."),
    "min_value": _("%(limit_value)s is the least."),
    "max_value": _("%(limit_value)s is the most."),
}
HOLD_LABELS = {
    "near ankle": _("Place of the near leg"),
    "near foot": _("Place of the near foot"),
    "near hand": _("Place of the near hand"),
    "far ankle": _("Place of the far leg"),
    "far foot": _("Place of the far foot"),
    "far hand": _("Place of the far hand"),
}


def muscle_choices() -> list[tuple[str, str]]:
    """When the form is shown, in the language of whoever looks at it."""
    return [(muscle, part_in_words(muscle)) for muscle in figures.MUSCLES]


class FindForm(forms.Form):
    """Words to find a figure by."""

    find = forms.CharField(
        label=_("Find a figure"),
        required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


class ChooseForm(forms.Form):
    """A figure of these versions, or none."""

    version = TypedText(required=False, max_length=40, label=_("Figure"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, offered: ExerciseVersionQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.helper = bare_helper(Field("version", template="exercises/_figure_tiles.html"))

    def clean_version(self) -> ExerciseVersion | None:
        """The version, or None for no figure."""
        chosen = self.cleaned_data["version"]
        if chosen == NONE:
            return None
        try:
            return self.offered.get(pk=chosen)
        except (self.offered.model.DoesNotExist, ValidationError):
            raise ValidationError(_("Choose a figure, or “No figure”.")) from None


class HoldField(forms.ChoiceField):
    """Where a hand or foot goes; ``group`` is what changes with it on the page."""

    group: str


class PoseForm(ComparesWithPage, forms.Form):
    """One pose of a figure, and what belongs to the whole of it.

    A pose is one value (``exercises.pose_stamps``); only the rest is compared field by field.

    ``figure`` is the checked data as stored, ``frame`` which pose, ``draft`` has the
    written steps. Once valid, ``drawn`` is the data with what was typed.
    """

    says = TypedText(
        label=_("The pose in words"),
        max_length=figures.LETTERS_SAID,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Describe the pose for someone who cannot see it, in one sentence."),
        error_messages={
            "required": _("Describe the pose for someone who cannot see it."),
        },
    )
    shows = forms.MultipleChoiceField(
        label=_("Steps that it shows"), required=False, widget=forms.CheckboxSelectMultiple
    )
    pause = forms.FloatField(
        label=_("Seconds it stays when it moves"),
        min_value=0,
        max_value=figures.LONGEST_PAUSE,
        error_messages=NUMBER_WORDS | {"invalid": _("Type a number of seconds, such as 1.5.")},
        widget=forms.NumberInput({"step": "0.1", "inputmode": "decimal"}),
    )
    arrow = forms.ChoiceField(label=_("The arrow shows the way of"))
    muscles = forms.MultipleChoiceField(
        label=_("Working muscles"),
        required=False,
        choices=muscle_choices,
        widget=forms.CheckboxSelectMultiple,
    )
    cover = forms.ChoiceField(label=_("Pose that stands for the exercise in lists"))

    audited = (Action.EXERCISE_DRAWN,)

    not_compared = frozenset()  # set with the fields
    data: QueryDict

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        figure: dict[str, Any],
        frame: int,
        draft: ExerciseVersion,
        **seen: Any,
    ) -> None:
        super().__init__(data and data.copy(), use_required_attribute=False, **seen)
        self.draft, steps = draft, draft.steps
        self.figure, self.frame = figure, frame
        self._offer(steps)
        self.base = self._with_limbs()
        self._turn()
        self.not_compared = frozenset(self.fields.keys() - {"muscles", "cover"})
        self.helper = bare_helper(*self._layout())

    def changed_row(self) -> Exercise:
        return self.draft.exercise

    # --- fields

    def _offer(self, steps: list[str]) -> None:
        """The fields that every pose has, as stored."""
        frames, frame = self.figure["frames"], self.figure["frames"][self.frame]
        fields: dict[str, Any] = self.fields
        poses = range(1, len(frames) + 1)
        fields["shows"].choices = [(str(at), f"{at}. {step}") for at, step in enumerate(steps, 1)]
        fields["cover"].choices = [(str(at), _("Pose %(at)d") % {"at": at}) for at in poses]
        drawn = figures.Figure.of(self.figure, self.draft.phases)
        self.initial = {
            "says": frame["says"],
            "shows": [str(step) for step in figures.as_list(frame.get("step", []))],
            "pause": drawn.frames[self.frame].pause,
            "muscles": self.figure.get("muscles", []),
            "cover": str(drawn.telling + 1),
        }
        if self.frame:
            self._offer_arrow(frame.get("arrow", self.figure.get("arrow", NONE)))
        else:
            del fields["arrow"]

    def _offer_arrow(self, now: str | list[str]) -> None:
        """A joint or none; an arrow in a place of its own may be kept as it is."""
        choices = [(joint, part_in_words(joint)) for joint in figures.ARROW_JOINTS]
        is_plain = now == NONE or now in figures.ARROW_JOINTS
        kept = (
            [] if is_plain else [(KEPT, _("As it is: %(arrow)s") % {"arrow": arrow_in_words(now)})]
        )
        field: Any = self.fields["arrow"]
        field.choices = [*kept, (NONE, _("No arrow")), *choices]
        self.initial["arrow"] = now if is_plain else KEPT

    def _with_limbs(self) -> dict[str, Any]:
        """The figure with its limbs sent where the form says; which joints can be turned, follows."""
        targets = {}
        for hold in figures.holds(self.figure, self.frame):
            name = f"to_{_name(hold.key)}"
            choices = [(target, target_in_words(target, hold.key)) for target in hold.choices]
            field = HoldField(label=HOLD_LABELS[hold.key], choices=choices)
            field.group = _group_of(hold.key)
            self.fields[name] = field
            self.initial[name] = hold.target
            typed = self.data.get(name)
            targets[hold.key] = typed if typed in hold.choices else hold.target
        return figures.held(self.figure, self.frame, targets)

    def _turn(self) -> None:
        """A slider for each joint. One that was just set free begins where it is."""
        before = {joint.key for joint in figures.adjustable(self.figure, self.frame)}
        self.joints: dict[str, figures.Joint] = {}
        for joint in figures.adjustable(self.base, self.frame):
            name = _name(joint.key)
            self.joints[name] = joint
            self.fields[name] = forms.IntegerField(
                label=str(JOINTS[joint.key]),
                min_value=joint.least,
                max_value=joint.most,
                help_text=meaning_of(joint.key),
                error_messages=NUMBER_WORDS,
            )
            self.initial[name] = joint.value
            if self.is_bound and joint.key not in before:
                self.data.setdefault(name, str(joint.value))

    # --- what was typed

    def clean_says(self) -> str:
        words: str = " ".join(self.cleaned_data["says"].split())
        if len(words.split()) > figures.WORDS_SAID:
            raise ValidationError(
                ngettext_lazy(
                    "Use %(most)d word at most: these are %(count)d.",
                    "Use %(most)d words at most: these are %(count)d.",
                    "most",
                ),
                params={"most": figures.WORDS_SAID, "count": len(words.split())},
            )
        return words

    def clean_muscles(self) -> list[str]:
        muscles: list[str] = self.cleaned_data["muscles"]
        if len(muscles) > figures.LISTED:
            raise ValidationError(
                ngettext_lazy("Tick %(most)d at most.", "Tick %(most)d at most.", "most"),
                params={"most": figures.LISTED},
            )
        return muscles

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self.drawn = self._drawn(cleaned)
            for problem in figures.check(self.drawn):
                self.add_error(None, problem)
        return cleaned

    def _drawn(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """The figure with all that was typed."""
        turned = {joint.key: cleaned[name] for name, joint in self.joints.items()}
        data = figures.adjusted(self.base, self.frame, turned)
        data |= {"muscles": cleaned["muscles"], "cover": int(cleaned["cover"])}
        frame = data["frames"][self.frame]
        frame |= {"says": cleaned["says"], "pause": cleaned["pause"]}
        frame["step"] = [int(step) for step in cleaned["shows"]]
        if cleaned.get("arrow", KEPT) not in (KEPT, self.initial.get("arrow")):
            frame["arrow"] = cleaned["arrow"]
        return data

    # --- as it stands on the page

    def _layout(self) -> list[Any]:
        near, far = figures.SIDES
        arrow = ["arrow"] if "arrow" in self.fields else []
        return [
            Div("says", Field("shows", template="exercises/_pose_steps.html"), css_id="words"),
            self._limb(_("Near leg"), near, LEG),
            self._limb(_("Far leg"), far, LEG),
            self._group(_("Trunk and head"), "trunk", "lean", "low_back", "head", "turn"),
            self._limb(_("Near arm"), near, ARM),
            self._limb(_("Far arm"), far, ARM),
            Fieldset(_("When it moves"), "pause", *arrow),
            Fieldset(
                _("The whole figure"),
                "cover",
                Field("muscles", template="exercises/_ticks.html"),
            ),
        ]

    def _limb(self, label: str | Promise, side: str, parts: tuple[str, ...]) -> Fieldset:
        names = [part.format(side) for part in parts]
        return self._group(label, _group_of(f"{side} {parts[0].split('_')[-1]}"), *names)

    def _group(self, label: str | Promise, css_id: str, *names: str) -> Fieldset:
        """Those of these fields that there are."""
        there = [name for name in names if name in self.fields]
        fields = [
            Field(
                name, template=f"exercises/_pose_{'joint' if name in self.joints else 'hold'}.html"
            )
            for name in there
        ]
        return Fieldset(label, *fields, css_id=css_id, css_class="pose-group")


def _name(key: str) -> str:
    """A field's name for a part's: "near hip", "near_hip"."""
    return key.replace(" ", "_")


def _group_of(key: str) -> str:
    """The group of fields for a limb's part: "near-leg"."""
    side, part = key.split()
    return f"{side}-{'arm' if part == 'hand' else 'leg'}"
