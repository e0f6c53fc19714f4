"""Pages of the library, and the builder that takes from it."""

from datetime import datetime
from io import StringIO
from typing import Any
from urllib.parse import urlencode

from django.core.management import call_command
from django.urls import reverse

from accounts.models import Clinic, User
from exercises.fields import LIMITS
from exercises.models import ExerciseVersion
from programmes import services
from programmes.models import Item
from tests.bench import shelf
from tests.bench.crowd import person, save
from tests.bench.scenes import Measured, Request
from tests.factories import ClinicFactory, MembershipFactory

ITEMS = 10
CHANGES = 400  # of a dose; each is another one
TYPED = urlencode({"q": "hamstring stretch"})


def measured(*, now: datetime) -> list[Measured]:
    """The shipped exercises, to a clinic without others and to one with 5,000 of its own."""
    call_command("load_library", stdout=StringIO())
    (clinic, user), (large, owner) = staff(), staff()
    shelf.fill(large, owner, now=now, shared=0)
    library = reverse("exercises:list")
    return [
        Measured("library of 49", 4, [Request(user, library)]),
        Measured("library of 5,000", 4, [Request(owner, library)]),
        Measured("typed search, whole page", 4, [Request(owner, f"{library}?{TYPED}")]),
        Measured(
            "typed search", 4, [Request(owner, f"{library}?{TYPED}", headers=htmx("results"))]
        ),
        *builder(clinic, user, now=now),
    ]


def staff() -> tuple[Clinic, User]:
    user, clinic = save(person()), ClinicFactory()
    MembershipFactory(user=user, clinic=clinic)
    return clinic, user


def builder(clinic: Clinic, user: User, *, now: datetime) -> list[Measured]:
    """A template of ten, each from the library with its starting dose."""
    draft = services.create(clinic, title="Low back", by=user, now=now)
    versions = ExerciseVersion.objects.filter(exercise__clinic=None, number=1).order_by("name")
    items = [services.add_item(draft, one, by=user, now=now) for one in versions[:ITEMS]]
    page = reverse("programmes:edit", args=[draft.pk])
    dose = reverse("programmes:change_item", args=[draft.pk, items[0].pk])
    changes = [sent(items[0], per_day=1 + n % 3) for n in range(CHANGES)]
    return [
        Measured("builder with 10 items", 4, [Request(user, page)]),
        Measured(
            "builder: library beside", 4, [Request(user, f"{page}?{TYPED}", headers=htmx("found"))]
        ),
        Measured(
            "builder: save a dose",
            4,
            [Request(user, dose, change, htmx("none")) for change in changes],
        ),
    ]


def sent(item: Item, *, per_day: int) -> dict[str, Any]:
    """What the item's form sends, as somebody changes how often."""
    columns = [f"{part}_{end}" for part in LIMITS for end in ("min", "max")]
    values = {name: getattr(item, name) for name in [*columns, "weekdays", "side", "note"]}
    values |= {"per_day_min": per_day, "per_day_max": per_day}
    return {name: value for name, value in values.items() if value is not None}


def htmx(target: str) -> dict[str, str]:
    return {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": target}
