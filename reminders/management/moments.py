"""Moments that a person types in a terminal."""

from argparse import ArgumentTypeError
from datetime import datetime


def a_moment(text: str) -> datetime:
    """ "2026-11-23T08:00+00:00": without its offset it could mean another hour."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ArgumentTypeError("write it like 2026-11-23T08:00+00:00, with its offset from UTC")
    return moment
