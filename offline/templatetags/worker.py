"""Where pages find the worker: ``{% worker_address as worker %}``."""

from django import template
from django.conf import settings
from django.urls import reverse

register = template.Library()


@register.simple_tag
def worker_address() -> str:
    """Empty where it is switched off."""
    return reverse("offline:worker") if settings.WORKER else ""
