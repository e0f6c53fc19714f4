"""Text that someone types: nothing of it is cut, what is too long is refused in full.

A browser cuts a paste at ``maxlength`` without a word, so no field has one. The limit is counted
in characters as the database counts them, a line break once; ``static/js/counter.js`` counts the
same way.
"""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.deconstruct import deconstructible
from django.utils.formats import number_format
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext, ngettext_lazy

LONG = 500  # letters; a text that may be this long says its limit from the start


@deconstructible
class AtMost(MaxLengthValidator):
    """Refuses what is too long, with both numbers in it."""

    def __call__(self, value: str) -> None:
        if len(value) <= self.limit_value:
            return
        words = ngettext(
            "Use %(limit)s letter at most: these are %(typed)s.",
            "Use %(limit)s letters at most: these are %(typed)s.",
            self.limit_value,
        )
        numbers = {"limit": _number(self.limit_value), "typed": _number(len(value))}
        raise forms.ValidationError(words % numbers, code="max_length")


class Limited:
    """For a form field with a ``max_length``: refuses what is too long, never cuts it."""

    max_length: int | None
    validators: list[Any]

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)  # type: ignore[call-arg]
        limit_by_refusal(self, max_length)

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(_one_kind_of_break(value))  # type: ignore[misc]
        return text

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs: dict[str, Any] = super().widget_attrs(widget)  # type: ignore[misc]
        attrs.pop("maxlength", None)
        if isinstance(widget, forms.Textarea) and self.max_length:
            attrs |= counter(self.max_length)
        return attrs


class TypedText(Limited, forms.CharField):
    """A line, or with a Textarea several; a long one says its limit in its help text."""

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        if isinstance(self.widget, forms.Textarea) and max_length >= LONG:
            self.help_text = _with_limit(self.help_text, max_length)


def limit_by_refusal(field: Any, limit: int) -> None:
    """Give a field, also one of another package, this limit in place of its own."""
    others = [one for one in field.validators if not isinstance(one, MaxLengthValidator)]
    field.validators = [*others, AtMost(limit)]
    field.widget.attrs.pop("maxlength", None)


def counter(limit: int) -> dict[str, Any]:
    """What the script needs to count along under the text."""
    return {
        "data-counter": limit,
        "data-counter-words": ngettext_lazy(
            "{typed} of {limit} letter", "{typed} of {limit} letters", limit
        ),
        "data-counter-over": ngettext_lazy(
            "{typed} of {limit} letter: make it {over} shorter",
            "{typed} of {limit} letters: make it {over} shorter",
            limit,
        ),
    }


def _one_kind_of_break(value: Any) -> Any:
    """Browsers send a line break as two characters; it counts, and is kept, as one."""
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


def _with_limit(help_text: Any, limit: int) -> Any:
    """Where the script runs, it says so itself as the end comes near."""

    def words() -> SafeString:
        said = ngettext("Up to %(limit)s letter.", "Up to %(limit)s letters.", limit)
        numbers = {"limit": _number(limit)}
        return format_html('{} <span class="without-script">{}</span>', help_text, said % numbers)

    return lazy(words, SafeString)()


def _number(count: int) -> str:
    """ "1,000" """
    return number_format(count, force_grouping=True)
