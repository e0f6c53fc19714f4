"""E-mail addresses as people read them: ``{{ user.email|shown_address }}``."""

from django import template

from accounts import mail_addresses

register = template.Library()


@register.filter
def shown_address(address: str | None) -> str:
    """See ``mail_addresses.shown``; "" for an account without an address."""
    return mail_addresses.shown(address) if address else ""
