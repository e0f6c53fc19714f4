"""What a client meets: the real Caddy with config/Caddyfile, before web or a stand-in for it."""

import http.client
import os
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Semaphore, Thread

from tests.config.compose import ROOT
from tests.journeys.stack import free_port, wait_until

CADDY = Path(sys.executable).parent / "caddy"
CADDYFILE = ROOT / "config/Caddyfile"
WITH_THE_FILE = ("--adapter", "caddyfile", "--config", str(CADDYFILE))
Body = bytes | Iterator[bytes] | None
Answer = tuple[http.client.HTTPResponse, bytes]
PATIENCE = 60  # seconds that anything may take before the test fails
# It makes its own certificate for localhost.
ANY_CERTIFICATE = ssl.create_default_context()
ANY_CERTIFICATE.check_hostname = False
ANY_CERTIFICATE.verify_mode = ssl.CERT_NONE


class Caddy:
    """The proxy on ports of its own, as compose starts it otherwise."""

    def __init__(self, folder: Path, *, web: str) -> None:
        self.port, self.http_port, self.alive_port = free_port(), free_port(), free_port()
        self.log = folder / "caddy.log"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder),
            "HTTPS_PORT": str(self.port),
            "HTTP_PORT": str(self.http_port),
            "ALIVE_PORT": str(self.alive_port),
            "SITE_URL": "https://localhost",
            "WEB": web,
        }

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """One command on the file, to its end."""
        return subprocess.run(
            [CADDY, *words], env=self.environment, capture_output=True, text=True, check=False
        )

    @contextmanager
    def running(self) -> Iterator["Caddy"]:
        command = [CADDY, "run", *WITH_THE_FILE]
        with self.log.open("wb") as log:
            process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        try:
            wait_until(lambda: self.is_alive() and self.has_certificate(), "the proxy")
            yield self
        finally:
            process.terminate()
            process.wait(PATIENCE)

    def is_alive(self) -> bool:
        """What the container's health check asks."""
        plain = http.client.HTTPConnection("127.0.0.1", self.alive_port, timeout=PATIENCE)
        with suppress(OSError):
            return answer_of(plain, "GET", "/", None, {})[0].status == 200
        return False

    def has_certificate(self) -> bool:
        with suppress(OSError):
            self.connect().close()
            return True
        return False

    def connect(self) -> ssl.SSLSocket:
        """An open connection on which nothing has been said."""
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        try:
            return ANY_CERTIFICATE.wrap_socket(plain, server_hostname="localhost")
        except OSError:
            plain.close()
            raise

    def ask(self, method: str, path: str, body: Body = None, **headers: str) -> Answer:
        """One request, answered: the response and its body."""
        connection = http.client.HTTPSConnection(
            "localhost", self.port, timeout=PATIENCE, context=ANY_CERTIFICATE
        )
        return answer_of(connection, method, path, body, headers)

    def ask_plainly(self, path: str, **headers: str) -> Answer:
        """The same without TLS."""
        connection = http.client.HTTPConnection("localhost", self.http_port, timeout=PATIENCE)
        return answer_of(connection, "GET", path, None, headers)


def answer_of(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    body: Body,
    headers: dict[str, str],
) -> Answer:
    with closing(connection):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with suppress(BrokenPipeError, ConnectionResetError):  # refused before all was sent
            connection.request(method, path, body, named, encode_chunked=True)
        response = connection.getresponse()
        return response, response.read()


class StandIn:
    """Answers in the place of web, and keeps every request that reached it."""

    def __init__(self) -> None:
        self.forget()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        self.address = f"127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def forget(self) -> None:
        """Answer as at first, of nothing that came before."""
        self.status, self.answer = 200, b"ok"
        self.connections = 0
        self.seen: list[tuple[str, str, Message, bytes]] = []
        self.answered = Semaphore(0)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def handler_of(stand_in: StandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def setup(self) -> None:
            stand_in.connections += 1
            super().setup()

        def do_GET(self) -> None:
            body = self.whole_body()
            if body is None:  # as web does: what stops short is not answered
                self.close_connection = True
                return
            stand_in.seen.append((self.command, self.path, self.headers, body))
            self.send_response(stand_in.status)
            self.send_header("Location", "/accounts/login/")
            self.send_header("Content-Length", str(len(stand_in.answer)))
            self.end_headers()
            self.wfile.write(stand_in.answer)
            stand_in.answered.release()

        do_POST = do_GET  # noqa: N815

        def whole_body(self) -> bytes | None:
            """None where the sender hung up before its end."""
            if "Transfer-Encoding" not in self.headers:
                return self.rfile.read(int(self.headers.get("Content-Length", 0)))
            chunks = []
            while line := self.rfile.readline():
                chunks.append(self.rfile.read(int(line, 16)))
                self.rfile.readline()
                if not chunks[-1]:
                    return b"".join(chunks)
            return None

        def log_message(self, *words) -> None:
            pass

    return Handler
