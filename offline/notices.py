"""What scripts say when something goes wrong: nothing in it is anybody's, so it is one file.

Pages name its address, which is another once its words are; browsers keep it for a year, and the
worker with the site itself (``offline.release``), so that the words are there without a network.
"""

from functools import lru_cache
from hashlib import sha256

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation


@lru_cache(maxsize=32)  # languages
def address(language: str) -> str:
    return reverse("offline:notices", args=[language, mark(language)])


def mark(language: str) -> str:
    return sha256(words(language).encode()).hexdigest()[:16]


@lru_cache(maxsize=32)  # languages
def words(language: str) -> str:
    """HTML of ``<template>`` elements: made without a request, so nothing in it can be anybody's."""
    with translation.override(language):
        return render_to_string("offline/notices.html")
