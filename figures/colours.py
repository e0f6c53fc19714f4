"""The colours of figures for where no page gives them: paper, and files to look at."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

STYLES = Path(__file__).resolve().parents[1] / "static" / "scss"


def style(*, dark: bool = False, paper: bool = False, grey: bool = False) -> str:
    """The page's own colours of figures, as plain CSS: what the style sheets say, worked out.

    On ``paper``, what is behind a figure is white. In ``grey``, each colour is as light as it is.
    """
    tokens = dict(_tokens("light"))
    if dark:
        tokens |= dict(_tokens("dark"))
    drawing = (STYLES / "components" / "_drawing.scss").read_text(encoding="utf-8")
    block = drawing[drawing.index(".drawing {") : drawing.index("@media")]
    own = dict(re.findall(r"(--drawing-[a-z-]+): ([^;]+);", block))
    if paper:
        own["--drawing-behind"] = "#ffffff"
    rules = re.findall(r"((?:\.d-[a-z-]+,?\s*)+)\{([^}]*)\}", block)
    css = "".join(f"{_names(names)}{{{_plain(body, own, tokens)}}}" for names, body in rules)
    ink, page = tokens["--hs-ink"], tokens["--hs-page"]
    worked_out = (
        f"{css}.card{{fill:{tokens['--hs-primary-tint']}}}.page{{fill:{page}}}"
        f'.label{{fill:{ink};font:13px "DejaVu Sans",sans-serif}}'
    )
    return re.sub(r"#[0-9a-f]{3,6}\b", _grey, worked_out) if grey else worked_out


def _grey(colour: re.Match[str]) -> str:
    red, green, blue = _parts(colour[0])
    return f"#{bytes([round(0.299 * red + 0.587 * green + 0.114 * blue)] * 3).hex()}"


def _names(names: str) -> str:
    return re.sub(r"\s+", "", names)


def _tokens(scheme: str) -> Iterable[tuple[str, str]]:
    text = (STYLES / "_tokens.scss").read_text(encoding="utf-8")
    block = text[text.index(f"@mixin {scheme}") :]
    return re.findall(r"(--hs-[a-z0-9-]+): (#[0-9a-f]{6});", block[: block.index("\n}")])


def _plain(body: str, own: Mapping[str, str], tokens: Mapping[str, str]) -> str:
    """Rules with every custom property and every mixed colour worked out."""
    for _ in range(3):
        body = re.sub(r"var\((--drawing-[a-z-]+)\)", lambda name: own[name[1]], body)
    body = re.sub(r"var\((--hs-[a-z0-9-]+)\)", lambda name: tokens[name[1]], body)
    mixed = r"color-mix\(in srgb, (#\w+) (\d+)%, (#\w+)\)"
    body = re.sub(mixed, lambda mix: _mixed(mix[1], int(mix[2]) / 100, mix[3]), body)
    return re.sub(r"\s+", " ", body).strip()


def _mixed(one: str, share: float, other: str) -> str:
    parts = [
        round(a * share + b * (1 - share)) for a, b in zip(_parts(one), _parts(other), strict=True)
    ]
    return f"#{bytes(parts).hex()}"


def _parts(colour: str) -> bytes:
    digits = colour.removeprefix("#")
    return bytes.fromhex(digits if len(digits) == 6 else "".join(d * 2 for d in digits))
