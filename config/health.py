"""Two probes: is this process alive, and does the whole product work?

Answered before everything else: no redirect to TLS, no session, no log line. The first
answers everyone, since a container's probe calls by IP address. The second says how the
machine is, and asks its database and broker: it answers for our own host names only.
"""

from collections.abc import Callable

import redis
from django.conf import settings
from django.core.exceptions import DisallowedHost
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
        answer = answers.get(request.path_info)
        if answer and (answer is healthz or _is_by_name(request)):
            response = answer()
            response["Cache-Control"] = "no-store"
            # The caller reads the answer: without this Django logs each 503 as an error.
            response._has_been_logged = True  # type: ignore[attr-defined]
            return response
        return get_response(request)

    return middleware


def _is_by_name(request: HttpRequest) -> bool:
    try:
        return bool(request.get_host())
    except DisallowedHost:
        return False  # and is refused as on every other page


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
