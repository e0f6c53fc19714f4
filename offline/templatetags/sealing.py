"""The key with which a patient's phone seals what it cannot send yet."""

from django import template

from accounts.models import User
from offline import seal

register = template.Library()


@register.simple_tag
def public_key(user: User) -> str:
    return seal.public_jwk(user)
