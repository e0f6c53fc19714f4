"""The script that answers for the site on a phone, also without a network."""

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def script(request: HttpRequest) -> HttpResponse:
    """From the root, since a worker answers only for addresses below its own."""
    text = Path(str(finders.find("worker.js"))).read_text()
    return HttpResponse(text, content_type="text/javascript", headers={"Cache-Control": "no-cache"})
