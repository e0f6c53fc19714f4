"""What a person reads or hears of a page: its text, and the attributes that are spoken or shown."""

from collections.abc import Iterator
from html.parser import HTMLParser

SPOKEN = {
    "alt", "aria-description", "aria-label", "aria-roledescription", "aria-valuetext",
    "data-label", "hx-confirm", "label", "placeholder", "title",
}  # fmt: skip
SILENT = {"script", "style"}
BUTTONS = {"submit", "button", "reset"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        self.words += _spoken(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def _spoken(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    for name, value in attributes.items():
        match tag, name:
            case "meta", _:
                continue
            case "input", "value" if attributes.get("type") in BUTTONS:
                yield value
            case _ if name in SPOKEN:
                yield value


def words_of(page: str) -> list[str]:
    """Each piece of text as it stands between two tags, and each spoken attribute."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return [text for words in reader.words if (text := " ".join(words.split()))]
