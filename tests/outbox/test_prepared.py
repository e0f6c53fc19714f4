"""Statements that the server keeps planned, which Django's own are not."""

import pytest
from django.db import connection

from outbox import prepared

pytestmark = pytest.mark.django_db


def kept() -> list[tuple[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%kept%'")
        return cursor.fetchall()


def test_a_statement_stays_planned_and_is_kept_once():
    for number in range(3):
        assert prepared.run("SELECT %s::int, 'kept'", [number]) == [(number, "kept")]
    assert kept() == [("SELECT $1::int, 'kept'",)]


def test_placeholders_are_numbered_and_other_per_cent_signs_left_alone():
    assert prepared.numbered("SELECT %s, 'a' LIKE 'a%%', %s") == "SELECT $1, 'a' LIKE 'a%', $2"
    assert prepared.run("SELECT 'ab' LIKE 'a%%'", []) == [(True,)]


def test_a_statement_without_an_answer_has_no_rows():
    assert prepared.run("DELETE FROM accounts_mailbox WHERE address = ANY(%s)", [["a@b.c"]]) == []
