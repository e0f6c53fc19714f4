"""The id of a request is ours; what a client calls it stands beside it in one line of the log."""

import logging
import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from tests.cast import Cast

THEIRS = "an-id-of-their-own-0123"
OURS = re.compile(r"[0-9a-f]{32}")


def asked(client: Client, caplog, given: str) -> tuple[str, logging.LogRecord]:
    """The id that was said back, and the line about the request."""
    with caplog.at_level(logging.INFO, "request"):
        response = client.get(reverse("account_login"), headers={"X-Request-ID": given})
    [line] = [record for record in caplog.records if record.name == "request"]
    return response["X-Request-ID"], line


@pytest.mark.django_db
def test_a_clients_id_is_logged_beside_ours(client, caplog):
    said, line = asked(client, caplog, THEIRS)
    assert OURS.fullmatch(said)
    assert line.client_request_id == THEIRS


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["", "short", "sam@example.org", "x" * 65, "words with spaces"])
def test_an_id_that_is_none_is_not_logged(client, caplog, given):
    said, line = asked(client, caplog, given)
    assert OURS.fullmatch(said)
    assert not hasattr(line, "client_request_id")


def test_the_audit_trail_holds_ours(cast: Cast, as_user):
    before = AuditEvent.objects.count()
    address = reverse("caseload:record", args=[cast.record.pk])
    response = as_user(cast.clinician).get(address, headers={"X-Request-ID": THEIRS})
    assert response.status_code == 200
    assert AuditEvent.objects.count() > before
    event = AuditEvent.objects.latest("at")
    assert event.request_id == response["X-Request-ID"] != THEIRS
