"""Tell a worker that there is something to send; it does no harm if the broker is down.

The rows are the queue and the minute's sweep finds them anyway, so a broker that
is down or slow costs a web request a second at most, and never its answer.
"""

import logging

from celery import Task
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger("outbox")

# Seconds, and no second try: kombu's own would go on for six seconds.
PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 1, "max_retries": 0}


def publish_after_commit(task: Task[[], None]) -> None:
    """Publish ``task`` without arguments once the transaction is committed."""
    transaction.on_commit(lambda: publish(task))


def publish(task: Task[[], None]) -> bool:
    """Publish now; False, and one line in the log, if the broker cannot be reached."""
    try:
        with task.app.connection_for_write(transport_options=PATIENCE) as connection:
            task.apply_async(connection=connection, retry=False)  # type: ignore[call-arg]
    except (OperationalError, OSError) as error:
        logger.warning("broker unreachable", extra={"task": task.name, "why": type(error).__name__})
        return False
    return True
