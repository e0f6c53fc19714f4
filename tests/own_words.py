"""People's own words, and the library's: what stands in a row as somebody typed it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps

from accounts import countries, zones
from patients.models import PhoneLink

TYPED = {
    "accounts.Clinic": (
        "name", "name_in_mail", "telephone", "opening_hours", "emergency_number", "advice_number", "time_zone",
    ),
    "accounts.AddressTrouble": ("address",),
    "accounts.TeamInvitation": ("address", "name"),
    "accounts.User": ("email", "name"),
    "mfa.Authenticator": ("data",),
    "exercises.ExerciseVersion": (
        "beside", "beside_for_patient", "cautions", "cues", "feel", "figure", "name", "on_paper",
        "progress", "source", "steps", "summary", "synonyms", "why", "why_for_patient",
    ),
    "exercises.Shown": ("words",),
    "exercises.Signature": ("name",),
    "patients.AddressChange": ("address",),
    "patients.Assignment": ("end_reason",),
    "patients.DealtWith": ("by_name", "reason", "words"),
    "patients.HeldEntry": ("note",),
    "patients.Invitation": ("address",),
    "patients.Patient": ("called", "email", "name", "telephone", "time_zone"),
    "patients.Pause": ("reason",),
    "patients.Session": ("note",),
    "patients.WarningSign": ("check_note", "checked_by_name"),
    "programmes.ItemWords": ("note",),
    "programmes.Programme": ("title",),
    "programmes.ProgrammeWords": ("advice",),
}  # fmt: skip
# Names that are the same for everybody, from the data of time zones and from the standards.
PROPER = {"Homestretch", "UTC", "PDF", "CSV", "JPEG", "PNG", "WebP"}


def own_words() -> set[str]:
    """All of it that is in the database now, whole and line by line; and places of the world."""
    typed = (
        text
        for model, fields in TYPED.items()
        for row in apps.get_model(model).objects.values_list(*fields)
        for value in row
        for text in texts_of(value)
    )
    return PROPER | places() | codes_to_type() | {part for text in typed for part in parts(text)}


def codes_to_type() -> set[str]:
    """The address of each code that signs a phone in: the same in every language."""
    links = PhoneLink.objects.all()
    return {"testserver/phone/", *(link.code_shown for link in links)}


def texts_of(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for one in value:
                yield from texts_of(one)
        case {"frames": frames}:  # a figure
            said = [frame["says"].strip() for frame in frames]
            yield from [*said, " ".join(said)]
        case dict():
            yield from texts_of(list(value.values()))
        case int() | float() | None:
            return
        case _:
            yield str(value)


def parts(text: str) -> Iterable[str]:
    """The whole, and each line."""
    return [" ".join(text.split()), *(" ".join(line.split()) for line in text.splitlines())]


def places() -> set[str]:
    return {word for pair in zones.choices() for word in pair} | set(countries.names().values())


def rest_of(piece: str, own: Iterable[str]) -> str:
    """What is left of a piece of a page without what people typed themselves.

    Nothing, where it is some words out of the middle of a text: a link stood in it.
    """
    if " " in piece and any(piece in text for text in own):
        return ""
    for words in sorted((one for one in own if one and one in piece), key=len, reverse=True):
        piece = piece.replace(words, "")
    return piece
