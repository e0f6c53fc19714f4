"""Django's form on a row of a table, which may say of which: ``ModelForm[Clinic]``."""

from typing import TYPE_CHECKING, Any, Self

from django import forms

if TYPE_CHECKING:
    ModelForm = forms.ModelForm
else:

    class ModelForm(forms.ModelForm):
        """Django's own takes the type only where types are checked, not where it runs."""

        @classmethod
        def __class_getitem__(cls, _row: Any) -> type[Self]:
            return cls
