"""The script that answers for the site on a phone, also without a network."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from offline import release


@require_safe
@login_not_required
def script(request: HttpRequest) -> HttpResponse:
    """From the root, since a worker answers only for addresses below its own. Browsers ask for it
    again and again, so that a new release, or the end of the worker, is heard of soon."""
    return HttpResponse(
        release.script(), content_type="text/javascript", headers={"Cache-Control": "no-cache"}
    )


@require_safe
@login_not_required
def without_network(request: HttpRequest) -> HttpResponse:
    """What the worker shows where it has nothing else: the same for everybody."""
    return HttpResponse(release.page_without_network())
