"""``python -m figures bridge``: look at the library's figures. Needs no database and no Django."""

import argparse
import difflib
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import yaml

from figures import Figure, blind, check, muscles_are
from figures.sheet import sheet

LIBRARY = Path(__file__).resolve().parents[1] / "exercises" / "library"


class NotDrawn(Exception):
    """Says in plain words what cannot be drawn, and what to do."""


def main(arguments: Sequence[str] | None = None) -> None:
    parser = _parser()
    asked = parser.parse_args(arguments)
    try:
        figures = drawn(asked.names, asked.library)
        if asked.list:
            sys.stdout.write("".join(f"{name}\n" for name in figures))
            return
        if asked.blind:
            _write_blind(figures, asked.blind, seed=asked.seed, width=asked.width)
            return
        if not asked.names and not asked.to:
            raise NotDrawn(
                "Name a figure (--list shows their names), or say with --to where all go."
            )
        svg = sheet(
            figures, width=asked.width, columns=asked.columns, dark=asked.dark, grey=asked.grey
        )
        _write(svg, asked.to)
    except NotDrawn as error:
        parser.error(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m figures",
        description="Draws figures of the library, every pose of each, in one picture.",
    )
    parser.add_argument("names", nargs="*", metavar="name", help="of a file in the library")
    parser.add_argument("--list", action="store_true", help="the names of all figures")
    parser.add_argument("--to", type=Path, help="the .svg or .png to write; else it is printed")
    parser.add_argument("--width", type=_positive, default=320, help="of one pose, in pixels")
    parser.add_argument("--columns", type=_positive, default=5, help="poses in a row")
    parser.add_argument("--dark", action="store_true", help="the dark scheme's colours")
    parser.add_argument("--grey", action="store_true", help="as a grey print has them")
    parser.add_argument(
        "--blind",
        type=Path,
        metavar="FOLDER",
        help="write each exercise's step pictures there under a random number, without names; "
        "the key goes beside the folder",
    )
    parser.add_argument("--seed", type=int, default=1, help="of the random numbers")
    parser.add_argument("--library", type=Path, default=LIBRARY, help="the folder of YAML files")
    return parser


def _positive(typed: str) -> int:
    if not typed.isdecimal() or not int(typed):
        raise argparse.ArgumentTypeError("must be a whole number, 1 or more")
    return int(typed)


def drawn(names: Collection[str], library: Path = LIBRARY) -> dict[str, Figure]:
    """The figures of the library's files by name, those asked for or all. Raises NotDrawn."""
    figures = {path.stem: path for path in sorted(library.glob("*.yaml"))}
    for name in names:
        if name not in figures:
            raise NotDrawn(_unknown(name, figures))
    read = {name: _figure(path) for name, path in figures.items() if not names or name in names}
    without = [name for name in names if read[name] is None]
    if without:
        raise NotDrawn(f"No figure in the library for {', '.join(without)}.")
    return {name: figure for name, figure in read.items() if figure}


def _unknown(name: str, figures: Mapping[str, Path]) -> str:
    near = difflib.get_close_matches(name, figures, 1)
    meant = f" Did you mean {near[0]}?" if near else " --list shows their names."
    return f"No figure in the library for {name}.{meant}"


def _figure(path: Path) -> Figure | None:
    """The figure of one exercise's file, if it has one."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise NotDrawn(f"{path.name}: cannot be read as YAML: {error}") from error
    data = content.get("figure") if isinstance(content, dict) else None
    if not data:
        return None
    phases = _phases(content.get("steps"))
    if problems := check(data, phases):
        raise NotDrawn("\n".join(f"{path.name}: figure {problem}" for problem in problems))
    return Figure({"muscles_are": muscles_are(str(content.get("kind"))), **data}, phases)


def _phases(steps: object) -> list[str]:
    """Of steps written as lines of "phase: text"; none of plain ones."""
    pairs = [step for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []
    return [str(next(iter(pair))).replace(" ", "_") for pair in pairs]


def _write(svg: str, to: Path | None) -> None:
    if to is None:
        sys.stdout.write(f"{svg}\n")
    elif to.suffix == ".svg":
        to.write_text(svg, encoding="utf-8")
    elif to.suffix == ".png":
        to.write_bytes(_png(svg))
    else:
        raise NotDrawn("--to must end in .svg or .png.")


def _write_blind(figures: Mapping[str, Figure], folder: Path, *, seed: int, width: int) -> None:
    """Only into an empty folder: pictures of another test would mix in."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotDrawn(f"{folder} must be a folder that is new or empty.")
    folder.mkdir(parents=True, exist_ok=True)
    numbers = blind.numbered(figures, seed)
    for name, svg in blind.pictures(figures, numbers, width).items():
        _write(svg, folder / name)
    blind.key_beside(folder).write_text(blind.key(numbers), encoding="utf-8")


def _png(svg: str) -> bytes:
    try:
        from resvg_py import svg_to_bytes
    except ImportError as error:
        raise NotDrawn("A .png needs resvg-py; write an .svg instead.") from error
    return bytes(svg_to_bytes(svg_string=svg))


if __name__ == "__main__":
    main()
