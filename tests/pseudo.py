"""A language that is English with every letter accented, longer, and in brackets.

What stays plain on a page was never given to a translator. Django's own words and
allauth's are in it too, so that no English is left but people's own.
"""

import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import allauth
import django

from tests.messages import Message, collected, messages_of

CODE = "en-xa"  # English as no region writes it
PLAIN = "abcdefghijklmnopqrstuvwxyz"
ACCENTED = "áƀçđéƒĝĥíĵķłɱñóþǫŕšţúṽŵẋýž"
LETTERS = str.maketrans(PLAIN + PLAIN.upper(), ACCENTED + ACCENTED.upper())
KEPT = re.compile(
    r"""%\(\w+\)[-#0 +]*[\d.]*[a-z]   # a placeholder by name
      | %[-#0 +]*[\d.]*[a-z%]         # one by its place, or a per cent sign
      | \{[^{}]*\}                    # one of str.format
      | <[^<>]+>                      # a tag
      | &\#?\w+;                      # an entity
    """,
    re.VERBOSE | re.IGNORECASE,
)
WORD = re.compile(r"[A-Za-z]+")
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
LIBRARIES = [
    *sorted(Path(django.__path__[0]).glob("conf/locale/en/LC_MESSAGES/django.po")),
    *sorted(Path(django.__path__[0]).glob("contrib/*/locale/en/LC_MESSAGES/django.po")),
    *sorted(Path(allauth.__path__[0]).glob("locale/en/LC_MESSAGES/django.po")),
]


def pseudo(text: str) -> str:
    """ "Say %(n)s" becomes "[Šáýý %(n)s]": each word a third longer, what is no word as it was."""
    before, words, after = re.fullmatch(r"(\s*)(.*?)(\s*)", text, re.DOTALL).groups()
    ends = [*KEPT.finditer(words)]
    plain = [0, *(found.end() for found in ends)]
    pieces = zip(plain, [*(found.start() for found in ends), len(words)], strict=True)
    kept = [*(found.group() for found in ends), ""]
    accented = (WORD.sub(longer, words[a:b]).translate(LETTERS) for a, b in pieces)
    said = "".join(piece + keep for piece, keep in zip(accented, kept, strict=True))
    return f"{before}[{said}]{after}"


def longer(word: re.Match[str]) -> str:
    """By a third, in its last letter: lines break where they would in any language."""
    return word[0] + word[0][-1] * round(len(word[0]) / 3)


def entry(message: Message) -> Iterator[str]:
    if message.context:
        yield f"msgctxt {quoted(message.context)}"
    yield f"msgid {quoted(message.text)}"
    if message.plural:
        yield f"msgid_plural {quoted(message.plural)}"
        yield f"msgstr[0] {quoted(pseudo(message.text))}"
        yield f"msgstr[1] {quoted(pseudo(message.plural))}"
    else:
        yield f"msgstr {quoted(pseudo(message.text))}"


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def all_messages() -> Iterable[Message]:
    """Ours first, each once."""
    found = [*collected(), *(m for path in LIBRARIES for m in messages_of(path))]
    return {(m.context, m.text): m for m in reversed(found)}.values()


def compiled(folder: Path) -> Path:
    """The language, in a folder for LOCALE_PATHS; msgfmt checks that no placeholder was lost."""
    place = folder / "en_XA/LC_MESSAGES"
    place.mkdir(parents=True)
    entries = ("\n".join(entry(message)) for message in all_messages())
    (place / "django.po").write_text("\n\n".join([HEADER, *entries]))
    subprocess.run(
        ["msgfmt", "--output-file", place / "django.mo", place / "django.po"],
        check=True,
    )
    return folder
