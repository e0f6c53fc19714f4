"""What is said in several words: "back of my leg" means a part of the body. No database.

Word by word it would find the front of the thigh of a person who lies on the back.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from exercises.vocabulary import LAY_WORDS, Condition, Equipment, Muscle, Position, Region

# Words that tell no exercise from another: "stretch for the back of my thigh".
SMALL_WORDS = frozenset(
    ["a", "an", "and", "at", "for", "in", "my", "of", "on", "or", "the", "to", "with", "your"]
)
WORD = re.compile(r"[^\W_]+")
VOCABULARY = {
    "region": Region,
    "muscle": Muscle,
    "condition": Condition,
    "position": Position,
    "equipment": Equipment,
}

Words = tuple[str, ...]


# Who says so asks for what is done in another position.
CANNOT_KNEEL = re.compile(
    r"\b(?:can(?:no|['’ʼ]?)t|can not|unable to|not able to|hard to|without|no)"
    r" kneel(?:ing)?\b",
    re.IGNORECASE,
)
REGION = "region:"


class Part(NamedTuple):
    """Some words of a search that belong together, and the tags that they may stand for."""

    words: Words
    tags: frozenset[str]

    @property
    def regions(self) -> list[str]:
        """The parts of the body meant, if the words mean nothing else."""
        if not self.tags or not all(tag.startswith(REGION) for tag in self.tags):
            return []
        return sorted(tag.removeprefix(REGION) for tag in self.tags)


def telling(text: str) -> list[str]:
    """The words that a search goes by: "Stretch, for the BACK!" gives "Stretch" and "BACK"."""
    words = WORD.findall(text)
    return [word for word in words if word.lower() not in SMALL_WORDS] or words


def _inner(words: Words) -> Iterable[Words]:
    """Every two or more of the words that follow each other."""
    ends = range(len(words) + 1)
    return (words[low:high] for low in ends for high in ends[low + 2 :])


def _said() -> Iterable[tuple[Words, str]]:
    """Each thing that people say, word by word, and the tag that it stands for."""
    for facet, known in VOCABULARY.items():
        for value in known.values:
            for said in (value, *LAY_WORDS.get(value, ())):
                yield tuple(telling(said.lower())), f"{facet}:{value}"


def _known() -> dict[Words, frozenset[str]]:
    """What is said in so many words means just that: "low back" is no "low back pain"."""
    whole, inside = defaultdict(set), defaultdict(set)
    for words, tag in _said():
        whole[words].add(tag)
        for phrase in _inner(words):
            inside[phrase].add(tag)
    return {phrase: frozenset(whole.get(phrase) or tags) for phrase, tags in inside.items()}


PHRASES = _known()
LONGEST = max(map(len, PHRASES))


def parts_of(words: list[str]) -> list[Part]:
    """Cut a search into phrases of the vocabulary, the longest first, and single words."""
    parts, rest = [], words
    while rest:
        part = _first_part(rest)
        parts.append(part)
        rest = rest[len(part.words) :]
    return parts


def _first_part(words: list[str]) -> Part:
    for length in range(min(LONGEST, len(words)), 1, -1):
        phrase = tuple(word.lower() for word in words[:length])
        tags = (
            PHRASES.get(phrase) or _begun(phrase) if length == len(words) else PHRASES.get(phrase)
        )
        if tags:
            return Part(phrase, tags)
    return Part((words[0],), frozenset())


def _begun(phrase: Words) -> frozenset[str]:
    """The tags of every phrase that this one becomes when its last word is typed on."""
    *first, last = phrase
    return frozenset().union(
        *(
            tags
            for known, tags in PHRASES.items()
            if len(known) == len(phrase)
            and list(known[:-1]) == first
            and known[-1].startswith(last)
        )
    )
