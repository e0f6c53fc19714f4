"""What lets a phone put the site on its home screen: nothing personal, and every icon is there."""

import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageChops

from tests.test_architecture import ROOT
from tools import app_icons

pytestmark = pytest.mark.django_db
MANIFEST = "/manifest.webmanifest"


@pytest.fixture
def manifest() -> dict:
    answer = Client().get(MANIFEST)
    assert answer["Content-Type"] == "application/manifest+json"
    return answer.json()


def test_it_opens_on_today_as_an_app_of_its_own(manifest):
    assert manifest["start_url"] == reverse("today:today")
    assert (manifest["scope"], manifest["display"], manifest["lang"]) == (
        "/",
        "standalone",
        "en-gb",
    )
    assert manifest["name"] == manifest["short_name"] == "Homestretch"


def test_its_shortcuts_are_start_and_today(manifest):
    shortcuts = [(one["name"], one["url"]) for one in manifest["shortcuts"]]
    assert shortcuts == [("Start", reverse("today:start")), ("Today", reverse("today:today"))]


def test_it_is_the_same_for_everybody(cast, as_user):
    theirs = {as_user(user).get(MANIFEST).content for user in (cast.patient, cast.clinician)}
    assert theirs == {Client().get(MANIFEST).content}


def test_every_icon_is_there_in_the_size_it_says(manifest):
    icons = [*manifest["icons"], *(icon for one in manifest["shortcuts"] for icon in one["icons"])]
    assert {(icon["purpose"], icon["sizes"]) for icon in manifest["icons"]} == {
        (purpose, size) for purpose in ("any", "maskable") for size in ("192x192", "512x512")
    }
    for icon in icons:
        name = re.sub(r".*/|\?.*|\.[0-9a-f]{12}(?=\.)", "", icon["src"])
        with Image.open(ROOT / "static" / "built" / name) as picture:
            assert icon["sizes"] == "{}x{}".format(*picture.size)


def test_its_colours_are_those_of_the_style_sheet(manifest):
    light = (ROOT / "static/scss/_tokens.scss").read_text().partition("@mixin dark")[0]
    of = dict(re.findall(r"--hs-([\w-]+): (#\w+);", light))
    assert (manifest["background_color"], manifest["theme_color"]) == (of["page"], of["primary"])


@pytest.mark.parametrize("name", sorted(app_icons.icons()))
def test_each_icon_is_made_from_its_drawing(name):
    """After a change of an SVG: ``python -m tools.app_icons``."""
    kept, made = (
        Image.open(io.BytesIO(content)).convert("RGBA")
        for content in ((app_icons.FOLDER / name).read_bytes(), app_icons.icons()[name])
    )
    assert kept.size == made.size
    worst = max(high for _low, high in ImageChops.difference(kept, made).getextrema())
    assert worst < 16, f"{name} is out of date"  # of 255: edges may be drawn a little otherwise


@pytest.mark.parametrize("side", [192, 512])
def test_what_a_round_mask_leaves_shows_the_whole_drawing(side):
    """Two fifths of the side around its middle are never cut off."""
    icon = Image.open(app_icons.FOLDER / f"app-maskable-{side}.png").convert("RGBA")
    assert icon.getextrema()[3] == (255, 255)  # nothing shows through at its corners
    ground = icon.getpixel((0, 0))
    for y in range(side):
        for x in range(side):
            is_safe = (x - side / 2) ** 2 + (y - side / 2) ** 2 <= (0.4 * side) ** 2
            assert is_safe or icon.getpixel((x, y)) == ground


def test_the_favicon_is_at_the_root():
    answer = Client().get("/favicon.ico")
    assert answer.status_code == 200
    with Image.open(io.BytesIO(answer.content)) as icon:
        assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


@pytest.mark.parametrize("page", ["today:today", "account_login"])
def test_pages_name_the_manifest_and_the_icon_for_ios(cast, as_user, page):
    client = Client() if page == "account_login" else as_user(cast.patient)
    html = client.get(reverse(page)).content.decode()
    assert f'<link rel="manifest" href="{MANIFEST}">' in html
    assert re.search(
        r'<link rel="apple-touch-icon" href="/static/apple-touch-180[\w.]*png[^"]*">', html
    )
    assert 'name="apple-mobile-web-app-capable" content="yes"' in html
