"""Parts of pages that say nothing but what a clinic says of itself: the same for all its people."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accounts.contact import Contact
from accounts.models import Clinic

register = template.Library()

SHOWN = ("pk", "name", *(field.name for field in Contact._meta.fields))


@register.simple_tag
def of_clinic(part: str, clinic: Clinic) -> SafeString:
    """``{% of_clinic "offline/_told_here.html" whose.clinic %}``, with ``clinic`` and nothing else."""
    return _written(part, get_language(), tuple((name, getattr(clinic, name)) for name in SHOWN))


@lru_cache(maxsize=512)
def _written(part: str, language: str | None, shown: tuple[tuple[str, object], ...]) -> SafeString:
    """Again only once the clinic says something else."""
    return render_to_string(part, {"clinic": Clinic(**dict(shown))})
