"""Whom someone calls who is not known here, or has no page any more: nothing about a person."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count
from django.http import HttpRequest

from accounts import countries
from accounts.context import Roles
from accounts.models import Clinic

NAMED_BY = "clinic"  # in the address, by which a page names its clinic


def clinics_to_call(request: HttpRequest) -> list[Clinic]:
    """The clinics that have closed a page of theirs; else the one that the page they came from
    named; else the only one; else, for each country, one without a name: its usual numbers.
    """
    return Roles.of(request).closed_by or _named(request) or _only_one() or list(_nameless())


def _named(request: HttpRequest) -> list[Clinic]:
    try:
        key = UUID(request.GET.get(NAMED_BY, ""))
    except ValueError:
        return []
    return list(Clinic.objects.filter(pk=key))


def _only_one() -> list[Clinic]:
    some = list(Clinic.objects.order_by("created_at")[:2])
    return some if len(some) == 1 else []


def _nameless() -> Iterable[Clinic]:
    """Never saved. What most clinics of a country have is taken for that country's."""
    numbers = ("country", "emergency_number", "advice_number")
    counted = Clinic.objects.order_by().values(*numbers).annotate(clinics=Count("pk"))
    seen: dict[str, Clinic] = {}
    for row in counted.order_by("-clinics", *numbers):
        seen.setdefault(row["country"], Clinic(**{name: row[name] for name in numbers}))
    return sorted(seen.values(), key=country_of)


def country_of(clinic: Clinic) -> str:
    return countries.names().get(clinic.country, clinic.country)
