"""Draw the library's figures on one sheet, to look at them all."""

from pathlib import Path

import yaml
from django.core.management.base import BaseCommand, CommandError

from exercises import library
from figures import Figure, check
from figures.sheet import sheet


class Command(BaseCommand):
    requires_system_checks = ()  # it reads files and draws
    help = (
        "Draws every frame of the library's figures on one contact sheet. Reads the library's "
        "files, no database. An .svg needs nothing else; a .png needs resvg-py, which the "
        "development dependencies bring."
    )

    def add_arguments(self, parser):
        parser.add_argument("slugs", nargs="*", help="only these exercises")
        parser.add_argument("--sheet", type=Path, required=True, help="the .svg or .png to write")
        parser.add_argument("--width", type=int, default=320, help="of one frame, in pixels")
        parser.add_argument("--columns", type=int, default=5, help="frames in a row")
        parser.add_argument("--dark", action="store_true", help="the dark scheme's colours")

    def handle(self, *, slugs, sheet: Path, width, columns, dark, **options):
        figures = drawn(slugs)
        svg = _sheet(figures, width=width, columns=columns, dark=dark)
        if sheet.suffix == ".png":
            sheet.write_bytes(_png(svg))
        elif sheet.suffix == ".svg":
            sheet.write_text(svg, encoding="utf-8")
        else:
            raise CommandError("--sheet must end in .svg or .png")
        self.stdout.write(f"{sheet}: {len(figures)} figures")


_sheet = sheet


def drawn(slugs, folder=library.FOLDER):
    """The figures of the library's files by slug, those asked for or all."""
    figures = {}
    for path in sorted(folder.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8")).get("figure")
        if not data or (slugs and path.stem not in slugs):
            continue
        problems = check(data)
        if problems:
            raise CommandError("\n".join(f"{path.name}: figure {line}" for line in problems))
        figures[path.stem] = Figure.of(data)
    missing = set(slugs) - figures.keys()
    if missing:
        raise CommandError(f"No figure in the library for {', '.join(sorted(missing))}.")
    return figures


def _png(svg):
    try:
        from resvg_py import svg_to_bytes
    except ImportError as error:
        raise CommandError("A .png needs resvg-py; write an .svg instead.") from error
    return bytes(svg_to_bytes(svg_string=svg))
