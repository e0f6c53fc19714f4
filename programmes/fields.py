"""The fields of a programme's forms as HTML: label, input, and a place for words about it.

Written in Python, for a builder's page has two hundred of them. What a saved change replaces on
the page (htmx, out of band) is the place of a field, or only the words about it.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from accounts.templatetags.meanwhile import given
from exercises.forms.dose import WORDS

NOTHING = mark_safe("")
OUT_OF_BAND = mark_safe(' hx-swap-oob="true"')


def field(bound: BoundField, *, in_place_of: str = "") -> SafeString:
    """A field with its label. ``in_place_of``: what the page held, where someone else's value
    takes its place."""
    if isinstance(bound.field, forms.MultipleChoiceField):
        return _weekdays(bound, in_place_of)
    name = bound.auto_id
    return format_html(
        '<div id="div_{}" class="mb-3"{}><label for="{}" class="form-label">{}</label>{}{}{}</div>',
        name,
        _replacing(in_place_of),
        bound.id_for_label,
        bound.label,
        _input(bound),
        words(bound),
        _help(bound),
    )


def ends(form: forms.BaseForm, part: str) -> SafeString:
    """Both ends of a part of the dose on one line, with its unit."""
    what, unit, *_labels = WORDS[part]
    return format_html(
        '<fieldset class="range-fields"><legend>{}</legend>{}{}'
        '<span class="range-fields__unit">{}</span></fieldset>',
        what,
        field(form[f"{part}_min"]),
        field(form[f"{part}_max"]),
        unit,
    )


def words(bound: BoundField, *, oob: bool = False) -> SafeString:
    """What is wrong with a field, or worth a thought; and what the page was given of it."""
    return format_html(
        '<div id="{}_error" class="field-words" aria-live="polite"{}>{}{}{}{}</div>',
        bound.auto_id,
        OUT_OF_BAND if oob else "",
        given(bound),
        _errors(bound),
        _question(bound),
        _caution(bound),
    )


def _input(bound: BoundField) -> SafeString:
    widget = bound.field.widget
    look = "form-select" if isinstance(widget, forms.Select) else "form-control"
    attrs: dict[str, str | bool] = {"class": f"{look} is-invalid" if bound.errors else look}
    if type(widget) is forms.Select:
        return _select(bound, attrs)
    if not isinstance(widget, forms.NumberInput | forms.TextInput):
        return bound.as_widget(attrs=attrs)
    said: dict[str, Any] = bound.build_widget_attrs({"id": bound.auto_id, **attrs}, widget)
    value = widget.format_value(bound.value())
    said = {**widget.attrs, **({} if value is None else {"value": value}), **said}
    return format_html(
        '<input type="{}" name="{}"{}>', widget.input_type, bound.html_name, flatatt(said)
    )


def _select(bound: BoundField, attrs: dict[str, str | bool]) -> SafeString:
    widget: Any = bound.field.widget
    said = bound.build_widget_attrs({**widget.attrs, "id": bound.auto_id, **attrs}, widget)
    chosen = str(bound.value() or "")
    options = (
        (value, SELECTED if str(value) == chosen else "", label) for value, label in widget.choices
    )
    return format_html(
        '<select name="{}"{}>{}</select>',
        bound.html_name,
        flatatt(said),
        format_html_join("", '<option value="{}"{}>{}</option>', options),
    )


def _weekdays(bound: BoundField, in_place_of: str) -> SafeString:
    return format_html(
        '<div id="div_{0}" tabindex="-1"{1}><fieldset class="segmented" aria-describedby="{0}_error">'
        '<legend>{2}</legend><div class="segmented__options">{3}</div>{4}</fieldset></div>',
        bound.auto_id,
        _replacing(in_place_of),
        bound.label,
        format_html_join("", DAY, _days(bound)),
        words(bound),
    )


DAY = (
    '<div class="segmented__option"><input type="checkbox" name="{0}" value="{1}" id="{2}"{3}>'
    '<label for="{2}">{4}</label></div>'
)
CHECKED = mark_safe(" checked")
SELECTED = mark_safe(" selected")


def _days(bound: BoundField) -> Iterable[tuple[object, ...]]:
    chosen = {str(value) for value in bound.value() or ()}
    for place, (value, label) in enumerate(bound.field.choices):  # type: ignore[attr-defined]
        checked = CHECKED if str(value) in chosen else ""
        yield bound.html_name, value, f"{bound.auto_id}_{place}", checked, label


def _replacing(sent: str) -> SafeString:
    return format_html('{} data-in-place-of="{}"', OUT_OF_BAND, sent) if sent else NOTHING


def _errors(bound: BoundField) -> SafeString:
    if not bound.errors:
        return NOTHING
    said = format_html_join("", "<p><strong>{}</strong></p>", ((one,) for one in bound.errors))
    return format_html('<div class="invalid-feedback">{}</div>', said)


def _question(bound: BoundField) -> SafeString:
    about = (getattr(bound.field, name, None) for name in ("question", "meanwhile"))
    return render_to_string("components/question.html", {"field": bound}) if any(about) else NOTHING


def _caution(bound: BoundField) -> SafeString:
    caution = getattr(bound.field, "caution", "")
    if bound.errors or not caution:
        return NOTHING
    return format_html('<p class="field-words__caution">{}</p>', caution)


def _help(bound: BoundField) -> SafeString:
    if not bound.help_text:
        return NOTHING
    return format_html(
        '<div id="{}_helptext" class="form-text">{}</div>', bound.auto_id, bound.help_text
    )
