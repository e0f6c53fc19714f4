"""One script of ours by itself in a page, as it stands in static/js."""

from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page, Route

SCRIPTS = Path(settings.BASE_DIR) / "static" / "js"
WHERE = "/one-script/"


def serve_scripts(page: Page) -> None:
    def answer(route: Route) -> None:
        path = SCRIPTS / route.request.url.partition(WHERE)[2]
        route.fulfill(body=path.read_text(), content_type="text/javascript")

    page.route(f"**{WHERE}**", answer)


def call(page: Page, script: str, name: str, *given: object) -> object:
    """What the function ``name`` of a script answers."""
    does = f"async (given) => (await import('{WHERE}{script}')).{name}(...given)"
    return page.evaluate(does, list(given))
