"""Time zone names."""

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Names that exist in the data but are no place a person lives in.
NOT_A_PLACE = ("Etc/", "posix/", "right/", "SystemV/")


@cache
def known_zones() -> frozenset[str]:
    """Every IANA name that the installed data knows."""
    return frozenset(available_timezones())


@cache
def choices() -> list[tuple[str, str]]:
    """Area/city zones for a select, in order: ("Europe/London", "Europe/London")."""
    places = {name for name in known_zones() if "/" in name and not name.startswith(NOT_A_PLACE)}
    return [(name, name.replace("_", " ")) for name in sorted(places | {"UTC"})]


def choices_with(name: str) -> list[tuple[str, str]]:
    """The same, and one more that a browser may have given: a form must not change it unasked."""
    own = (name, name.replace("_", " "))
    return choices() if own in choices() else [own, *choices()]


def validate_time_zone(name: str) -> None:
    """ValidationError unless the name is an IANA time zone."""
    if name not in known_zones():
        raise ValidationError(_("Choose a time zone from the list."), code="time_zone")
