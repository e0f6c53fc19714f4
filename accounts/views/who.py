"""A tab asks who is signed in now; another says that it has just been done."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.context import Roles
from accounts.page_record import state_of_record
from accounts.requests import SignedInRequest


@require_safe
@login_not_required
def who(request: HttpRequest) -> JsonResponse:
    """The person, and the token that forms need now: signing in has made a new one."""
    person = Roles.of(request).person_id
    name = str(request.user) if request.user.is_authenticated else ""
    said = {"person": person, "name": name, "token": get_token(request)}
    return JsonResponse({**said, **state_of_record(request)})


@require_safe
def signed_in(request: SignedInRequest) -> HttpResponse:
    return render(request, "accounts/signed_in.html")
