"""The words to translate, as ``make messages`` collects them."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
NOT_COPIED = (".*", "node_modules", "static", "staticfiles", "tests", "var", "locale", "docs")
CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")


@dataclass(frozen=True)
class Message:
    """One entry of a catalogue; ``plural`` is "" where nothing is counted."""

    text: str
    plural: str
    context: str
    places: tuple[str, ...]  # files, from the root


@cache
def collected() -> list[Message]:
    """What ``make messages`` finds, in a copy: it writes beside what it reads."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*NOT_COPIED))
        (copy / ".venv").symlink_to(sys.prefix)
        subprocess.run(["make", "messages"], cwd=copy, check=True, capture_output=True)
        return list(messages_of(copy / CATALOGUE))


def messages_of(path: Path) -> Iterator[Message]:
    """The entries of a .po file, without its header."""
    for entry in path.read_text().split("\n\n"):
        words = dict(keyed_strings(entry))
        if words.get("msgid"):
            yield Message(
                text=words["msgid"],
                plural=words.get("msgid_plural", ""),
                context=words.get("msgctxt", ""),
                places=tuple(
                    place for line in re.findall(r"^#: (.*)", entry, re.M) for place in line.split()
                ),
            )


def keyed_strings(entry: str) -> Iterator[tuple[str, str]]:
    """("msgid", "You did %(n)s."): strings may go on over several lines."""
    for key, quoted in re.findall(r'^(msg\w+)(?:\[\d\])? ((?:".*"\n?)+)', entry, re.MULTILINE):
        yield key, "".join(ast.literal_eval(line) for line in quoted.splitlines())
