"""The builder belongs to an app that does not know for whom it builds: whose programme it is."""

from django import template

from caseload.owners import Owner, owner_of
from programmes.models import Programme

register = template.Library()


@register.simple_tag
def whose(programme: Programme) -> Owner | None:
    """``{% whose programme as owner %}``: an Owner, or None of a template."""
    return owner_of(programme)
