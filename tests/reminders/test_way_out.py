"""How a reminder leaves, for whoever reads the code: through how few modules, from tick to mailer."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType

import pytest
from django.core.mail.backends import smtp
from django.test import override_settings

import clock
from config.celery_app import app
from reminders import tasks
from tests.reminders.nudging import MINUTE, MORNING, asked_day, looked_until

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent
MOST = 10
APART = {"clock", "config", "tests"}
MAILER = smtp.EmailBackend.send_messages.__code__


@contextmanager
def traced() -> Iterator[set[CodeType]]:
    """The functions that are called in here, those of other threads too, up to Django's mailer."""
    called: set[CodeType] = set()

    def note(frame: FrameType, event: str, _arg: object) -> None:
        if event == "call" and MAILER not in called:
            called.add(frame.f_code)

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield called
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def ours(called: set[CodeType]) -> set[str]:
    """The modules of ours that these functions stand in."""
    paths = (Path(code.co_filename) for code in called)
    inside = (p.relative_to(ROOT) for p in paths if p.is_relative_to(ROOT))
    found = {p for p in inside if p.suffix == ".py" and not p.parts[0].startswith(".")}
    names = {".".join(path.with_suffix("").parts) for path in found}
    return {name for name in names if name.split(".")[0] not in APART}


@pytest.fixture
def eager() -> Iterator[None]:
    """Whoever publishes a task does its work."""
    before, app.conf.task_always_eager = app.conf.task_always_eager, True
    yield
    app.conf.task_always_eager = before


def comes_due() -> None:
    """One more patient's reminder."""
    asked_day()
    looked_until(MORNING - MINUTE)


def test_a_reminder_leaves_through_ten_modules_at_most(eager, smtp_server):
    """In a worker that has sent one before: the rules are put into SQL once."""
    with override_settings(CLOCK_OFFSET=round((MORNING - clock.now()).total_seconds()) + 1):
        comes_due()
        tasks.tick()
        comes_due()
        with traced() as called:
            tasks.tick()
    assert len(smtp_server.messages) == 2
    assert MAILER in called
    passed = ours(called)
    assert len(passed) <= MOST, "\n".join(sorted(passed))
