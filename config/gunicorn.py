"""The web server's settings: see docs/adr/0009. `gunicorn --config config/gunicorn.py config.wsgi`."""

import os
import socket
import struct
from typing import Any

bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
worker_class = "gthread"
# Pages wait for PostgreSQL more than they compute: a few processes, a few threads each.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = (
    True  # the code is loaded once and shared, see on_starting; a broken start fails at once
)
# Seconds after which a process that hangs as a whole is killed. It is no limit for a request: a
# process looks alive as long as its main thread is, however long its other threads wait. What
# bounds them: PATIENCE below, the pool's 5 s for a connection, and the proxy in front.
timeout = 30
keepalive = 2  # seconds that a connection may wait for its next request, or its first; on no thread
worker_connections = 1000  # that a process holds at most, waiting ones included
# What our own pages and links need, and some air.
limit_request_line = 4094  # bytes
limit_request_fields = 60
limit_request_field_size = 8190  # bytes; all cookies are one
graceful_timeout = 15  # seconds to finish what is under way
max_requests = 5000  # then a process is replaced, which bounds a slow leak
max_requests_jitter = 500
control_socket_disable = True  # signals are enough, and no socket lies about
accesslog = None  # config.middleware writes ours: request paths carry tokens
loglevel = "warning"

PATIENCE = 10  # seconds that a client may say nothing, or read nothing, within a request


def on_starting(_server: Any) -> None:
    """Before the port opens and processes are forked: what they share, read once."""
    from config import warm  # this file is read first, and the application after it

    warm.warm()


def post_worker_init(_worker: Any) -> None:
    from config import warm

    warm.begin()


def when_ready(server: Any) -> None:
    """End a read or write that waits too long: each holds a thread, and there are few.

    Connections have this from the socket they came in by. It bounds each wait, not their sum: a
    client that sends a byte now and then is only kept away by the proxy, which sends whole
    requests. See docs/adr/0032.
    """
    patience = struct.pack("ll", PATIENCE, 0)
    for listener in server.LISTENERS:
        for direction in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            listener.sock.setsockopt(socket.SOL_SOCKET, direction, patience)
