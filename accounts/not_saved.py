"""What a request made in the background by a page is told when it is not accepted.

Such a request shows no page: a sign-in page or an error page would go unread, and what was
typed would be lost. It is answered by a status and the header ``X-Not-Saved`` with the reason;
the page has the words (templates/offline/_notice_not_saved.html, static/js/not-saved.js).
"""

from enum import StrEnum

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.csrf import csrf_failure
from django.views.defaults import bad_request

from accounts.models import User

REASON = "X-Not-Saved"
PERSON = "X-Person"  # who the page was made for, sent with each request from it
SIGNED_IN = "X-Signed-In"  # who is signed in on this browser, said with each answer to it
NOBODY = "nobody"
CLEAR = "Clear-Site-Data"
ALSO_SAID = (
    SIGNED_IN,
    CLEAR,
    "Cache-Control",
    "Retry-After",
)  # by an answer, whatever else replaces it
WAIT_SECONDS = 60  # after too many tries, where nothing else is said


class Reason(StrEnum):
    SIGNED_OUT = "signed-out"
    FORM_EXPIRED = "form-expired"
    OTHER_PERSON = "other-person"
    CONFIRM = "confirm"
    CHANGED = "changed"
    GONE = "gone"
    CLOSED = "closed"
    TOO_LARGE = "too-large"
    TOO_MANY = "too-many"
    TROUBLE = "trouble"


STATUS = {
    Reason.SIGNED_OUT: 401,
    Reason.FORM_EXPIRED: 403,
    Reason.OTHER_PERSON: 409,
    Reason.CONFIRM: 403,
    Reason.CHANGED: 409,
    Reason.GONE: 404,
    Reason.CLOSED: 410,
    Reason.TOO_LARGE: 413,
    Reason.TOO_MANY: 429,
    Reason.TROUBLE: 500,
}
OF_STATUS = {
    401: Reason.SIGNED_OUT,
    403: Reason.GONE,
    404: Reason.GONE,
    409: Reason.CHANGED,
    410: Reason.GONE,
    413: Reason.TOO_LARGE,
    429: Reason.TOO_MANY,
}
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
WITH_A_PAGE = 422  # a form that has something to put right


def is_background(request: HttpRequest) -> bool:
    """Made by a script of ours, which reads the answer instead of showing it."""
    return "HX-Request" in request.headers or "X-Background" in request.headers


def not_saved(reason: Reason, status: int = 0) -> HttpResponse:
    response = HttpResponse(
        reason.value, status=status or STATUS[reason], content_type="text/plain"
    )
    response[REASON] = reason.value
    if reason is Reason.TOO_MANY:
        response["Retry-After"] = str(WAIT_SECONDS)
    return response


def in_the_background(response: HttpResponseBase) -> HttpResponseBase:
    """The same answer for someone who cannot see a page."""
    status = response.status_code
    if status == 302 and response["Location"].startswith(reverse(settings.LOGIN_URL)):
        return _also_said(not_saved(Reason.SIGNED_OUT), response)
    if status < 400 or status == WITH_A_PAGE or response.has_header(REASON):
        return response
    answer = not_saved(OF_STATUS.get(status, Reason.TROUBLE), status)
    return _also_said(answer, response)


def _also_said(answer: HttpResponse, by: HttpResponseBase) -> HttpResponse:
    for header in ALSO_SAID:
        if by.has_header(header):
            answer[header] = by[header]
    return answer


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """The form's token is not that of the browser: signed in again since, or no cookies."""
    if is_background(request):
        return not_saved(Reason.FORM_EXPIRED)
    return csrf_failure(request, reason=reason)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """The page for what cannot be read; something too large is said to be that."""
    if not isinstance(exception, TOO_MUCH):
        return bad_request(request, exception)
    if is_background(request):
        return not_saved(Reason.TOO_LARGE)
    return render(request, "413.html", status=413)


def person_id(user: User) -> str:
    """Names someone to their own browser; nobody can tell an account by it."""
    return salted_hmac("accounts.person_id", str(user.pk), algorithm="sha256").hexdigest()[:32]
