"""Compiled templates: without indentation, and with everything that was typed."""

from django.template.loader import get_template, render_to_string

from config.templates import Loader


def test_our_pages_begin_their_lines_at_the_start() -> None:
    page = render_to_string("404.html")
    assert [line for line in page.splitlines() if line.startswith((" ", "\t"))] == []


def test_typed_text_keeps_its_spaces() -> None:
    typed = "First line\n   second, set in\n\n\n\nlast"
    assert typed in render_to_string("components/notice.html", {"text": typed})


def test_a_template_is_compiled_once() -> None:
    [loader] = get_template("404.html").template.engine.template_loaders  # type: ignore[attr-defined]
    assert isinstance(loader, Loader)
    assert loader.get_template("404.html") is loader.get_template("404.html")
