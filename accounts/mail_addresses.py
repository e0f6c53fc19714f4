"""Which e-mail addresses we take, in one spelling for each mailbox. No database.

A mail server reads "sam"@example.org, s\\am@example.org and sam@example.org as one mailbox; our
limits count each spelling on its own. So there is only the plain one.
"""

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

from accounts.models import User

_validate = EmailValidator(allowlist=[])


class NotAnAddress(ValueError):
    """Says in plain words what is wrong with it."""


def read(typed: str) -> str:
    """The address as we keep it. Raises NotAnAddress."""
    address = typed.strip()
    name, _at, domain = address.rpartition("@")
    if not set('"\\').isdisjoint(name):
        raise NotAnAddress(_("Write the part before the @ without quotation marks and \\."))
    if name and (domain.startswith("[") or "." not in domain):
        raise NotAnAddress(_("Write a name with a full stop after the @, like example.org."))
    try:
        _validate(address)
    except ValidationError:
        name = ""
    if not name or not name.isascii():  # some letters match without regard to case only
        raise NotAnAddress(_("Write the address like name@example.org."))
    return User.objects.normalise(address)
