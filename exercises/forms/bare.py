"""Forms whose page writes the form's tag, token and buttons."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout


def bare_helper(*layout: Any) -> FormHelper:
    """Fields only; all of them where no layout says which."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    if layout:
        helper.layout = Layout(*layout)
    return helper
