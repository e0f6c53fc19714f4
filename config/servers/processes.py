"""Child processes that never outlive us, and that we never abandon."""

import ctypes
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from types import FrameType

PATIENCE = 20  # seconds a process gets to end by itself
PR_SET_PDEATHSIG = 1


def ends_with_parent(by: signal.Signals) -> Callable[[], None] | None:
    """For ``preexec_fn``: on Linux the kernel sends ``by`` to the child when we die."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, by)


def end_on(*signals: signal.Signals) -> None:
    """Turn these signals into an ordinary exit, so that every ``with`` is left."""

    def leave(number: int, frame: FrameType | None) -> None:
        sys.exit(128 + number)

    for number in signals:
        signal.signal(number, leave)


def attend(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command in the foreground and give its exit code.

    Ctrl-C reaches it from the terminal, so here it only must not end us first;
    SIGTERM and SIGHUP are handed on. One that will not end is killed.
    """
    child = subprocess.Popen(  # noqa: S603  the command is what this program was asked to run
        command, env=environment, preexec_fn=ends_with_parent(signal.SIGTERM)
    )

    def hand_on(number: int, frame: FrameType | None) -> None:
        child.terminate()
        signal.alarm(PATIENCE)

    signal.signal(signal.SIGINT, lambda number, frame: None)
    signal.signal(signal.SIGTERM, hand_on)
    signal.signal(signal.SIGHUP, hand_on)
    signal.signal(signal.SIGALRM, lambda number, frame: child.kill())
    code = child.wait()
    return 128 - code if code < 0 else code


def stop(process: subprocess.Popen[bytes], *, by: signal.Signals) -> None:
    """End a server and wait until it is gone; a second Ctrl-C doesn't cut that short."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    process.send_signal(by)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
