"""Which clinics closed the page of whoever uses this browser: ``{% clinics_that_closed as clinics %}``."""

from django import template
from django.template import Context

from accounts import closed_accounts
from accounts.models import Clinic

register = template.Library()


@register.simple_tag(takes_context=True)
def clinics_that_closed(context: Context) -> tuple[Clinic, ...]:
    """Empty where somebody is signed in, or another account of this browser is still open."""
    closed = closed_accounts.closed_here(context["request"])
    return closed.clinics if closed else ()
