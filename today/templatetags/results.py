"""The fields of one exercise's result, on the page after a session and at a session's end."""

from functools import lru_cache

from django import forms, template
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from patients.results import Went
from today.forms.results import NAMES, Row, fields_of

register = template.Library()

TEMPLATE = "today/_result_fields.html"
ITEM, EXERCISE = "{item}", "{exercise}"  # stand for an item's key and name in what is kept


@register.simple_tag
def result_fields(row: Row) -> SafeString:
    """Half of a page is these, the same for each exercise but for its key and name: they are
    rendered once in a process, unless something was sent that may have to be put right.
    """
    if row.is_bound:
        return SafeString(render_to_string(TEMPLATE, {"row": row}))
    html = _kept(get_language(), row.given, asked=row.asked, is_minutes=row.is_minutes)
    name = escape(row.item.exercise_version.name)
    return SafeString(html.replace(ITEM, str(row.item.pk)).replace(EXERCISE, name))


@lru_cache(maxsize=1024)
def _kept(_language: str | None, given: Went | None, *, asked: str, is_minutes: bool) -> str:
    """Nothing in it tells whose it is."""
    form = forms.Form(auto_id="id_%s")
    for name, field in fields_of(EXERCISE, asked=asked).items():
        field.initial = getattr(given, name, None)
        form.fields[f"{name}-{ITEM}"] = field
    row = {name: form[f"{name}-{ITEM}"] for name in NAMES}
    return render_to_string(TEMPLATE, {"row": {**row, "is_minutes": is_minutes}})
