"""Whose page it is. Anonymous people meet the sign-in page first (Django's
LoginRequiredMiddleware); everybody else who is not meant gets 404, like a stranger.

These look at the role only. Rows are scoped by ``visible_to`` in each view.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from accounts.context import Roles

View = Callable[..., HttpResponse]


def _only(may: Callable[[Roles], bool]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(Roles.of(request)):
                request.is_wrong_role = True  # type: ignore[attr-defined]  # for patients.refusals
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate


staff_required = _only(lambda roles: roles.is_clinician)
"""For clinicians and leads of any clinic, while active."""

lead_required = _only(lambda roles: roles.is_lead)
"""For people who lead a clinic."""

operator_required = _only(lambda roles: roles.is_operator)
"""For people who look after the machine."""

patient_required = _only(lambda roles: roles.is_patient)
"""For people with at least one patient record of their own."""
