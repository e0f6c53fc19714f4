"""A mail server in a process of its own, which can be told to misbehave, and writes down
what it took.

``python -m tests.faults.sink PORT``. A line of JSON on its standard input is an order,
a line on its standard output the answer: ``{"seed": 7, "manners": {"accept": 3, "slow": 1}}``
begins anew with these manners, in these shares; ``{}`` asks what it has taken.

Which manner a recipient meets at which try follows from the seed alone. ``unanswered``
counts the messages that it asked for and then hung up on: those may be in doubt.
"""

import asyncio
import json
import random
import sys
from collections import Counter
from collections.abc import Callable

FINAL_DOT = b"\r\n.\r\n"
PAUSE = 0.25  # seconds

AT_RCPT = {
    "put_off_recipient": b"450 4.2.1 later",
    "refuse_recipient": b"550 5.1.1 nobody of that name",
}
AFTER_DOT = {
    "put_off_message": b"451 4.3.0 later",
    "refuse_message": b"554 5.6.0 not this one",
}


class Ledger:
    """What was taken, and the manners of the moment."""

    def __init__(self) -> None:
        self.begin(seed=0, manners={"accept": 1})

    def begin(self, *, seed: int, manners: dict[str, int]) -> None:
        self.seed, self.manners = seed, manners
        self.tries: Counter[str] = Counter()
        self.met: Counter[str] = Counter()
        self.taken: list[tuple[str, str]] = []
        self.unanswered = 0

    def manner_for(self, recipient: str) -> str:
        self.tries[recipient] += 1
        chance = random.Random(f"{self.seed} {recipient} {self.tries[recipient]}")
        [manner] = chance.choices(list(self.manners), list(self.manners.values()))
        self.met[manner] += 1
        return manner

    def take(self, recipient: str, content: bytes) -> None:
        head = content.partition(b"\r\n\r\n")[0].split(b"\r\n")
        [message_id] = [line for line in head if line.lower().startswith(b"message-id:")]
        self.taken.append((message_id.partition(b":")[2].strip().decode(), recipient))

    def tell(self) -> dict[str, object]:
        return {"taken": self.taken, "unanswered": self.unanswered, "met": self.met}


class Conversation(asyncio.Protocol):
    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.waiting = b""
        self.in_data = False
        self.recipient = self.manner = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.say(b"220 sink")

    def say(self, line: bytes) -> None:
        self.transport.write(line + b"\r\n")

    def hang_up(self, *, unanswered: bool) -> None:
        self.ledger.unanswered += unanswered
        self.waiting = b""
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        while self._message() if self.in_data else self._command():
            pass

    def _command(self) -> bool:
        line, end, rest = self.waiting.partition(b"\r\n")
        if not end:
            return False
        self.waiting = rest
        verbs: dict[bytes, Callable[[bytes], None]] = {
            b"EHLO": lambda line: self.say(self._offers()),
            b"RCPT": self._rcpt,
            b"DATA": self._data,
        }
        verbs.get(line[:4].upper(), lambda line: self.say(b"250 ok"))(line)
        return not self.transport.is_closing()

    def _offers(self) -> bytes:
        """Every other one lets its clients talk on without waiting (RFC 2920)."""
        port = self.transport.get_extra_info("peername")[1]
        return b"250-sink\r\n250 PIPELINING" if port % 4 < 2 else b"250 sink"

    def _rcpt(self, line: bytes) -> None:
        self.recipient = line.partition(b"<")[2].partition(b">")[0].decode()
        self.manner = self.ledger.manner_for(self.recipient)
        if self.manner in AT_RCPT:
            self.recipient = ""
        self.say(AT_RCPT.get(self.manner, b"250 ok"))

    def _data(self, line: bytes) -> None:
        if not self.recipient:
            self.say(b"503 5.5.1 to whom?")
        elif self.manner == "hang_up_at_data":
            self.hang_up(unanswered=False)
        else:
            self.in_data = True
            self.say(b"354 go on")
            if self.manner == "hang_up_before_dot":
                self.transport.pause_reading()
                asyncio.get_running_loop().call_soon(lambda: self.hang_up(unanswered=True))

    def _message(self) -> bool:
        content, dot, rest = self.waiting.partition(FINAL_DOT)
        if not dot:
            return False
        self.waiting, self.in_data = rest, False
        if self.manner in ("lose_and_hang_up", "keep_and_hang_up"):
            if self.manner == "keep_and_hang_up":
                self.ledger.take(self.recipient, content)
            self.hang_up(unanswered=True)
        elif self.manner in AFTER_DOT:
            self.say(AFTER_DOT[self.manner])
        else:
            self._accept(content)
        return not self.transport.is_closing()

    def _accept(self, content: bytes) -> None:
        self.ledger.take(self.recipient, content)
        if self.manner == "slow":
            asyncio.get_running_loop().call_later(PAUSE, self.say, b"250 kept")
        else:
            self.say(b"250 kept")
        if self.manner == "answer_twice":
            self.say(b"250 kept")


async def serve(port: int) -> None:
    ledger, loop = Ledger(), asyncio.get_running_loop()

    def obey() -> None:
        line = sys.stdin.readline()
        if not line:
            sys.exit()
        if order := json.loads(line):
            ledger.begin(**order)
        print(json.dumps(ledger.tell()), flush=True)

    await loop.create_server(lambda: Conversation(ledger), "127.0.0.1", port)
    loop.add_reader(sys.stdin, obey)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
