"""Two files that programs ask every site for: who hears of a weakness, and no to search engines."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

import clock

HOLDS_FOR = timedelta(days=90)  # then it is to be asked for again
PLAIN = "text/plain; charset=utf-8"


@require_safe
@login_not_required
def security_txt(request: HttpRequest) -> HttpResponse:
    """The operator's contact, in the form of RFC 9116; 404 where none was named."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (clock.now() + HOLDS_FOR).replace(microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@require_safe
@login_not_required
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Nothing here is for search engines."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type=PLAIN)
