"""Exercises that a text for staff names, so that its page can lead there.

A phrase names an exercise if it reads like the exercise's address: "knee-across
buttock stretch" is ``knee-across-buttock-stretch``.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.text import slugify

from accounts.models import User
from exercises.models import Exercise

WORD = re.compile(r"[\w’'-]+")
LONGEST = 6  # words of a phrase


@dataclass(frozen=True)
class Piece:
    """Some words of a text; ``slug`` is that of the exercise they name, or ""."""

    text: str
    slug: str = ""


def read(text: str, *, by: User, apart_from: str = "") -> list[Piece]:
    """The text in pieces, with those exercises named that ``by`` may see. One query."""
    phrases = {slugify(text[start:end]) for start, end in _phrases(text)} - {"", apart_from}
    if not phrases:
        return [Piece(text)]
    visible = Exercise.objects.visible_to(by).in_use().filter(slug__in=phrases)
    return list(pieces(text, set(visible.values_list("slug", flat=True))))


def pieces(text: str, known: Collection[str]) -> Iterator[Piece]:
    """Cut where an exercise with a known slug is named; of two that begin alike the longer."""
    done = 0
    for start, end in _phrases(text):
        if start >= done and (slug := slugify(text[start:end])) in known:
            if start > done:
                yield Piece(text[done:start])
            yield Piece(text[start:end], slug)
            done = end
    if done < len(text):
        yield Piece(text[done:])


def _phrases(text: str) -> Iterator[tuple[int, int]]:
    """Where each run of words starts and ends: from left to right, the longest first."""
    words = [match.span() for match in WORD.finditer(text)]
    for first, (start, _end) in enumerate(words):
        for last in reversed(words[first : first + LONGEST]):
            yield start, last[1]
