"""Signs out who has been signed in for too long, or away for too long."""

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

import clock
from accounts import sessions
from accounts.context import Roles

GetResponse = Callable[[HttpRequest], HttpResponse]


def session_limits(get_response: GetResponse) -> GetResponse:
    """Hold staff and patients to their limits (see ``accounts.sessions``)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        now = clock.now()
        if request.user.is_authenticated and not sessions.is_fresh(request.session, now=now):
            staff = Roles.of(request).is_clinician or Roles.of(request).is_operator
            limits = sessions.STAFF if staff else sessions.PATIENT
            if not sessions.keep(request.session, limits, now=now):
                logout(request)
                del request.roles  # type: ignore[attr-defined]  # they were another person's
        return get_response(request)

    return middleware
