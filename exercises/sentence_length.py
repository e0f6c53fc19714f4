"""How long sentences are: short ones are read by everyone."""

import re

# The most words that a sentence for patients should have.
WORDS_AT_MOST = 20
END = re.compile(r"(?<=[.!?…])\s+")


def sentences(text: str) -> list[str]:
    """The sentences of a text, as they stand."""
    return [sentence for sentence in END.split(text.strip()) if sentence]


def long_sentences(text: str) -> list[int]:
    """The number of words of each sentence that has more than ``WORDS_AT_MOST``."""
    counts = (len(sentence.split()) for sentence in sentences(text))
    return [count for count in counts if count > WORDS_AT_MOST]
