"""A draft's photos: one row for each file and its words."""

from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.actions import Action
from accounts.forms.meanwhile import ComparesWithPage
from accounts.forms.text import TypedText
from exercises.models import ExerciseVersion, Shown
from exercises.services.photos import Taken
from pictures.sanitiser import Picture, Refused, made_safe

FILES = 3  # that one form sends
WORDS_LENGTH: int = Shown._meta.get_field("words").max_length  # type: ignore[assignment]  # it has one

TOO_MANY_FILES = _("Three photos at a time are the most. Choose three, and add the others next.")


def words_field(**kwargs: Any) -> TypedText:
    return TypedText(
        label=_("What the photo shows"),
        max_length=WORDS_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Say what the photo shows, for people who cannot see it."),
        },
        **kwargs,
    )


class WordsForm(ComparesWithPage, forms.Form):
    """What a photo that is there already shows."""

    audited = (Action.PHOTO_DESCRIBED,)
    words = words_field()
    shown: Shown

    @classmethod
    def of(cls, shown: Shown, data: QueryDict | None = None, **seen: Any) -> Self:
        initial = {"words": shown.words}
        form = cls(
            data,
            prefix=f"photo-{shown.pk}",
            initial=initial,
            use_required_attribute=False,
            **seen,
        )
        form.shown = shown
        return form

    def changed_row(self) -> ExerciseVersion:
        """The audit trail tells of a photo's words as changes of its draft."""
        return self.shown.version


class PhotoForm(forms.Form):
    """A file and its words. What the file is called counts for nothing."""

    file = forms.FileField(
        label=_("Photo"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": _("Choose a photo."),
            "invalid": _("Choose a photo."),
            "empty": _("This file is empty. Choose another one."),
        },
    )
    words = words_field(help_text=_("Such as “Lying on the back, one leg straight up”."))

    def clean_file(self) -> Picture:
        """The picture in it, made safe."""
        try:
            return made_safe(self.cleaned_data["file"])
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        if "file" in self.cleaned_data and "words" in self.errors:
            self.add_error("file", _("Choose this photo again: a page cannot keep a file."))
        return self.cleaned_data

    @property
    def is_filled(self) -> bool:
        """Something was chosen or typed, and all of it is right."""
        return self.has_changed() and self.is_valid()

    @property
    def taken(self) -> Taken:
        return Taken(self.cleaned_data["file"], self.cleaned_data["words"])


def row(number: int, data: Any = None, files: Any = None) -> PhotoForm:
    return PhotoForm(
        data, files, prefix=f"new-{number}", empty_permitted=True, use_required_attribute=False
    )


def rows_for(places: int) -> list[PhotoForm]:
    """Empty rows, no more than there are places left."""
    return [row(number) for number in range(max(0, min(FILES, places)))]


def rows_sent(data: QueryDict, files: Any) -> list[PhotoForm]:
    """The rows as sent. Those left empty are right, unless all are."""
    rows = [row(number, data, files) for number in range(FILES)]
    rows[0].empty_permitted = any(other.has_changed() for other in rows)
    return rows


def refuse_too_many(rows: list[PhotoForm]) -> None:
    """Say it next to every row that was filled in, so that its words stay on the page."""
    for one in [one for one in rows if one.has_changed()] or rows[:1]:
        one.errors.pop("file", None)
        one.add_error("file", TOO_MANY_FILES)


def rows_again(rows: list[PhotoForm], places: int) -> list[PhotoForm]:
    """The rows that are wrong, as sent, among empty ones for the places left."""
    wrong = [one if one.errors else row(number) for number, one in enumerate(rows)]
    return [one for number, one in enumerate(wrong) if one.errors or number < places]
