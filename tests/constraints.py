"""What the database refuses, and by which of its rules."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction


def refused(change: Callable[[], object], rule: str) -> None:
    """The constraint or trigger of this name refuses the change."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        change()
    assert refusal.value.__cause__.diag.constraint_name == rule


def refused_by(words: str):
    """Used in ``with``: what the database says when it refuses holds these words."""
    return pytest.raises(IntegrityError, match=words)
