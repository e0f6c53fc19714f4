"""Which messages leave together, and which come first."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, Self

import pytest

from accounts.models import Letter
from outbox import delivery
from outbox.outcomes import Answer
from tests.outbox.letters import NOW, make_letter

pytestmark = pytest.mark.django_db


class Cart:
    """Takes two at a time, and remembers each load."""

    at_once = 2

    def __init__(self) -> None:
        self.loads: list[list[str]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def open(self, number: int) -> None: ...

    def send(self, messages: Sequence[Any]) -> list[Answer]:
        self.loads.append([message.to[0] for message in messages])
        return [None for _ in messages]


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(delivery, "BATCH", 3)
    return


@pytest.mark.usefixtures("small_batches")
def test_what_came_due_first_leaves_first_from_round_to_round_and_batch_to_batch(clock):
    for minute in (4, 0, 5, 2, 6, 1, 3):
        make_letter(to=f"{minute}@example.org", due_at=NOW - timedelta(minutes=9 - minute))
    cart = Cart()
    assert (
        delivery.deliver(
            Letter.objects.all(), write=Letter.as_email, clock=clock, transport=lambda: cart
        )
        == 7
    )
    order = [f"{minute}@example.org" for minute in range(7)]
    assert [to for load in cart.loads for to in load] == order
    assert [len(load) for load in cart.loads] == [2, 1, 2, 1, 1]
