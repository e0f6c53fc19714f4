"""A real SMTP server that can be told how to behave, for the fixture ``smtp_server``."""

import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from tests.journeys.stack import free_port

Behaviour = Literal["accept", "drop_before_dot", "drop_after_dot", "hang_after_dot"] | str


class Handler:
    """Any behaviour that starts with a digit is the reply to DATA, such as "451 later"; with
    "hello ", "from " or "rcpt " the reply to that command.
    """

    def __init__(self) -> None:
        self.behaviour: Behaviour = "accept"
        self.accepted: list[bytes] = []
        self.received: list[bytes] = []  # the final dot came, whatever was answered
        self.envelopes: list[tuple[str, list[str]]] = []
        self.arrived = threading.Event()
        self.connections = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802  aiosmtpd's name
        session.host_name = hostname
        self.connections += 1
        if self.behaviour.startswith("hello "):
            return [self.behaviour.removeprefix("hello ")]
        return responses

    async def handle_HELO(self, server, session, envelope, hostname) -> str:  # noqa: N802  aiosmtpd's name
        session.host_name = hostname
        return self.behaviour.removeprefix("hello ")

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:  # noqa: N802  aiosmtpd's name
        if self.behaviour.startswith("from "):
            return self.behaviour.removeprefix("from ")
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802  aiosmtpd's name
        if self.behaviour.startswith("rcpt "):
            return self.behaviour.removeprefix("rcpt ")
        if self.behaviour.startswith("refuse "):
            return f"{self.behaviour.removeprefix('refuse ')} no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  aiosmtpd's name
        self.received.append(envelope.content)
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        if self.behaviour == "drop_after_dot":
            server.transport.abort()
        if self.behaviour == "hang_after_dot":
            self.arrived.set()
            await server.loop.create_future()  # for ever: the test ends it
        if self.behaviour[0].isdigit():
            return self.behaviour
        self.accepted.append(envelope.content)
        return "250 kept"


class DropsBeforeTheDot(SMTP):
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  aiosmtpd's name
        if self.event_handler.behaviour == "drop_before_dot":
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class Server(Controller):
    def factory(self) -> SMTP:
        return DropsBeforeTheDot(self.handler, **self.SMTP_kwargs)


class SmtpServer:
    """``behaviour`` may be changed between messages; ``messages`` are those it took in."""

    def __init__(self) -> None:
        self._handler = Handler()
        self._server = Server(self._handler, hostname="127.0.0.1", port=free_port())
        self._server.start()
        self._is_up = True

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._server.port}?timeout=5"

    @property
    def behaviour(self) -> Behaviour:
        return self._handler.behaviour

    @behaviour.setter
    def behaviour(self, behaviour: Behaviour) -> None:
        self._handler.behaviour = behaviour

    @property
    def messages(self) -> list[EmailMessage]:
        return [_parsed(content) for content in self._handler.accepted]

    @property
    def received(self) -> list[EmailMessage]:
        """Every message whose final dot came, answered or not."""
        return [_parsed(content) for content in self._handler.received]

    @property
    def raw(self) -> list[bytes]:
        """As it came over the wire, for what parsing would mend."""
        return list(self._handler.accepted)

    @property
    def envelopes(self) -> list[tuple[str, list[str]]]:
        """From whom and to whom each message whose final dot came was said to be."""
        return list(self._handler.envelopes)

    @property
    def connections(self) -> int:
        return self._handler.connections

    def wait_for_a_message(self) -> None:
        """Until a message has come in full; for the behaviour that then hangs."""
        assert self._handler.arrived.wait(timeout=60), "no message came"

    def stop(self) -> None:
        """From now on nobody answers there. Stopping twice is fine."""
        if self._is_up:
            self._server.stop()
        self._is_up = False


def _parsed(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)
