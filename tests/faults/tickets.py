"""Who dies next, and where: one file for each death to come, in order.

A process that passes the edge named by the first ticket takes it, which only one can,
and kills itself at once with SIGKILL. The ticket is kept with the number of messages
that were in its hands: they are all that this death may cost.
"""

import os
import signal
from collections import Counter
from pathlib import Path


class Tickets:
    def __init__(self, folder: Path) -> None:
        self._waiting, self._used = folder / "tickets", folder / "deaths"
        self._passes: Counter[str] = Counter()
        for place in (self._waiting, self._used):
            place.mkdir(exist_ok=True)

    def issue(self, edges: list[str]) -> None:
        """One death at each edge, in this order."""
        for number, edge in enumerate(edges):
            (self._waiting / f"{number:05} {edge}").touch()

    @property
    def left(self) -> int:
        return len(list(self._waiting.iterdir()))

    @property
    def deaths(self) -> int:
        return len(list(self._used.iterdir()))

    @property
    def in_flight(self) -> int:
        """Messages that were in the hands of the dead, all together."""
        return sum(int(ticket.name.split()[-1]) for ticket in self._used.iterdir())

    def collect(self) -> None:
        """Forget all, the used and the others."""
        for place in (self._waiting, self._used):
            for ticket in place.iterdir():
                ticket.unlink()

    def is_up(self, edge: str, *, one_of: int = 1) -> str:
        """The ticket if this process is to die at this pass of the edge; else "".

        Of an edge that each message of a round passes, any of ``one_of`` passes is the one.
        """
        ticket = min((ticket.name for ticket in self._waiting.iterdir()), default="")
        if ticket[6:] != edge:
            return ""
        self._passes[ticket] += 1
        return ticket if self._passes[ticket] > int(ticket[:5]) % one_of else ""

    def die(self, ticket: str, *, in_hand: int) -> None:
        """Unless another process has died with this ticket meanwhile."""
        try:
            (self._waiting / ticket).rename(self._used / f"{ticket} {in_hand}")
        except FileNotFoundError:
            return
        os.kill(os.getpid(), signal.SIGKILL)
