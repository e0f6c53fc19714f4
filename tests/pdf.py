"""Read a PDF back: its words, its tags, and which of its pictures are mirrored."""

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader

# A picture's own scale in a page, y downwards: mirrored where x runs backwards too.
MIRRORED = re.compile(rb"-\d\S* 0 0 -\d")


class Read:
    """What a reader, a screen reader and a printer find in a PDF."""

    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(content), strict=True)
        self.root: Any = self.reader.trailer["/Root"]

    @property
    def pages(self) -> list[str]:
        return [" ".join(page.extract_text().split()) for page in self.reader.pages]

    @property
    def text(self) -> str:
        return " ".join(self.pages)

    @property
    def metadata(self) -> str:
        return str(self.root["/Metadata"].get_data().decode())

    @property
    def is_accessible(self) -> bool:
        """Whether it claims PDF/UA-1, which typst checks before it lets a file claim it."""
        return "<pdfuaid:part>1</pdfuaid:part>" in self.metadata

    @property
    def picture_words(self) -> list[str]:
        """What a screen reader says of each picture, in order."""
        return [str(tag["/Alt"]) for tag in _tags(self.root["/StructTreeRoot"]) if "/Alt" in tag]

    @property
    def mirrored(self) -> int:
        """How many shapes are drawn mirrored."""
        streams = [page.get_contents().get_data() for page in self.reader.pages]
        return sum(len(MIRRORED.findall(stream)) for stream in streams)

    @property
    def photos(self) -> list[tuple[int, int]]:
        """Width and height in pixels of every photo."""
        return [image.image.size for page in self.reader.pages for image in page.images]


def _tags(node: Any) -> Iterator[Any]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from _tags(child)
    elif isinstance(node, dict):
        yield node
        yield from _tags(node.get("/K", []))
