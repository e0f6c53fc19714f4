"""The look keeps its promises: contrast in both schemes, icons that exist, pages that weigh little."""

import gzip
import re
from pathlib import Path

import pytest

from exercises.models import Kind

ROOT = Path(__file__).resolve().parent.parent
TOKENS = (ROOT / "static/scss/_tokens.scss").read_text()
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

TEXT_ON = [
    ("ink", "page"),
    ("ink", "surface"),
    ("ink", "surface-2"),
    ("ink", "primary-tint"),
    ("ink", "caution-tint"),
    ("ink", "good-tint"),
    ("ink", "stop-tint"),
    ("muted", "page"),
    ("muted", "surface"),
    ("muted", "surface-2"),
    ("primary", "page"),
    ("primary", "surface"),
    ("primary", "primary-tint"),
    ("primary-hover", "primary-tint"),
    ("on-primary", "primary"),
    ("on-primary", "primary-hover"),
    ("good", "good-tint"),
    ("good", "page"),
    ("caution", "caution-tint"),
    ("caution", "page"),
    ("stop", "stop-tint"),
    ("stop", "page"),
    ("stop", "surface"),
    ("accent", "page"),
    ("accent", "surface"),
    ("accent", "accent-tint"),
    ("accent", "on-primary"),  # the mark on a button
    ("ink", "accent-tint"),
]
SHAPE_ON = [("control", "page"), ("control", "surface"), ("control", "field"), ("primary", "page")]


def colours(scheme: str) -> dict[str, str]:
    body = TOKENS.split(f"@mixin {scheme} {{")[1].split("\n}")[0]
    return dict(re.findall(r"--hs-([\w-]+): (#[0-9a-f]{6});", body))


def luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_black_on_white():
    assert contrast("#000000", "#ffffff") == 21


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_can_be_read(scheme, text, ground):
    tokens = colours(scheme)
    assert contrast(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPE_ON)
def test_shapes_can_be_seen(scheme, shape, ground):
    tokens = colours(scheme)
    assert contrast(tokens[shape], tokens[ground]) >= 3


def test_both_schemes_have_the_same_colours():
    assert colours("light").keys() - colours("dark").keys() == {"muscle"}
    assert not colours("dark").keys() - colours("light").keys()


def test_every_icon_a_template_names_exists():
    drawn = {path.stem for path in (ROOT / "static/icons").glob("*.svg")}
    named = {
        (name, path.relative_to(ROOT).as_posix())
        for path in TEMPLATES
        for name in re.findall(
            r"""(?:icon\.html["'] with name|icon)=["']([\w-]+\w)["']""", path.read_text()
        )
    }
    assert [(name, path) for name, path in sorted(named) if name not in drawn] == []
    assert named


def test_every_kind_of_exercise_has_a_sign():
    drawn = {path.stem for path in (ROOT / "static/icons").glob("kind-*.svg")}
    assert drawn == {f"kind-{kind}" for kind in Kind.values}


@pytest.mark.parametrize("side", ["patient", "clinic"])
def test_style_sheets_ask_for_nothing_the_policy_forbids(side):
    css = (ROOT / f"static/built/{side}.css").read_text()
    assert re.findall(r"url\([^)]*\)|@import|@font-face", css) == []


# What Bootstrap has under such names is built where a page uses it: _framework.scss, build.mjs.
CHOSEN = re.compile(
    r"d-(?:none|block|flex|grid|inline\S*)|flex-(?:wrap|nowrap)\S*|justify-content-\S+"
    r"|align-items-\S+|(?:gap|m|mt|mb)-(?:\d|auto)|text-(?:start|center|end|wrap|nowrap)|fw-\w+"
    r"|btn-(?:check|link)|col-form-label\S*|form-(?:control|select)-\w+"
)


def test_what_pages_use_of_bootstrap_is_built():
    css = (ROOT / "static/built/clinic.css").read_text()
    classes = {
        name
        for path in TEMPLATES
        for words in re.findall(r'class="([^"]*)"', path.read_text())
        for name in words.split()
        if CHOSEN.fullmatch(name)
    }
    assert classes
    assert [name for name in sorted(classes) if f".{name}" not in css] == []


@pytest.mark.parametrize(("script", "most"), [("patient.js", 42), ("session.js", 51)])
def test_what_a_patient_loads_beside_the_page_is_small(script, most):
    files = ["patient.css", script, "icons.svg", "favicon.svg"]
    sent = sum(len(gzip.compress((ROOT / "static/built" / f).read_bytes())) for f in files)
    assert sent < most * 1024  # bytes


# A button is a flex box: a space after its hidden words would be one more part of it, with a gap.
BUTTON = r'<(a|button)\b[^>]*class="[^"]*\bbtn\b[^"]*"(?:(?!</\1>).)*</\1>'


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_button_is_wider_for_a_space_after_its_hidden_words(template):
    buttons = [match[0] for match in re.finditer(BUTTON, template.read_text(), re.DOTALL)]
    hidden = [button for button in buttons if "visually-hidden" in button]
    assert [button for button in hidden if re.search(r"</span>\s+</\w+>$", button)] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_link_within_a_line_underlines_a_space(template):
    assert re.findall(r"\s</a>\s*[^\s<{].*", template.read_text()) == []
