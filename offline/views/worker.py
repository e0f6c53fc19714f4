"""The script that answers for the site on a phone, also without a network."""

from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import etag, require_safe

from offline import release


def _mark(request: HttpRequest) -> str:
    return f'"{sha256(release.script().encode()).hexdigest()[:16]}"'


@require_safe
@login_not_required
@etag(_mark)
def script(request: HttpRequest) -> HttpResponse:
    """From the root, since a worker answers only for addresses below its own. Browsers ask for it
    again and again, so that a new release, or the end of the worker, is heard of soon; most often
    the answer is that nothing has changed."""
    return HttpResponse(
        release.script(), content_type="text/javascript", headers={"Cache-Control": "no-cache"}
    )


@require_safe
@login_not_required
def without_network(request: HttpRequest) -> HttpResponse:
    """What the worker shows where it has nothing else: the same for everybody."""
    return HttpResponse(release.page_without_network())
