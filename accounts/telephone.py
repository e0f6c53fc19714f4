"""Telephone numbers: read as people of a country write them, kept as every phone dials them.

A full number is kept in E.164, as "+442079460958". A short number such as 999 or 116 117 works
in its own country only and has no such form: its digits are kept.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto

import phonenumbers
from phonenumbers import PhoneNumberFormat, shortnumberinfo

# What the database lets in: nothing else may ever stand in a tel: link.
FULL = r"^\+[1-9][0-9]{4,14}$"
FULL_OR_SHORT = r"^(\+[1-9][0-9]{4,14}|[0-9]{2,15})$"

LENGTH = 40  # characters that may be typed, spaces among them
WRITTEN = re.compile(r"\+?[0-9 ()./-]+")
EXTENSION = re.compile(r"[0-9)]\s*[,;]?\s*(#|x|ext\.?|ext=|extension)\s*[0-9]+", re.IGNORECASE)


class NotANumber(ValueError):
    """``flaw`` is what is wrong with it as a number of ``country``."""

    class Flaw(Enum):
        EXTENSION = auto()
        NOT_ONLY_DIGITS = auto()
        NOT_EVEN_SHORT = auto()  # nor a full one
        UNKNOWN = auto()  # to the numbering plan
        PREMIUM_RATE = auto()

    def __init__(self, flaw: Flaw, country: str) -> None:
        super().__init__(flaw)
        self.flaw, self.country = flaw, country


@dataclass(frozen=True)
class Number:
    """A kept number, as people in ``country`` read it and as a link dials it; false if there is none."""

    kept: str
    country: str

    def __bool__(self) -> bool:
        return bool(self.kept)

    def __str__(self) -> str:
        """ "020 7946 0958" at home, "+44 20 7946 0958" elsewhere, "116 117"."""
        number = _parsed(self.kept, self.country)
        if number is None or not phonenumbers.is_valid_number(number):
            return f"{self.kept[:3]} {self.kept[3:]}" if len(self.kept) == 6 else self.kept
        is_home = number.country_code == phonenumbers.country_code_for_region(self.country)
        style = PhoneNumberFormat.NATIONAL if is_home else PhoneNumberFormat.INTERNATIONAL
        return str(phonenumbers.format_number(number, style))

    @property
    def href(self) -> str:
        return f"tel:{self.kept}"


def read(typed: str, country: str, *, takes_short: bool = False) -> str:
    """What to keep of a number that someone in this country typed; "" stays "".

    With ``takes_short`` also the short numbers of that country: for emergencies, advice and
    the like. Digits of any script are read; an extension is not, since no link dials it.
    Raises NotANumber.
    """
    text = _in_plain_characters(typed)
    if not text:
        return ""
    if EXTENSION.search(text):
        raise NotANumber(NotANumber.Flaw.EXTENSION, country)
    if not WRITTEN.fullmatch(text):
        raise NotANumber(NotANumber.Flaw.NOT_ONLY_DIGITS, country)
    if takes_short and (short := _short(text, country)):
        return short
    number = _parsed(text, country)
    if number is None or not phonenumbers.is_valid_number(number):
        raise NotANumber(
            NotANumber.Flaw.NOT_EVEN_SHORT if takes_short else NotANumber.Flaw.UNKNOWN, country
        )
    if phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.PREMIUM_RATE:
        raise NotANumber(NotANumber.Flaw.PREMIUM_RATE, country)
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def is_foreign(kept: str, country: str) -> bool:
    """A short number that is not known to bring help in this country, so may be another's."""
    is_short = bool(kept) and not kept.startswith("+")
    return is_short and not shortnumberinfo.is_emergency_number(kept, country)


def _in_plain_characters(typed: str) -> str:
    """Digits of any script as ours, wide signs, dashes and spaces as the usual ones.

    Without characters that nobody sees, which come along when a number is copied.
    """
    seen = [c for c in unicodedata.normalize("NFKC", typed) if unicodedata.category(c) != "Cf"]
    text = "".join(str(unicodedata.decimal(c, c)) for c in seen)
    return re.sub(r"\s+", " ", re.sub("[\u2010-\u2015\u2212]", "-", text)).strip()


def _parsed(text: str, country: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None


def _short(text: str, country: str) -> str:
    """Its digits if it is a short number of this country, with or without its code, else ""."""
    digits = re.sub("[^0-9]", "", text)
    if text.startswith("+"):
        code = str(phonenumbers.country_code_for_region(country))
        digits = digits.removeprefix(code) if digits.startswith(code) else ""
    if country not in phonenumbers.SUPPORTED_SHORT_REGIONS:  # three small ones are not described
        return digits if len(digits) == 3 else ""
    is_one = digits and shortnumberinfo.is_valid_short_number_for_region(
        _as_dialled(digits, country), country
    )
    return digits if is_one else ""


def _as_dialled(digits: str, country: str) -> phonenumbers.PhoneNumber:
    """Every digit counts: in a short number a 0 or 00 in front is no prefix."""
    zeros = len(digits[:-1]) - len(digits[:-1].lstrip("0"))
    return phonenumbers.PhoneNumber(
        country_code=phonenumbers.country_code_for_region(country),
        national_number=int(digits),
        italian_leading_zero=bool(zeros),
        number_of_leading_zeros=zeros or None,
    )
