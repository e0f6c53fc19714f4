"""The body to press on, beside the filters of the library."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from exercises import body_map as body
from exercises.search.asked import Asked

register = template.Library()

ITS_OWN = ("region", "muscle")  # the facets that it shows
REST = "THE-REST"  # the words of a search that stand for all but its own facets, in what is kept


@register.simple_tag
def body_map(asked: Asked) -> SafeString:
    """A third of a page is its 28 parts: they are rendered once in a process for what is chosen."""
    html = _kept(get_language(), *(tuple(asked.chosen.get(facet, ())) for facet in ITS_OWN))
    rest = escape(asked.without(ITS_OWN).query)
    html = html.replace(f"q={REST}&amp;", f"{rest}&amp;" if rest else "")
    return SafeString(html.replace(f"q={REST}", rest))


@lru_cache(maxsize=256)
def _kept(_language: str | None, region: tuple[str, ...], muscle: tuple[str, ...]) -> str:
    asked = Asked(REST, {"region": list(region), "muscle": list(muscle)})
    drawn = {"views": body.views(asked), "mark": body.mark()}
    return render_to_string("exercises/_body_map.html", drawn)
