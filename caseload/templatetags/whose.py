"""The builder belongs to an app that does not know for whom it builds: whose programme it is."""

from django import template

from caseload.whose import owner_of

register = template.Library()


@register.simple_tag
def whose(programme):
    """``{% whose programme as owner %}``: an Owner, or None of a template."""
    return owner_of(programme)
