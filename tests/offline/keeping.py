"""What a phone is told to keep, as a test reads it."""

import re

from django.urls import reverse

KEPT = reverse("offline:kept")
FRESH = re.compile(
    r'name="(?:csrfmiddlewaretoken|client_id)"[^>]*|name="csrf-token"[^>]*'
    r'|data-kept-page="[^"]*"|nonce="[^"]*"'
)


def pages_of(phone) -> list[dict]:
    return phone.get(KEPT).json()["pages"]


def shown_at(page: dict) -> list[str]:
    """The addresses at which a page is shown without a network."""
    there = page.get("as", page["url"])
    return [there] if isinstance(there, str) else there


def urls_of(phone) -> set[str]:
    return {page["url"] for page in pages_of(phone)}


def marks_of(phone) -> dict[str, str]:
    return {page["url"]: page["mark"] for page in pages_of(phone)}


def texts_of(phone, marks) -> dict[str, str]:
    """Each page as it would be kept, without what is made anew each time it is fetched."""
    return {url: FRESH.sub("", said(phone, url)) for url in marks}


def said(phone, url: str) -> str:
    answer = phone.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode(errors="replace")
