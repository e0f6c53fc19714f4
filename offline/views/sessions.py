"""Where a phone sends what was done without a network, by a script that has no page."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

import clock
from accounts import limits, words
from accounts.access import patient_required
from accounts.limits import OFFLINE, Reached
from accounts.not_saved import PERSON, REASON
from accounts.refused import with_wait
from accounts.requests import SignedInRequest
from offline import sync
from offline.reading import LARGEST, MOST, NotUnderstood, read_json


@csrf_exempt  # a worker has no form: who may send is asked of what only a browser says
@require_POST
@patient_required
def sessions(request: SignedInRequest) -> HttpResponse:
    """Answers each thing by itself; the request as a whole is refused only if nothing can be read."""
    if not is_from_here(request):
        return _refuse("foreign", HTTPStatus.FORBIDDEN)
    if is_too_large(request):
        words_ = _("This is too much to send at once.")
        return _refuse("too-large", HTTPStatus.CONTENT_TOO_LARGE, words_)
    now = clock.now()
    try:
        limits.use(OFFLINE, str(request.user.pk), now=now)
    except Reached as reached:
        refusal = _refuse(
            "too-many", HTTPStatus.TOO_MANY_REQUESTS, words.try_again(reached, now=now)
        )
        return with_wait(refusal, reached, now=now)
    try:
        body = read_json(request.body)
        phone = sync.Phone(request.user, _clock_in(body), now)
        return JsonResponse({"answers": sync.take(_entries_in(body), phone)})
    except NotUnderstood as why:
        return _refuse("not-understood", HTTPStatus.UNPROCESSABLE_CONTENT, str(why))


def is_from_here(request: HttpRequest) -> bool:
    """Whether a script of ours sends it. Another site's page can send a form, with its content
    types and no header of ours, and every browser says from where.
    """
    headers = request.headers
    return (
        headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
        and headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        and request.content_type == "application/json"
        and bool(headers.get(PERSON))  # whose it is, compared by accounts.middleware
    )


def is_too_large(request: HttpRequest) -> bool:
    """By what it says of itself: more than that is not read."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST


def _clock_in(body: dict[str, Any]) -> datetime:
    """What the phone's clock said as it sent this."""
    try:
        at = parse_datetime(body["now"])
    except (KeyError, TypeError, ValueError):
        at = None
    if at is None or at.tzinfo is None:
        raise NotUnderstood
    return at


def _entries_in(body: dict[str, Any]) -> list[object]:
    entries = body.get("entries")
    if not isinstance(entries, list):
        raise NotUnderstood
    if len(entries) > MOST:
        words_ = _("Send %(most)d at once, and then the others.")
        raise NotUnderstood(words_ % {"most": MOST})
    return entries


def _refuse(reason: str, status: int, in_words: str = "") -> HttpResponse:
    answer = {"reason": reason, "words": in_words}
    return JsonResponse(answer, status=status, headers={REASON: reason})
