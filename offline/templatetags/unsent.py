"""What a page says of sessions that wait on a phone."""

from datetime import timedelta
from functools import lru_cache

from crispy_forms.utils import render_crispy_form
from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from offline.afterwards import AfterwardsForm
from patients.services.known_sessions import SOON
from patients.thresholds import PAIN_HIGH, PAIN_RISE_IN_A_DAY

register = template.Library()


@register.simple_tag
def pain_limits() -> dict[str, int]:
    """From where on the script says what to do instead of praising, as ``services.pain`` does."""
    return {"high": PAIN_HIGH, "rise": PAIN_RISE_IN_A_DAY}


@register.simple_tag
def soon_minutes() -> int:
    """A tick that comes within so many minutes of another one may be the same session."""
    return SOON // timedelta(minutes=1)


@register.simple_tag
def afterwards_questions() -> SafeString:
    """The fields of ``AfterwardsForm``, which are the same for everybody."""
    return _questions(get_language())


@lru_cache(maxsize=32)  # of each language
def _questions(language: str | None) -> SafeString:
    questions: SafeString = render_crispy_form(AfterwardsForm())
    return questions
