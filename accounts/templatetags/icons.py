"""The icon in front of words. Known to every template (``builtins`` in the settings), so none loads it."""

from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# Ends in a space: words that follow stand a little apart.
SHAPE = '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg> '


@register.simple_tag
def icon(name: str) -> SafeString:
    """``{% icon "clock" %}``: a file of static/icons, from the one sprite that is made of them."""
    return _shape(static("icons.svg"), name)


@lru_cache(maxsize=256)
def _shape(sprite: str, name: str) -> SafeString:
    return format_html(SHAPE, sprite, name)
