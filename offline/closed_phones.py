"""A phone whose page was closed is told so, also where the sign-in that it had is over."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from accounts.closed_accounts import Closed, closed_here
from accounts.not_saved import REASON, STATUS, Reason
from accounts.page_record import how_to_call

GetResponse = Callable[[HttpRequest], HttpResponse]
BELOW = "/offline/"  # the page of that address itself is for everyone


def refuse_closed_phones(get_response: GetResponse) -> GetResponse:
    """410 to what a phone asks for by itself. Its pages lead to the sign-in, as for everyone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        closed = closed_here(request) if _is_asked_by_a_phone(request) else None
        return _closed(closed) if closed else get_response(request)

    return middleware


def _is_asked_by_a_phone(request: HttpRequest) -> bool:
    is_below = request.path.startswith(BELOW) and request.path != BELOW
    return is_below or request.path == reverse("accounts:who")


def _closed(closed: Closed) -> JsonResponse:
    said: dict[str, object] = {"person": "", "is_gone": True}
    if closed.clinics:
        said["clinic"] = how_to_call(closed.clinics[0])
    headers = {REASON: Reason.CLOSED.value}
    return JsonResponse(said, status=STATUS[Reason.CLOSED], headers=headers)
