"""Several at the same moment: real threads, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

THREADS = 6


def all_at_once(act: Callable[[int], Any], *, times: int = THREADS) -> list[Any]:
    """What each call returned or raised, all begun together."""
    start = Barrier(times)

    def run(n: int) -> Any:
        try:
            start.wait()
            return act(n)
        except Exception as error:  # handed back, to be looked at
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))
