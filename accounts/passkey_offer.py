"""A passkey is offered once after a sign-in that took longer, where a device can make one.

Whether a device can, its own script knows; what was answered there, a cookie. It outlives a
sign-out, says nothing about anybody, and is the device's, whoever uses it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

COOKIE = "passkey"
HERE, LATER, NEVER = "here", "later", "never"
OFFERED_UNTIL = "passkey_offered_until"  # seconds since 1970
OFFERED_FOR = timedelta(days=1)  # unless it is answered
LASTS = {
    HERE: timedelta(days=400),  # as long as browsers keep a cookie
    LATER: timedelta(days=31),
    NEVER: timedelta(days=400),
}


def begin(session: SessionBase, *, now: datetime) -> None:
    """They have just signed in, and it could have been simpler."""
    session[OFFERED_UNTIL] = (now + OFFERED_FOR).timestamp()


def is_open(request: HttpRequest, *, now: datetime) -> bool:
    until: float = request.session.get(OFFERED_UNTIL, 0)
    return now.timestamp() < until and answer_of(request) == ""


def answer_of(request: HttpRequest) -> str:
    """What was answered on this device, if it still counts; HERE if it has one; else ""."""
    said = request.COOKIES.get(COOKIE, "")
    return said if said in LASTS else ""


def answer[Response: HttpResponse](response: Response, said: str) -> Response:
    response.set_cookie(
        COOKIE,
        said,
        max_age=LASTS[said],
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def answer_again(request: HttpRequest, response: HttpResponse) -> None:
    """At each sign-in: what is said to be for ever does not run out while it is used."""
    if (said := answer_of(request)) in (HERE, NEVER):
        answer(response, said)
