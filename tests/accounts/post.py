"""Reads what the product has written to somebody."""

import re
from urllib.parse import urlsplit

from accounts.models import Letter


def letter_to(address: str) -> Letter:
    """The one letter to this address; fails if there is none, or more."""
    [letter] = Letter.objects.filter(to=address)
    return letter


def newest_letter_to(address: str) -> Letter:
    return Letter.objects.filter(to=address).order_by("created_at").last()


def link_in(letter: Letter, part: str) -> str:
    """The path of the link that holds ``part``, the same in text and HTML."""
    found = re.findall(r"https?://\S+", letter.text)
    [link] = {link for link in found if part in link}
    assert link in letter.html
    return urlsplit(link).path


def code_in(letter: Letter) -> str:
    [code] = re.findall(r"^\d{6}$", letter.text, re.MULTILINE)
    assert code in letter.html
    return code
