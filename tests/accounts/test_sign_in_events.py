"""What the audit trail and the log say of signing in: every way in and out, and every failure."""

import json
import logging
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.actions import Action
from accounts.models import AuditEvent, Membership, User
from config.logs import JsonLines
from config.middleware import current_request_id
from tests.accounts.post import code_in, link_in, newest_letter_to, wrong
from tests.factories import PASSWORD, MembershipFactory, UserFactory

SIGN_IN, CODE = "/accounts/login/", "/accounts/login/code/"
CONFIRM, RESET = "/accounts/login/code/confirm/", "/accounts/password/reset/"
NEW = "walks by the river"
pytestmark = pytest.mark.django_db


def actions_of(subject: User | None = None) -> list[str]:
    found = AuditEvent.objects.filter(subject_type="user")
    found = found.filter(subject_id=subject.pk) if subject else found
    return sorted(found.values_list("action", flat=True))


def actor_of(action: Action) -> User | None:
    return AuditEvent.objects.get(action=action).actor


def test_signing_in_by_password_and_out(client):
    user = UserFactory()
    client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    client.post("/accounts/logout/")
    assert actions_of(user) == [Action.SIGNED_IN_BY_PASSWORD, Action.SIGNED_OUT]
    assert actor_of(Action.SIGNED_IN_BY_PASSWORD) == user
    assert actor_of(Action.SIGNED_OUT) == user


def test_signing_in_by_code(client):
    user = UserFactory()
    client.post(CODE, {"email": user.email})
    code = code_in(newest_letter_to(user.email))
    client.post(CONFIRM, {"code": wrong(code)})
    client.post(CONFIRM, {"code": code})
    expected = [Action.CODE_ASKED_FOR, Action.CODE_WRONG, Action.SIGNED_IN_BY_CODE]
    assert actions_of(user) == expected
    assert actor_of(Action.CODE_ASKED_FOR) is None
    assert actor_of(Action.CODE_WRONG) is None
    assert actor_of(Action.SIGNED_IN_BY_CODE) == user


def test_signing_in_by_choosing_a_new_password(client):
    user = UserFactory()
    client.post(RESET, {"email": user.email})
    link = link_in(newest_letter_to(user.email), "/key/")
    client.post(client.get(link)["Location"], {"password1": NEW})
    assert actions_of(user) == [Action.RESET_ASKED_FOR, Action.SIGNED_IN_BY_RESET]


def test_signing_in_by_an_invitation_to_a_team(as_user, client):
    lead = MembershipFactory(role=Membership.Role.LEAD)
    form = {"name": "Nia", "address": "nia@example.org", "role": "clinician"}
    as_user(lead.user).post(reverse("accounts:invite_colleague", args=[lead.clinic.pk]), form)
    link = link_in(newest_letter_to("nia@example.org"), "/team/")
    client.post(link, {"name": "Nia", "password": NEW})
    assert actions_of() == [Action.SIGNED_IN_BY_INVITATION]


def test_signing_in_at_the_first_run(client):
    client.post(
        reverse("first_run"),
        {
            "clinic_name": "Riverside",
            "name": "Helen",
            "email": "helen@example.org",
            "password": NEW,
            "time_zone": "London",
            "country": "GB",
            "emergency_number": "999",
        },
    )
    assert actions_of() == [Action.SIGNED_IN_AT_START]


def test_a_lock_is_written_once_when_it_closes_and_not_at_every_try(client):
    user = UserFactory()
    for _ in range(9):
        client.post(SIGN_IN, {"login": user.email, "password": "wrong wrong"})
    assert actions_of(user) == [*[Action.PASSWORD_WRONG] * 5, Action.SIGN_IN_LOCKED]
    assert actor_of(Action.SIGN_IN_LOCKED) is None


def test_a_wrong_old_password_is_written_with_who_typed_it(as_user):
    user = UserFactory()
    change = {"oldpassword": "wrong wrong", "password1": NEW}
    as_user(user).post("/accounts/password/change/", change)
    assert actor_of(Action.PASSWORD_WRONG) == user


def test_tries_at_one_address_without_an_account_are_seen_to_belong_together(client):
    for address in ("nobody@example.org", "NOBODY@example.org", "other@example.org"):
        client.post(SIGN_IN, {"login": address, "password": "wrong wrong"})
    first, second, other = AuditEvent.objects.order_by("at").values_list("subject_id", flat=True)
    assert first == second != other
    assert not User.objects.filter(pk=first).exists()


def test_a_sign_in_that_only_lasted_too_long_is_nobodys_doing(client, time_machine):
    time_machine.move_to("2026-03-30 07:30:00+00:00", tick=False)
    user = MembershipFactory().user
    client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    client.get("/settings/")
    time_machine.shift(timedelta(minutes=31))
    assert client.get("/settings/").status_code == 302
    assert actions_of(user) == [Action.SIGNED_IN_BY_PASSWORD]


def test_log_lines_name_the_event_and_the_request_and_nobody(client, caplog):
    caplog.set_level(logging.INFO)
    user = UserFactory(email="ana.reed@example.org")
    asked = "0123456789abcdef"
    sent = {"login": user.email, "password": "wrong wrong"}
    answer = client.post(SIGN_IN, sent, headers={"x-request-id": asked})
    client.post(SIGN_IN, {**sent, "password": PASSWORD})
    client.post("/accounts/logout/")
    records = [record for record in caplog.records if record.name == "sign_in"]
    said = [record.event for record in records]
    assert said == ["password_wrong", "signed_in_by_password", "signed_out"]
    token = current_request_id.set(asked)
    lines = [json.loads(JsonLines().format(record)) for record in records]
    current_request_id.reset(token)
    assert set(lines[0]) == {"at", "level", "logger", "message", "request_id", "event"}
    for private in ("ana", "reed", "example.org", "127.0.0.1", PASSWORD, str(user.pk)):
        assert private not in caplog.text + str([record.__dict__ for record in records])
    assert AuditEvent.objects.get(action=Action.PASSWORD_WRONG).request_id == answer["X-Request-ID"]


def test_every_way_in_is_the_one_that_writes_it_down():
    """Django's own ``login`` leaves no trace of ours; ``logout`` ends what lasted too long."""
    imported = re.compile(r"from django\.contrib\.auth import (.*)")
    apps = [
        "accounts",
        "exercises",
        "programmes",
        "patients",
        "reminders",
        "caseload",
        "today",
        "offline",
    ]
    apps += ["demo", "config"]
    found = {}
    for path in [path for app in apps for path in Path(app).rglob("*.py")]:
        names = set(", ".join(imported.findall(path.read_text())).split(", "))
        if names & {"login", "logout"}:
            found[str(path)] = names & {"login", "logout"}
    assert found == {
        "accounts/sign_in.py": {"login", "logout"},
        "accounts/middleware.py": {"logout"},
    }
