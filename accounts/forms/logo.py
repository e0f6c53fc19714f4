"""The file of a clinic's logo."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pictures.logo import as_logo
from pictures.sanitiser import Picture, Refused, made_safe

FILES = 1  # that the form sends


class LogoForm(forms.Form):
    """What the file is called counts for nothing."""

    file = forms.FileField(
        label=_("Logo"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_(
            "A PNG, JPEG or WebP file, up to 10 MB. If you have an SVG, save it as PNG first."
        ),
        error_messages={
            # It was chosen, and is gone, where who they are was asked for in between.
            "required": _(
                "Choose the file of your logo. If you had chosen it, choose it again: a page"
                " cannot keep a file."
            ),
            "invalid": _("Choose the file of your logo."),
            "empty": _("This file is empty. Choose another one."),
        },
    )

    def __init__(self, *args: Any, has_too_many: bool = False) -> None:
        super().__init__(*args)
        self.has_too_many = has_too_many

    def clean_file(self) -> Picture:
        """The logo in it, made safe."""
        if self.has_too_many:
            raise ValidationError(_("A clinic has one logo. Choose one file."))
        try:
            return made_safe(self.cleaned_data["file"], write=as_logo)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal
