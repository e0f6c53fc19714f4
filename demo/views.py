"""The demo's mail reader. It answers only where DEMO=1; elsewhere it is not there."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from demo import catcher

HEADERS = ("From", "To", "Date", "Message-ID", "List-Unsubscribe", "Auto-Submitted")

# What a message may do: show itself, and let its reader follow a link.
SANDBOX = [
    "allow-popups",
    "allow-popups-to-escape-sandbox",
    "allow-top-navigation-by-user-activation",
]
MESSAGE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],  # the only styles that mail programs read
    "img-src": ["data:"],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
    "sandbox": SANDBOX,
}
HEAD = re.compile(r"<head[^>]*>|\A", re.IGNORECASE)


def demo_only[View: Callable[..., HttpResponse]](view: View) -> View:
    """The page exists only in the demo, where everybody may read the mail."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return cast(View, login_not_required(never_cache(require_safe(wrapped))))


@demo_only
def mail_list(request: HttpRequest) -> HttpResponse:
    messages = [(mail, mail.read()) for mail in catcher.caught()]
    return render(request, "demo/mail_list.html", {"mails": messages})


@demo_only
def mail_detail(request: HttpRequest, key: UUID) -> HttpResponse:
    mail = find(key)
    message = mail.read()
    context = {
        "mail": mail,
        "subject": message["Subject"],
        "headers": [(name, message[name]) for name in HEADERS if message[name]],
        "text": catcher.body(message, "plain"),
        "has_html": bool(catcher.body(message, "html")),
        "sandbox": " ".join(SANDBOX),
    }
    return render(request, "demo/mail_detail.html", context)


@demo_only
@xframe_options_sameorigin
@csp_override(MESSAGE_CSP)
def mail_html(request: HttpRequest, key: UUID) -> HttpResponse:
    """The HTML part alone, for the frame; its links open in the whole window."""
    if not (html := catcher.body(find(key).read(), "html")):
        raise Http404
    start = max(HEAD.finditer(html), key=lambda match: match.end()).end()
    return HttpResponse(f'{html[:start]}<base target="_top">{html[start:]}')


def find(key: UUID) -> catcher.Caught:
    if mail := catcher.caught_with(key):
        return mail
    raise Http404
