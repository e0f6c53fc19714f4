"""Countries a clinic may be in: those whose telephone numbers we can read."""

from functools import cache
from importlib.resources import files
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import SUPPORTED_REGIONS


@cache
def names() -> dict[str, str]:
    """{"GB": "Britain (UK)"}: ISO 3166 codes, and the names that the time zone data has for them."""
    table = files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {code: name for code, name in rows if code in SUPPORTED_REGIONS}


@cache
def choices() -> list[tuple[str, str]]:
    """Countries for a select, by name: ("DE", "Germany")."""
    return sorted(names().items(), key=lambda country: normalize("NFKD", country[1]).casefold())


def validate_country(code: str) -> None:
    """ValidationError unless the code is one of ours."""
    if code not in names():
        raise ValidationError(_("Choose a country from the list."), code="country")
