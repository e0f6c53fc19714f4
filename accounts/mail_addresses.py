"""Which e-mail addresses we take, in one spelling for each mailbox. No database.

A mail server reads "sam"@example.org, s\\am@example.org and sam@example.org as one mailbox; our
limits count each spelling on its own. So there is only the plain one. A domain with other letters
than a to z is kept, compared and written to by its ASCII name (A-labels of IDNA 2008, after the
mapping of UTS 46 without transition: ß stays ß), and people read its letters. See docs/adr/0053.

A domain can be registered that looks like another one: аррӏе.example in Cyrillic letters. So its
letters stand alone only where they are Latin ones whose marks can be seen; beside any other the
ASCII name stands, too, which no two domains share.
"""

from contextlib import suppress
from enum import Enum, auto

import idna
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

LENGTH = 254  # characters, as the columns
AS_KEPT = r"^[!-@\[-~]+$"  # what can be seen of ASCII, without capitals; for the database's rules

_validate = EmailValidator(allowlist=[])
_A_LABEL = "xn--"
# Latin-1 and Latin Extended-A, which Europe writes; without a dotless i, and a k of Greenland.
_SEEN_APART = {chr(code) for code in range(0xDF, 0x180)} - set("÷ıĸ")


class NotAnAddress(ValueError):
    """``flaw`` is what is wrong with it."""

    class Flaw(Enum):
        QUOTED = auto()
        NOT_ASCII = auto()  # before the @
        NO_DOMAIN = auto()
        UNKNOWN_DOMAIN = auto()  # it has no name in ASCII
        TOO_LONG = auto()
        MALFORMED = auto()

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


def read(typed: str) -> str:
    """The address as we keep it: ASCII, in small letters. Raises NotAnAddress."""
    flaws = NotAnAddress.Flaw
    name, _at, domain = typed.strip().rpartition("@")
    if not name or not domain:
        raise NotAnAddress(flaws.MALFORMED)
    if not set('"\\').isdisjoint(name):
        raise NotAnAddress(flaws.QUOTED)
    if not name.isascii():  # no server of ours, and few others, could carry it
        raise NotAnAddress(flaws.NOT_ASCII)
    try:
        domain = _in_ascii(domain)
    except idna.IDNAError as error:
        raise NotAnAddress(flaws.UNKNOWN_DOMAIN) from error
    if domain.startswith("[") or "." not in domain:
        raise NotAnAddress(flaws.NO_DOMAIN)
    address = f"{name.lower()}@{domain}"
    if len(address) > LENGTH:
        raise NotAnAddress(flaws.TOO_LONG)
    try:
        _validate(address)
    except ValidationError as error:
        raise NotAnAddress(flaws.MALFORMED) from error
    return address


def normalise(address: str) -> str:
    """In one spelling, to compare and count. What we would not take becomes nobody's address."""
    name, at, domain = address.strip().rpartition("@")
    try:
        return f"{_small(name)}{at}{_in_ascii(domain)}"
    except idna.IDNAError:
        return _small(address.strip())


def shown(address: str) -> str:
    """For people: with the letters of its domain, and the ASCII name where those could mislead."""
    in_letters = _in_letters(address)
    if _is_seen_apart(in_letters):
        return in_letters
    _name, _at, domain = address.rpartition("@")
    return f"{in_letters} ({domain})"


def for_field(address: str) -> str:
    """For a field in which it can be corrected: with letters only where nobody is misled."""
    in_letters = _in_letters(address)
    return in_letters if _is_seen_apart(in_letters) else address


def _small(text: str) -> str:
    """Some other letters become one of a to z: a K may be the sign for kelvin."""
    return text.lower() if text.isascii() else text


def _in_ascii(domain: str) -> str:
    """Raises IDNAError. Without the full stop that may end a domain."""
    labels = (domain.lower() if domain.isascii() else idna.uts46_remap(domain)).split(".")
    return ".".join(map(_label_in_ascii, labels)).removesuffix(".")


def _label_in_ascii(label: str) -> str:
    """One that is ASCII by itself stays; one that was typed as an A-label must be a right one."""
    plain = label.isascii() and not label.startswith(_A_LABEL)
    return label if plain else idna.alabel(label).decode("ascii")


def _in_letters(address: str) -> str:
    """Only what comes back to this very address, if somebody types it."""
    name, at, domain = address.rpartition("@")
    found = f"{name}{at}{'.'.join(map(_label_in_letters, domain.split('.')))}"
    return found if normalise(found) == address else address


def _label_in_letters(label: str) -> str:
    with suppress(idna.IDNAError):
        return idna.ulabel(label) if label.startswith(_A_LABEL) else label
    return label


def _is_seen_apart(address: str) -> bool:
    return all(letter.isascii() or letter in _SEEN_APART for letter in address)
