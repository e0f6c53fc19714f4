"""Letters stand for any message here; reminders have tests of their own."""

from collections.abc import Callable
from datetime import datetime

import pytest

from accounts.models import Letter
from tests.outbox.letters import NOW, make_letter


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def letter(db: None) -> Letter:
    return make_letter()


@pytest.fixture
def letters(db: None) -> Callable[[int], list[Letter]]:
    return lambda number: [make_letter(to=f"{n}@example.org") for n in range(number)]
