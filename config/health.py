"""Two probes: is this process alive, and does the whole product work?

Answered before everything else: no host check (a probe calls by IP address),
no redirect to TLS, no session, no log line.
"""

from collections.abc import Callable

import redis
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse

import clock
from reminders.models import Heartbeat

BROKER_PATIENCE = 2  # seconds

GetResponse = Callable[[HttpRequest], HttpResponse]


def probes(get_response: GetResponse) -> GetResponse:
    """``/healthz`` for containers and balancers; ``/readyz`` for alarms and start scripts."""
    answers = {"/healthz": healthz, "/readyz": readyz}

    def middleware(request: HttpRequest) -> HttpResponse:
        if answer := answers.get(request.path_info):
            response = answer()
            response["Cache-Control"] = "no-store"
            # Whoever asks reads the answer: without this Django logs each 503 as an error.
            response._has_been_logged = True  # type: ignore[attr-defined]
            return response
        return get_response(request)

    return middleware


def healthz() -> JsonResponse:
    """The process answers. It looks at nothing else: a dead broker must not end the web."""
    return JsonResponse({"process": "ok"})


def readyz() -> JsonResponse:
    """200 if database, broker and the minute's tick are well, else 503; each by name."""
    found = {**_database_and_tick(), "broker": _broker()}
    well = all(state == "ok" for state in found.values())
    return JsonResponse(found, status=200 if well else 503)


def _database_and_tick() -> dict[str, str]:
    try:
        beat = Heartbeat.objects.filter(name="reminders").first()
    except DatabaseError:
        return {"database": "unreachable", "tick": "unknown"}
    stalled = beat is None or beat.is_stalled(clock.now())
    return {"database": "ok", "tick": "stalled" if stalled else "ok"}


def _broker() -> str:
    broker = redis.Redis.from_url(
        settings.CELERY_BROKER_URL,
        socket_timeout=BROKER_PATIENCE,
        socket_connect_timeout=BROKER_PATIENCE,
    )
    try:
        with broker:
            broker.ping()
    except redis.RedisError:
        return "unreachable"
    return "ok"
