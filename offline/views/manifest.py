"""What a phone or computer asks for to put the site among its apps. Nothing personal is in it."""

from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

SIDES = (192, 512)  # pixels
SHORTCUT_SIDE = 96
PAGE, MAIN = "#ffffff", "#0f5c63"  # --hs-page and --hs-primary of static/scss/_tokens.scss
A_DAY = "private, max-age=86400"  # cookies may come with it


@require_safe
@login_not_required
def manifest(request: HttpRequest) -> HttpResponse:
    content = _about() | {
        "icons": [_icon("app", "any", side) for side in SIDES]
        + [_icon("app-maskable", "maskable", side) for side in SIDES],
        "shortcuts": [
            _shortcut("shortcut-start", _("Start"), reverse("today:start")),
            _shortcut("shortcut-today", _("Today"), reverse("today:today")),
        ],
    }
    kind, headers = "application/manifest+json", {"Cache-Control": "no-cache"}
    return JsonResponse(content, content_type=kind, headers=headers)


def _about() -> dict[str, Any]:
    return {
        "id": "/",
        "name": "Homestretch",
        "short_name": "Homestretch",
        "description": _("Your exercises for today, and how to do them."),
        "lang": get_language() or "en-gb",
        "dir": "rtl" if get_language_bidi() else "ltr",
        "start_url": reverse("today:today"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAGE,
        "theme_color": MAIN,
    }


def _icon(name: str, purpose: str, side: int) -> dict[str, str]:
    address = static(f"{name}-{side}.png")
    return {"src": address, "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}


def _shortcut(icon: str, name: str, url: str) -> dict[str, Any]:
    return {"name": name, "url": url, "icons": [_icon(icon, "any", SHORTCUT_SIDE)]}


@require_safe
@login_not_required
def favicon(request: HttpRequest) -> HttpResponse:
    """At the root, where programs look that have read no page."""
    content = Path(str(finders.find("favicon.ico"))).read_bytes()
    return HttpResponse(content, content_type="image/x-icon", headers={"Cache-Control": A_DAY})
