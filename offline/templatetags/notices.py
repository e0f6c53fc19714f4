"""Where pages find the words of notices that scripts show: ``{% notices_address %}``."""

from django import template
from django.conf import settings
from django.utils.translation import get_language

from offline import notices

register = template.Library()


@register.simple_tag
def notices_address() -> str:
    return notices.address(get_language() or settings.LANGUAGE_CODE)
