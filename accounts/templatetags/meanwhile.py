"""What a page was given of a field, for forms that compare with it."""

from django import template
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.forms.meanwhile import GIVEN, ComparesWithPage

register = template.Library()


@register.simple_tag
def given(field: BoundField) -> SafeString:
    """The hidden input with what the page now knows of this field; "" if nobody compares it."""
    if not isinstance(field.form, ComparesWithPage):
        return SafeString("")
    name = field.form.add_prefix(GIVEN + field.name)
    value = field.form.given_of(field.name)
    return format_html('<input type="hidden" name="{}" value="{}" autocomplete="off">', name, value)
