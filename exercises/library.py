"""The library's files: one YAML file per exercise, read and checked. No database in here.

A file's name is the exercise's slug and never changes; everything in it may. The
fields are listed in ``SCHEMA``, ``DOSE`` and ``GUIDE``; ``exercises/library`` has examples.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import yaml
from django.utils.text import slugify

import figures
from exercises import starting_dose
from exercises.dose import Dose, Range, in_minutes
from exercises.fields import EVERY_DAYS_MAX, LIMITS, DoseFields, every_weekday
from exercises.guide import PREFIX
from exercises.models import CUES, ExerciseVersion, Kind, Phase, Precaution
from exercises.vocabulary import Condition, Equipment, Muscle, Position, Region

FOLDER = Path(__file__).resolve().parent / "library"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Rule = Callable[[Any], Any]


class Wrong(ValueError):
    """What is wrong with one value, in words that follow the name of its field."""


class LibraryError(Exception):
    """Everything that is wrong with the library's files, one line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Entry:
    """One exercise of the library: what ``ExerciseVersion`` stores, and its neighbours."""

    slug: str
    kind: str
    harder: tuple[str, ...]
    columns: Mapping[str, Any] = field(repr=False)

    @property
    def content_hash(self) -> str:
        """The same as long as nothing that a reader sees has changed."""
        words = json.dumps(self.columns, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(words.encode()).hexdigest()


# --- rules: each takes what YAML gave and returns what is stored, or says what is wrong


def text(longest: int) -> Rule:
    def rule(value: Any) -> str:
        if not isinstance(value, str) or not value.strip():
            raise Wrong("must be text, in quotes if it looks like a number")
        if len(value.strip()) > longest:
            raise Wrong(f"has {len(value.strip())} letters, {longest} at most")
        return value.strip()

    return rule


def texts(longest: int, *, at_least: int = 0, at_most: int = 20) -> Rule:
    each = text(longest)

    def rule(value: Any) -> list[str]:
        if not isinstance(value, list):
            raise Wrong('must be a list, one "- …" a line')
        if not at_least <= len(value) <= at_most:
            raise Wrong(f"has {len(value)} entries, must have {at_least} to {at_most}")
        return [each(entry) for entry in value]

    return rule


def phased_texts(longest: int, *, at_least: int, at_most: int) -> Rule:
    """Lines of "phase: text", in pairs."""
    each, known = text(longest), one_of([phase.replace("_", " ") for phase in Phase])

    def pair(entry: Any) -> tuple[str, str]:
        if not isinstance(entry, dict) or len(entry) != 1:
            raise Wrong('must be lines such as "move: Lift your leg."')
        [(phase, words)] = entry.items()
        return known(phase).replace(" ", "_"), each(words)

    def rule(value: Any) -> list[tuple[str, str]]:
        if not isinstance(value, list) or not at_least <= len(value) <= at_most:
            raise Wrong(f"must be a list of {at_least} to {at_most} steps")
        return [pair(entry) for entry in value]

    return rule


def one_of(names: list[str]) -> Rule:
    def rule(value: Any) -> str:
        if not isinstance(value, str) or value not in names:
            raise Wrong(f"is {value!r}, must be one of: {', '.join(names)}")
        return value

    return rule


def some_of(names: list[str]) -> Rule:
    each = one_of(names)

    def rule(value: Any) -> list[str]:
        if not isinstance(value, list):
            raise Wrong("must be a list, [like, this]")
        return [each(entry) for entry in value]

    return rule


def mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Wrong('must be "name: value" lines')
    return value


def side_kind(value: Any) -> str:
    """What is done on a side; nothing where both work together."""
    if value is not False and value not in ("leg", "arm", "side"):
        raise Wrong("must be leg, arm or side, or false")
    return value or ""


def whole(low: int, high: int) -> Rule:
    def rule(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise Wrong(f"is {value!r}, must be a whole number from {low} to {high}")
        return value

    return rule


def number_range(low: int, high: int) -> Rule:
    """One number, or [smallest, largest]."""
    each = whole(low, high)

    def rule(value: Any) -> tuple[int, int]:
        ends = value if isinstance(value, list) else [value, value]
        if len(ends) != 2:
            raise Wrong("must be one number or [smallest, largest]")
        smallest, largest = (each(end) for end in ends)
        if smallest > largest:
            raise Wrong(f"is [{smallest}, {largest}], the smallest comes first")
        return smallest, largest

    return rule


def days(value: Any) -> list[int]:
    chosen = some_of(list(DAYS))(value)
    if not chosen:
        raise Wrong("must name at least one day")
    return sorted({DAYS.index(day) for day in chosen})


NOTHING = (None, None)  # of a range that does not apply

# --- the fields: rule, and what stands in when it is left out (nothing: it must be there)

SCHEMA: dict[str, tuple[Rule, *tuple[Any, ...]]] = {
    "name": (text(120),),
    "kind": (one_of(Kind.values),),
    "summary": (text(200),),
    "sided": (side_kind,),
    "flexes": (one_of(["forward", "backward"]), ""),
    "position": (one_of(Position.values),),
    "equipment": (some_of(Equipment.values), []),
    "muscles": (some_of(Muscle.values), []),
    "regions": (some_of(Region.values), []),
    "conditions": (some_of(Condition.values), []),
    "synonyms": (texts(80), []),
    "harder": (texts(80), []),
    "steps": (phased_texts(200, at_least=3, at_most=8),),
    "cues": (texts(80, at_most=CUES), []),
    "feel": (text(300), ""),
    "cautions": (texts(200, at_most=8), []),
    "progress": (text(400), ""),
    "why": (texts(600, at_most=10), []),
    "beside": (text(600), ""),
    "why_for_patient": (text(300), ""),
    "beside_for_patient": (text(300), ""),
    "on_paper": (text(200), ""),
    "precautions": (some_of(Precaution.values), []),
    "dose_basis": (one_of(ExerciseVersion.DoseBasis.values),),
    "source": (text(600),),
    "figure": (mapping, {}),
}
DOSE: dict[str, tuple[Rule, *tuple[Any, ...]]] = {
    "hold_seconds": (number_range(*LIMITS["hold_seconds"]), NOTHING),
    "repetitions": (number_range(*LIMITS["repetitions"]), NOTHING),
    "sets": (number_range(*LIMITS["sets"]), NOTHING),
    "minutes": (number_range(*LIMITS["minutes"]), NOTHING),
    "per_day": (number_range(*LIMITS["per_day"]),),
    "days": (days, every_weekday()),
    "every_days": (whole(1, EVERY_DAYS_MAX), None),
}
# The same numbers, all of which may be left out; a guide says nothing of days.
GUIDE = {part: (DOSE[part][0], NOTHING) for part in LIMITS}


class _Checked:
    """One file's values after the rules, and the problems met on the way."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.problems: list[str] = []

    def report(self, name: str, problem: str) -> None:
        self.problems.append(f"{self.where}: {name} {problem}")

    def apply(
        self, schema: Mapping[str, tuple[Any, ...]], given: Any, prefix: str = ""
    ) -> dict[str, Any]:
        if not isinstance(given, dict):
            self.report(prefix.rstrip(".") or "the file", 'must be "field: value" lines')
            return {}
        for name in given.keys() - schema.keys():
            self.report(f"{prefix}{name}", "is not a field of the library")
        return {
            name: self._value(prefix + name, rule, given.get(name), default)
            for name, (rule, *default) in schema.items()
        }

    def _value(self, name: str, rule: Rule, value: Any, default: list[Any]) -> Any:
        if value is None:
            if not default:
                self.report(name, "is missing")
            return default[0] if default else None
        try:
            return rule(value)
        except Wrong as wrong:
            self.report(name, str(wrong))
            return None


class _Loader(yaml.SafeLoader):
    """YAML without its silence about a field that is written twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _value in node.value]
        for twice in (name for name in names if names.count(name) > 1):
            raise yaml.constructor.ConstructorError(
                None, None, f"{twice!r} is there twice", node.start_mark
            )
        return super().construct_mapping(node, deep)


def parse(path: Path) -> Entry:
    """The entry of one file. Raises ``LibraryError`` naming the file and each wrong field."""
    checked = _Checked(path.name)
    try:
        given = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506  a safe one
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise LibraryError([f"{path.name}: cannot be read as YAML: {error}"]) from error
    dose, guide = (
        given.pop(name, {}) if isinstance(given, dict) else {} for name in ("dose", "guide")
    )
    values = checked.apply(SCHEMA, given)
    amounts = checked.apply(DOSE, dose, prefix="dose.")
    ranges = checked.apply(GUIDE, guide, prefix="guide.")
    if not checked.problems:
        _check_together(checked, path.stem, values, amounts)
    if not checked.problems:
        _check_starting_dose(checked, values, amounts, ranges)
    if checked.problems:
        raise LibraryError(checked.problems)
    return _entry(path.stem, values, amounts, ranges)


def _check_together(
    checked: _Checked, slug: str, values: dict[str, Any], amounts: dict[str, Any]
) -> None:
    if slugify(slug) != slug:
        checked.report("the file's name", "must be lower-case words joined by hyphens")
    phases = [phase for phase, _text in values["steps"]]
    for problem in figures.check(values["figure"], phases) if values["figure"] else ():
        checked.report("figure", problem)
    if (Phase.HOLD in phases) != (amounts["hold_seconds"] != NOTHING):
        checked.report("steps", "must have a hold exactly where the dose has hold_seconds")
    used = {part for part in LIMITS if amounts[part] != NOTHING} - {"per_day", "sets"}
    if used not in ({"hold_seconds", "repetitions"}, {"repetitions"}, {"minutes"}):
        checked.report("dose", "must be hold_seconds with repetitions, or repetitions, or minutes")
    if "minutes" in used and amounts["sets"] != NOTHING:
        checked.report("dose.sets", "does not go with minutes")


def _check_starting_dose(
    checked: _Checked, values: dict[str, Any], amounts: dict[str, Any], ranges: dict[str, Any]
) -> None:
    dose = Dose(**_ranges(amounts), sides=2 if values["sided"] else 1)
    guide = replace(dose, **_ranges(ranges))
    kind = DoseFields.DoseKind(_dose_columns(amounts)["dose_kind"])
    fitting = {*DoseFields.PARTS[kind], "per_day"}
    for part in sorted(_ranges(ranges).keys() - fitting):
        checked.report(f"guide.{part}", "does not go with this kind of dose")
    for part in starting_dose.too_wide(dose):
        most = starting_dose.TIMES_AT_MOST * getattr(dose, part).min
        checked.report(f"dose.{part}", f"must go up to {most} at most, twice its smallest number")
    for part in starting_dose.outside(dose, guide):
        checked.report(f"dose.{part}", f"must lie inside the guide, {getattr(guide, part)}")
    if starting_dose.is_too_long(dose):
        took, most = in_minutes(dose.longest_session_seconds), starting_dose.MINUTES_AT_MOST
        checked.report("dose", f"may take {took} minutes a session, {most} at most")


def _ranges(amounts: dict[str, Any]) -> dict[str, Any]:
    return {part: Range(*amounts[part]) for part in LIMITS if amounts[part] != NOTHING}


def _entry(
    slug: str, values: dict[str, Any], amounts: dict[str, Any], ranges: dict[str, Any]
) -> Entry:
    kind, harder = values.pop("kind"), tuple(values.pop("harder"))
    columns = {**values, **_dose_columns(amounts), **_guide_columns(ranges)}
    columns["side_kind"] = columns.pop("sided")
    steps = columns.pop("steps")
    columns["phases"], columns["steps"] = (list(each) for each in zip(*steps, strict=True))
    return Entry(slug=slug, kind=kind, harder=harder, columns=columns)


def _dose_columns(amounts: dict[str, Any]) -> dict[str, Any]:
    columns: dict[str, Any] = {"weekdays": amounts["days"], "every_days": amounts["every_days"]}
    for part in LIMITS:
        columns[f"{part}_min"], columns[f"{part}_max"] = amounts[part]
    kinds = DoseFields.DoseKind
    held = kinds.HOLD if columns["hold_seconds_min"] else kinds.REPETITIONS
    columns["dose_kind"] = (kinds.MINUTES if columns["minutes_min"] else held).value
    return columns


def _guide_columns(ranges: dict[str, Any]) -> dict[str, Any]:
    ends = {f"{PREFIX}{part}": ranges[part] for part in LIMITS}
    return {
        f"{name}_{end}": number
        for name, pair in ends.items()
        for end, number in zip(("min", "max"), pair, strict=True)
    }


def read(folder: Path = FOLDER) -> list[Entry]:
    """Every entry of a folder, by slug. Raises ``LibraryError`` with all problems of all files."""
    entries, problems = [], []
    for path in sorted(folder.glob("*.yaml")):
        try:
            entries.append(parse(path))
        except LibraryError as error:
            problems += error.problems
    problems = problems or _wrong_neighbours(entries)
    if problems:
        raise LibraryError(problems)
    return entries


def _wrong_neighbours(entries: list[Entry]) -> list[str]:
    steps_up = {entry.slug: entry.harder for entry in entries}
    problems = [
        f"{slug}.yaml: harder {other!r} is not an exercise of the library"
        for slug, harder in steps_up.items()
        for other in harder
        if other not in steps_up
    ]
    try:
        TopologicalSorter(steps_up).prepare()
    except CycleError as error:
        problems.append(f"harder leads round in a circle: {' → '.join(error.args[1])}")
    return problems
