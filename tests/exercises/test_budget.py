"""What the library's page may cost: queries, letters and nodes of HTML, for the shipped exercises."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
# As measured, and a tenth more.
PAGE = (7, 55_600, 810)
TYPED = (6, 35_700, 475)


def measured(client, query: str, **headers: str) -> tuple[int, int, int]:
    """Once more after the first, who waits for what is made once."""
    client.get(f"/exercises/{query}", headers=headers)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"/exercises/{query}", headers=headers).content
    return len(asked), len(page), len(re.findall(rb"<[a-z]", page))


def test_the_library(as_user):
    call_command("load_library", verbosity=0)
    client = as_user(MembershipFactory().user)
    htmx = {"HX-Request": "true", "HX-Target": "results", "X-Shown": "kept,region,kind"}
    for costs, most in [
        (measured(client, ""), PAGE),
        (measured(client, "?q=stretch", **htmx), TYPED),
    ]:
        assert all(cost <= limit for cost, limit in zip(costs, most, strict=True)), costs
