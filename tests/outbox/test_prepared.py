"""Statements that the server keeps planned, which Django's own are not."""

import pytest
from django.db import DataError, connection, transaction

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
    assert (
        prepared.run("DELETE FROM accounts_addresstrouble WHERE address = ANY(%s)", [["a@b.c"]])
        == []
    )


def test_several_go_on_one_trip_and_see_what_came_before():
    first = ("INSERT INTO accounts_addresstrouble (id, address, state, refusals, counted_at, code)"
        " VALUES (gen_random_uuid(), %s, 'refused', 0, now(), '550')", ["a@b.c"])  # fmt: skip
    then = ("SELECT address FROM accounts_addresstrouble WHERE code = %s", ["550"])
    none = ("SELECT 1 WHERE false", [])
    assert prepared.run_all([first, then, none]) == [[], [("a@b.c",)], []]


def test_of_several_one_that_fails_fails_all():
    with pytest.raises(DataError), transaction.atomic():
        prepared.run_all([("SELECT 1 / %s::int", [0]), ("SELECT 1", [])])
    assert prepared.run("SELECT 2", []) == [(2,)]


def test_nothing_to_run_is_nothing():
    assert prepared.run_all([]) == []
