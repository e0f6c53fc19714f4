"""A patient's phone: what it keeps of a session without a network, and sends later."""

import json
from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.not_saved import person_id
from patients.models import Assignment, Day, Patient
from tests.patients.scene import NOW, day_on

ADDRESS = reverse("offline:sessions")
HERE = "http://testserver"


def iso(at: datetime) -> str:
    """As a script writes a moment."""
    return at.isoformat().replace("+00:00", "Z")


def one(assignment: Assignment, *, at: datetime = NOW, day: Day | None = None, **said) -> dict:
    """A session by one tap, done at that moment on the page of ``day``, by default of TODAY."""
    day = day or day_on(assignment)
    entry = {
        "kind": "session",
        "client_id": str(uuid4()),
        "record": str(assignment.patient_id),
        "day": str(day.pk),
        "on": day.on.isoformat(),
        "programme": str(day.programme_id),
        "performed_at": iso(at),
        "zone": "Europe/London",
        "guided": False,
        "results": None,
        "pain_after": None,
        "effort": "",
        "note": "",
    }
    return entry | said


def sign_of(patient: Patient, *, at: datetime = NOW, which: tuple[str, ...] = ()) -> dict:
    return {
        "kind": "sign",
        "client_id": str(uuid4()),
        "record": str(patient.pk),
        "which": list(which),
        "told_at": iso(at),
        "zone": "Europe/London",
    }


def went(item_id: UUID, result: str = "done", **said) -> dict:
    entry = {"item": str(item_id), "result": result, "amount": None, "pain": None}
    return entry | {"skip_reason": ""} | said


class Phone:
    """Signed in as someone; its ``clock`` is what it believes the time to be, by default right."""

    def __init__(self, user: User) -> None:
        self.user = user

    def post(self, body: object, **headers: str | None) -> HttpResponse:
        """With what every browser says of a request by a script of ours, but for ``headers``."""
        sent = {
            "Origin": HERE,
            "Sec-Fetch-Site": "same-origin",
            "X-Person": person_id(self.user),
            "X-Background": "offline",
        }
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {name: value for name, value in sent.items() if value is not None}
        self.user.refresh_from_db()  # what was closed meanwhile ends every sign-in
        client = Client()
        client.force_login(self.user)
        content_type = kept.pop("Content-Type", "application/json")
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        return client.post(ADDRESS, text, content_type=content_type, headers=kept)

    def send(self, *entries: object, clock: datetime = NOW) -> list[dict]:
        """The answers, in order."""
        response = self.post({"now": iso(clock), "entries": list(entries)})
        assert response.status_code == 200, (response.status_code, response.content)
        return response.json()["answers"]

    def answers(self, *entries: object, clock: datetime = NOW) -> list[str]:
        return [answer["answer"] for answer in self.send(*entries, clock=clock)]
