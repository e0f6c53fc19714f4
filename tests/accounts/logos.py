"""Logos as files, and clinics that have one."""

import io
from typing import Any

from PIL import Image, ImageDraw

from accounts import clinic_logo
from accounts.models import Clinic
from pictures.logo import as_logo
from pictures.sanitiser import Picture, made_safe
from tests.factories import LONG_AGO, MembershipFactory
from tests.pictures.files import encoded


def logo_file(size: tuple[int, int] = (300, 90), kind: str = "PNG", colour: Any = "teal") -> bytes:
    """A disc or an oval on nothing, with an empty margin around it."""
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    width, height = size
    box = (width // 10, height // 10, width - width // 10 - 1, height - height // 10 - 1)
    ImageDraw.Draw(image).ellipse(box, fill=colour)
    return encoded(image, kind)


def logo(**options: Any) -> Picture:
    return made_safe(io.BytesIO(logo_file(**options)), write=as_logo)


def with_logo(clinic: Clinic, **options: Any) -> Clinic:
    """The clinic as it is once a lead of another day has given it a logo."""
    by = MembershipFactory(clinic=clinic).user
    clinic_logo.change(clinic, logo(**options), by=by, now=LONG_AGO)
    clinic.refresh_from_db()
    return clinic
