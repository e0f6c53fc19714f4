"""Which part of the code uses which, as a picture drawn from the imports themselves.

``make floor-plan`` writes docs/floor-plan.svg. ``make check`` fails while the picture is not
what the code imports, so it can be believed.
"""

import sys
import textwrap
import tomllib
from graphlib import TopologicalSorter
from html import escape
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs/floor-plan.svg"

type Uses = dict[str, set[str]]
"""Each part, and the parts from which it imports something."""

# In the order in which those of one floor stand side by side.
ROOMS = {
    "demo": "made-up people, to try everything with",
    "reminders": "which reminder is due, which is not sent and why, what became of it",
    "caseload": "who needs a clinician today, one patient on one page, what a clinician does about it",
    "today": "the patient's own pages: today, a session, progress, settings",
    "offline": "the patient's pages and sessions on a phone without a network",
    "patients": "who has which programme, their days and sessions, what they said",
    "programmes": "what is prescribed, as frozen versions; the handout",
    "exercises": "what can be done: the library, its versions, finding, writing",
    "accounts": "people, clinics, ways in, the audit trail",
    "figures": "joint angles made pictures, without Django",
    "outbox": "how a message leaves once",
    "pictures": "a picture that someone sent: made safe, kept, handed out",
    "clock": "what time it is; nobody else asks",
}
# Puts the parts together, so it knows them, and they read settings through it.
PUTS_TOGETHER = "config"

WIDTH, GAP, BETWEEN, MARGIN = 280, 40, 44, 24  # px: a room, beside, above, around
LINE, LETTERS = 18, 38  # px for a line of words; letters that fit into it

STYLE = """
.page { fill: #ffffff } .room { fill: #f4f7f7; stroke: #748890 }
.name { font-weight: 650; font-size: 16px; fill: #0f5c63 }
text { font-family: system-ui, sans-serif; font-size: 13px; fill: #16242b; text-anchor: middle }
.also { fill: #4a5c64; font-style: italic } .uses { fill: none; stroke: #4a5c64; stroke-width: 1.5 }
.head { fill: #4a5c64 }
@media (prefers-color-scheme: dark) {
.page { fill: #0f1719 } .room { fill: #162124; stroke: #6f858d }
.name { fill: #7fd3da } text { fill: #e6eef0 } .also { fill: #a9bac0 }
.uses { stroke: #a9bac0 } .head { fill: #a9bac0 }
}
"""
ARROW = (
    '<marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
    'orient="auto"><path class="head" d="M0 0 8 4 0 8z"/></marker>'
)


def read() -> Uses:
    """As import-linter sees it: every import, also one inside a function or for types only."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    packages = settings["tool"]["importlinter"]["root_packages"]
    graph = grimp.build_graph(*packages, include_external_packages=True, cache_dir=None)
    parts = {*packages, "clock"} - {PUTS_TOGETHER}
    uses: Uses = {part: set() for part in parts}
    for module in graph.modules:
        importer = module.partition(".")[0]
        if importer in parts:
            imported = graph.find_modules_directly_imported_by(module)
            uses[importer] |= {name.partition(".")[0] for name in imported} & parts - {importer}
    return uses


def floors(uses: Uses) -> list[list[str]]:
    """From the top: each part above all that it uses, and right below the first that uses it.

    Raises graphlib.CycleError where two parts use each other.
    """
    upwards = list(TopologicalSorter(uses).static_order())
    height: dict[str, int] = {}
    for part in upwards:
        height[part] = max((height[other] + 1 for other in uses[part]), default=0)
    for part in reversed(upwards):
        users = [height[other] for other in uses if part in uses[other]]
        height[part] = min(users) - 1 if users else height[part]
    places = list(ROOMS)
    return [
        sorted((part for part in uses if height[part] == floor), key=places.index)
        for floor in sorted(set(height.values()), reverse=True)
    ]


def _all_below(part: str, uses: Uses) -> set[str]:
    return uses[part].union(*(_all_below(other, uses) for other in uses[part]))


def nearest(uses: Uses) -> Uses:
    """Without what follows: a part that is also reached by way of another one."""
    return {
        part: others - set().union(*(_all_below(other, uses) for other in others))
        for part, others in uses.items()
    }


def _words(part: str, uses: Uses) -> list[tuple[str, str]]:
    """Each line of a room, with its class."""
    also = sorted(uses[part] - nearest(uses)[part])
    lines = [("name", part)]
    lines += [("is", line) for line in textwrap.wrap(ROOMS[part], LETTERS)]
    if also:
        text = "also uses " + ", ".join(also)
        lines += [("also", line) for line in textwrap.wrap(text, LETTERS)]
    return lines


type Box = tuple[int, int, int]
"""Left, top and height of a room."""


def _places(uses: Uses) -> tuple[dict[str, Box], int, int]:
    """Where each room stands, and how wide and high the whole is."""
    plan = floors(uses)
    wide = max(len(floor) for floor in plan) * (WIDTH + GAP) - GAP + 2 * MARGIN
    boxes: dict[str, Box] = {}
    top = MARGIN
    for floor in plan:
        high = max(len(_words(part, uses)) for part in floor) * LINE + LINE
        left = (wide - len(floor) * (WIDTH + GAP) + GAP) // 2
        for nth, part in enumerate(floor):
            boxes[part] = (left + nth * (WIDTH + GAP), top, high)
        top += high + BETWEEN
    return boxes, wide, top - BETWEEN + MARGIN


def _arrow(upper: Box, lower: Box) -> str:
    start, from_top, high = upper
    end, to_top, _high = lower
    x1, y1, x2, y2 = start + WIDTH // 2, from_top + high, end + WIDTH // 2, to_top - 1
    middle = (y1 + y2) // 2
    way = f"M{x1} {y1}C{x1} {middle} {x2} {middle} {x2} {y2}"
    return f'<path class="uses" marker-end="url(#head)" d="{way}"/>'


def _room(box: Box, lines: list[tuple[str, str]]) -> list[str]:
    left, top, high = box
    drawn = [f'<rect class="room" x="{left}" y="{top}" width="{WIDTH}" height="{high}" rx="8"/>']
    for nth, (css, line) in enumerate(lines):
        place = f'x="{left + WIDTH // 2}" y="{top + (nth + 1) * LINE + 4}"'
        drawn.append(f'<text class="{css}" {place}>{escape(line, quote=False)}</text>')
    return drawn


def draw(uses: Uses) -> str:
    boxes, wide, high = _places(uses)
    said = "; ".join(f"{part} uses {', '.join(sorted(uses[part])) or 'none'}" for part in boxes)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img">',
        "<title>Which part of Homestretch uses which</title>",
        f"<desc>{said}.</desc>",
        f"<style>{STYLE}</style>",
        f"<defs>{ARROW}</defs>",
        f'<rect class="page" width="{wide}" height="{high}"/>',
    ]
    for part, others in sorted(nearest(uses).items()):
        lines += [_arrow(boxes[part], boxes[other]) for other in sorted(others)]
    for part, box in boxes.items():
        lines += _room(box, _words(part, uses))
    return "\n".join([*lines, "</svg>", ""])


def main(*, is_check: bool) -> str:
    """What is wrong, or nothing."""
    uses = read()
    if unknown := sorted(uses.keys() - ROOMS.keys()):
        return f"Say in tools/floor_plan.py what is in {', '.join(unknown)}."
    picture = draw(uses)
    if not is_check:
        PICTURE.write_text(picture)
    elif not PICTURE.exists() or PICTURE.read_text() != picture:
        return f"{PICTURE.relative_to(ROOT)} is not what the code imports: run make floor-plan."
    return ""


if __name__ == "__main__":
    sys.exit(main(is_check="--check" in sys.argv) or None)
