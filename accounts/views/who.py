"""A tab asks who is signed in now; another says that it has just been done."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from accounts.context import Roles
from accounts.models import Clinic, User
from accounts.not_saved import person_id


@require_safe
@login_not_required
def who(request: HttpRequest) -> JsonResponse:
    """The person, and the token that forms need now: signing in has made a new one."""
    person = Roles.of(request).person_id
    name = str(request.user) if request.user.is_authenticated else ""
    said = {"person": person, "name": name, "token": get_token(request)}
    return JsonResponse({**said, **_record(request)})


def _record(request: HttpRequest) -> dict[str, object]:
    """What became of the record that a page is about: nothing to say while it is theirs.

    Somebody signed out is told of it only if their page names both the record and, by the
    keyed hash, whoever was put out of it: no page but theirs can.
    """
    try:
        key = UUID(request.GET.get("record", ""))
    except ValueError:
        return {}
    former = User.objects.filter(closed_records=key).first()
    if former and constant_time_compare(person_id(former), request.GET.get("person", "")):
        clinic = Clinic.objects.get(patients=key)
        number, href = (str(clinic.phone), clinic.phone.href) if clinic.phone else ("", "")
        return {"is_gone": True, "clinic": {"name": clinic.name, "number": number, "href": href}}
    user = request.user
    is_theirs = not user.is_authenticated or user.patient_records.filter(pk=key).exists()
    return {} if is_theirs else {"is_gone": True}


@require_safe
def signed_in(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/signed_in.html")
