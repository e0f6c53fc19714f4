"""What is only fetched to be kept on a phone is not looked at yet."""

from collections.abc import Callable
from typing import Any

from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpRequest, HttpResponse

KEEP = "keep"  # said by the worker in X-Background: static/js/worker/keep.js


class NoMessages(BaseStorage):
    """Has none to show, and leaves those alone that wait for the next page somebody looks at."""

    def _get(self, *args: Any, **kwargs: Any) -> tuple[list[Any], bool]:
        return [], True

    def _store(self, messages: list[Any], response: HttpResponse, *args: Any, **kwargs: Any) -> Any:
        return []


def leave_messages(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """“Saved” is said once, on the page that is opened next: not on a kept one, days later."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.headers.get("X-Background") == KEEP:
            request._messages = NoMessages(request)  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
