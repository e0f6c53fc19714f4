"""Reads what the product has written to someone."""

import re
from urllib.parse import urlsplit

from accounts.models import Letter


def letter_to(address: str) -> Letter:
    """The one letter to this address; fails if there is none, or more."""
    [letter] = Letter.objects.filter(to=address)
    return letter


def newest_letter_to(address: str) -> Letter:
    return Letter.objects.filter(to=address).order_by("created_at").last()


def words_of(letter: Letter) -> tuple[str, str]:
    """Text and HTML, as they stand in the row, or as they are written on the way out."""
    email = letter.as_email(now=letter.created_at)
    return str(email.body), str(email.alternatives[0].content)


def link_in(letter: Letter, part: str) -> str:
    """The path of the link that holds ``part``, the same in text and HTML."""
    text, html = words_of(letter)
    found = re.findall(r"https?://\S+", text)
    [link] = {link for link in found if part in link}
    assert link in html
    return urlsplit(link).path


def code_in(letter: Letter) -> str:
    text, html = words_of(letter)
    [code] = re.findall(r"^\w{4}-\w{4}$", text, re.MULTILINE)
    assert code in html
    return code


def wrong(code: str) -> str:
    """Another code that could be one."""
    return f"{'3' if code[0] == '2' else '2'}{code[1:]}"
