"""Which e-mail addresses we take, in one spelling for each mailbox. No database.

A mail server reads "sam"@example.org, s\\am@example.org and sam@example.org as one mailbox; our
limits count each spelling on its own. So there is only the plain one.
"""

from enum import Enum, auto

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

_validate = EmailValidator(allowlist=[])


class NotAnAddress(ValueError):
    """``flaw`` is what is wrong with it."""

    class Flaw(Enum):
        QUOTED = auto()
        NO_DOMAIN = auto()
        MALFORMED = auto()

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


def normalise(address: str) -> str:
    """In one spelling, of an address that we took."""
    return address.strip().lower()


def read(typed: str) -> str:
    """The address as we keep it. Raises NotAnAddress."""
    address = typed.strip()
    name, _at, domain = address.rpartition("@")
    if not set('"\\').isdisjoint(name):
        raise NotAnAddress(NotAnAddress.Flaw.QUOTED)
    if name and (domain.startswith("[") or "." not in domain):
        raise NotAnAddress(NotAnAddress.Flaw.NO_DOMAIN)
    try:
        _validate(address)
    except ValidationError:
        name = ""
    if not name or not name.isascii():  # some letters match without regard to case only
        raise NotAnAddress(NotAnAddress.Flaw.MALFORMED)
    return normalise(address)
