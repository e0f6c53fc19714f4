"""The web server's settings: see docs/adr/0009. `gunicorn --config config/gunicorn.py config.wsgi`."""

import os

bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
worker_class = "gthread"
# Pages wait for PostgreSQL more than they compute: a few processes, a few threads each.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True  # the code is loaded once and shared; a broken start fails at once
timeout = 30  # seconds a request may take
graceful_timeout = 15  # seconds to finish what is under way
max_requests = 5000  # then a process is replaced, which bounds a slow leak
max_requests_jitter = 500
control_socket_disable = True  # signals are enough, and no socket lies about
accesslog = None  # config.middleware writes ours: request paths carry tokens
loglevel = "warning"
