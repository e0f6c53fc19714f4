"""Whose page it is. Anonymous people meet the sign-in page first (Django's
LoginRequiredMiddleware); everybody else who is not meant gets 404, like a stranger.

These look at the role only. Rows are scoped by ``visible_to`` in each view.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from accounts.context import Roles
from accounts.models import Membership
from accounts.requests import Guard

Refuse = Callable[[HttpRequest], HttpResponse]


def _find_nothing(request: HttpRequest) -> HttpResponse:
    raise Http404


def say_nothing_is_here(request: HttpRequest, status: int = 404) -> HttpResponse:
    """For someone who has no page here, why it may be so and what to do; others find nothing."""
    roles = Roles.of(request)
    if roles.is_patient or roles.is_clinician or roles.is_operator:
        raise Http404
    were = Membership.objects.filter(user=request.user.pk)
    left = were.select_related("clinic").order_by("clinic__name")
    context = {"left": left, "clinics": roles.closed_by}
    return render(request, "accounts/no_access.html", context, status=status)


def _only(may: Callable[[Roles], bool], refuse: Refuse = _find_nothing) -> Guard:
    def decorate[View: Callable[..., HttpResponseBase]](view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(Roles.of(request)):
                request.is_wrong_role = True  # type: ignore[attr-defined]  # for patients.refusals
                return refuse(request)
            return view(request, *args, **kwargs)

        return cast(View, guarded)

    return decorate


staff_required = _only(lambda roles: roles.is_clinician)
"""For clinicians and leads of any clinic, while active."""

lead_required = _only(lambda roles: roles.is_lead)
"""For people who lead a clinic."""

operator_required = _only(lambda roles: roles.is_operator)
"""For people who look after the machine."""

patient_required = _only(lambda roles: roles.is_patient, say_nothing_is_here)
"""For people with at least one patient record of their own; who had one learns what became of it."""
