"""A mail server that takes everything in and keeps only a count: as little work as SMTP allows.

``python -m tests.bench.sink PORT [MILLISECONDS]``: a process of its own, which answers
each final dot after so many milliseconds, as a relay that writes to its disk would. A
line on its standard input asks how many messages it has taken, which it prints.
"""

import asyncio
import sys

OFFERS = b"250-sink\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 PIPELINING\r\n"
FINAL_DOT = b"\r\n.\r\n"


class Conversation(asyncio.Protocol):
    taken = 0
    pause = 0.0  # seconds

    def __init__(self) -> None:
        self.waiting = b""
        self.in_data = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        while self._take_message() if self.in_data else self._take_command():
            pass

    def _take_message(self) -> bool:
        end = self.waiting.find(FINAL_DOT)
        if end < 0:
            return False
        self.waiting = self.waiting[end + len(FINAL_DOT) :]
        self.in_data = False
        Conversation.taken += 1
        if self.pause:
            asyncio.get_running_loop().call_later(self.pause, self.transport.write, b"250 ok\r\n")
        else:
            self.transport.write(b"250 ok\r\n")
        return True

    def _take_command(self) -> bool:
        line, end, rest = self.waiting.partition(b"\r\n")
        if not end:
            return False
        self.waiting = rest
        verb = line[:4].upper()
        self.in_data = verb == b"DATA"
        answers = {b"DATA": b"354 go on\r\n", b"EHLO": OFFERS, b"QUIT": b"221 bye\r\n"}
        self.transport.write(answers.get(verb, b"250 ok\r\n"))
        return not self.in_data or bool(rest)


async def serve(port: int, pause: float) -> None:
    Conversation.pause = pause
    loop = asyncio.get_running_loop()
    await loop.create_server(Conversation, "127.0.0.1", port)
    loop.add_reader(sys.stdin, tell)
    await asyncio.Event().wait()


def tell() -> None:
    if not sys.stdin.readline():
        sys.exit()
    print(Conversation.taken, flush=True)


if __name__ == "__main__":
    given = [*sys.argv[1:], "0"]
    asyncio.run(serve(int(given[0]), float(given[1]) / 1000))
