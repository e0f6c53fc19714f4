"""Time zones: their names, and finding one by a city, a country or an old name."""

from collections import defaultdict
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from importlib import resources
from unicodedata import combining, normalize
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from accounts.cities import CITIES

LONGEST = 64  # characters, as the columns
ALIKE = 4  # names that are looked for
NO_ZONE = {"Factory", "localtime", "posixrules"}  # of the machine, not of a place

Index = dict[str, tuple[str, ...]]


class NotFound(Exception):
    """``zones`` that may be meant: the place is in one of them, or is called much like them."""

    def __init__(self, typed: str, zones: tuple[str, ...], *, is_one_of_them: bool) -> None:
        super().__init__(typed)
        self.typed, self.zones, self.is_one_of_them = typed, zones, is_one_of_them


@cache
def known_zones() -> frozenset[str]:
    """Every IANA name that the installed data knows, old ones too."""
    return frozenset(available_timezones() - NO_ZONE)


@cache
def places() -> tuple[str, ...]:
    """The zones that are offered: one for each place people live in, by their names of today."""
    names = (row[2] for row in _table("zone.tab"))
    return (*sorted(name for name in names if name in known_zones()), "UTC")


@cache
def old_names() -> dict[str, str]:
    """Each name that is another one's alias, and that one: "Asia/Calcutta" is Asia/Kolkata."""
    lines = (line.split() for line in _read("tzdata.zi"))
    links = {line[2]: line[1] for line in lines if len(line) == 3 and line[0] == "L"}
    offered = set(places())
    aliases = {old: _followed(links, old) for old in links if old not in offered}
    return {old: name for old, name in aliases.items() if name in offered}


def canonical(name: str) -> str:
    """The name of today; itself, if there is no newer one."""
    return old_names().get(name, name)


def names_of(name: str) -> list[str]:
    """Every name of a zone that a browser may say, today's first."""
    return [canonical(name), *(old for old, new in old_names().items() if new == canonical(name))]


def find(text: str) -> str:
    """The zone meant by "Berlin", "Europe/Berlin", "Calcutta" or "Japan". Raises NotFound.

    A name that is no place, such as Etc/GMT+5, is taken if it is typed in full.
    """
    typed = text.strip()
    if typed in known_zones():
        return canonical(typed)
    found = _index().get(_key(typed), ())
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFound(typed, found, is_one_of_them=True)
    raise NotFound(typed, _alike(typed), is_one_of_them=False)


def choices() -> Iterator[tuple[str, str]]:
    """What a field suggests: a zone, and the words that lead to it."""
    for name in places():
        yield in_words(name), city_of(name)
    for city, zones in CITIES.items():
        for name in zones:
            yield in_words(name), city


def city_of(name: str) -> str:
    """ "New York" of America/New_York; "UTC" of itself."""
    return in_words(name.rpartition("/")[2])


def in_words(name: str) -> str:
    """ "America/New York"; typed like this it is found again."""
    return name.replace("_", " ")


def validate_time_zone(name: str) -> None:
    """ValidationError unless the name is an IANA time zone."""
    if name not in known_zones():
        raise ValidationError(gettext_lazy("No time zone has this name."), code="time_zone")


@cache
def _index() -> Index:
    """What may be typed, and the zones it may mean. A closer meaning hides a looser one:
    Singapore is the city; where several zones of a country are left, they are all named.
    """
    layers = (_full_names(), _cities(), _old_cities(), _countries())
    index: Index = {}
    for layer in layers:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for words, zone in layer:
            found[_key(words)].append(zone)
        index = {**{key: tuple(dict.fromkeys(zones)) for key, zones in found.items()}, **index}
    return index


def _full_names() -> Iterator[tuple[str, str]]:
    for name in places():
        yield name, name
    yield from old_names().items()


def _cities() -> Iterator[tuple[str, str]]:
    for name in places():
        yield city_of(name), name
    for city, zones in CITIES.items():
        for name in zones:
            yield city, name


def _old_cities() -> Iterator[tuple[str, str]]:
    for old, name in old_names().items():
        yield city_of(old), name


def _countries() -> Iterator[tuple[str, str]]:
    names = {code: country for code, country, *_rest in _table("iso3166.tab")}
    for code, _coordinates, zone, *_rest in _table("zone.tab"):
        if zone in known_zones():
            yield names[code], zone


def _alike(typed: str) -> tuple[str, ...]:
    """Zones with a name much like this one."""
    key = _key(typed)
    if len(key) > LONGEST:
        return ()
    nearest = get_close_matches(key, _index(), n=ALIKE, cutoff=0.75)
    return tuple(dict.fromkeys(zone for near in nearest for zone in _index()[near]))


def _key(text: str) -> str:
    """Without accents, capitals and punctuation, so that people may type as they like."""
    plain = "".join(c for c in normalize("NFKD", text.casefold()) if not combining(c))
    return " ".join("".join(c if c.isalnum() or c == "+" else " " for c in plain).split())


def _followed(links: dict[str, str], name: str) -> str:
    """Where a chain of aliases ends, or the first place on it."""
    while name in links and name not in places():
        name = links[name]
    return name


def _table(name: str) -> Iterator[list[str]]:
    """The rows of one of the tables that come with the zones' rules."""
    return (line.split("\t") for line in _read(name) if line and not line.startswith("#"))


def _read(name: str) -> list[str]:
    """From the data of the locked package, so that every machine offers the same."""
    data = resources.files("tzdata").joinpath("zoneinfo", name)
    return data.read_text(encoding="utf-8").splitlines()
