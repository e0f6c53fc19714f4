"""Someone who takes the application over can switch none of the database's rules off."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from config.database import NOT_GRANTED
from config.refusals import powers
from tests import owner
from tests.factories import ClinicFactory

EMPTY_TABLE = "TRUNCATE {} CASCADE"
FROZEN = {
    "accounts_auditevent": "audit_is_append_only",
    "patients_warningsign": "warning_is_append_only",
    "programmes_programme": "programme_published_is_frozen",
    "programmes_item": "item_of_published_is_frozen",
    "programmes_programmewords": "programmewords_stay",
    "programmes_itemwords": "itemwords_stay",
    "exercises_exerciseversion": "exerciseversion_stays",
    "exercises_shown": "shown_stays",
    "exercises_signature": "signature_stays",
}
REFUSED = [
    "UPDATE accounts_auditevent SET action = 'forged'",
    "DELETE FROM accounts_auditevent",
    "TRUNCATE accounts_auditevent",
    "TRUNCATE accounts_user CASCADE",
    "DELETE FROM patients_warningsign",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('accounts', '9999', now())",
    "ALTER TABLE accounts_auditevent DISABLE TRIGGER audit_is_append_only",
    "ALTER TABLE accounts_auditevent OWNER TO CURRENT_USER",
    "DROP TRIGGER audit_is_append_only ON accounts_auditevent",
    "DROP FUNCTION accounts_audit_is_append_only() CASCADE",
    "DROP TABLE accounts_auditevent",
    "CREATE TRIGGER nothing BEFORE UPDATE ON accounts_auditevent FOR EACH ROW"
    " EXECUTE FUNCTION accounts_audit_is_append_only()",
    "CREATE TABLE mine (id int)",
    "CREATE TEMPORARY TABLE programmes_programme (id uuid)",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE ROLE mine",
    "SET session_replication_role = replica",
    "SET SESSION AUTHORIZATION postgres",
    "SET ROLE postgres",
]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", REFUSED)
def test_the_application_may_not(statement: str) -> None:
    refused = pytest.raises(ProgrammingError, match="permission denied|must be owner")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_application_may_not_give_itself_rights() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("GRANT UPDATE ON accounts_auditevent TO CURRENT_USER")
        cursor.execute("SELECT has_table_privilege('accounts_auditevent', 'UPDATE')")
        assert cursor.fetchone() == (False,)


MAY = """
SELECT relname, array(
    SELECT word FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE',
        'REFERENCES', 'TRIGGER', 'MAINTAIN']) word WHERE has_table_privilege(oid, word)
) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v')
"""


@pytest.mark.django_db
def test_the_application_reads_and_fills_tables_and_nothing_more() -> None:
    with connection.cursor() as cursor:
        cursor.execute(MAY)
        found = dict(cursor.fetchall())
    assert set(NOT_GRANTED) < set(found)
    assert set(connection.introspection.django_table_names()) < set(found)
    for table, rights in found.items():
        taken = NOT_GRANTED.get(table, "").split(", ")
        assert rights == [
            right for right in ("SELECT", "INSERT", "UPDATE", "DELETE") if right not in taken
        ], table


def test_the_powers_of_a_role_are_seen() -> None:
    assert powers(settings.DATABASES["default"]) == []
    assert "is a superuser" in powers(settings.DATABASES["default"] | {"USER": "postgres"})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", FROZEN)
def test_even_the_owner_may_not_empty(table: str) -> None:
    with pytest.raises(IntegrityError, match=FROZEN[table]) as refused:
        owner.execute(EMPTY_TABLE.format(table))
    assert refused.value.__cause__.diag.constraint_name == FROZEN[table]


@pytest.mark.django_db(transaction=True)
def test_even_the_owner_may_not_empty_what_the_audit_trail_points_to() -> None:
    with pytest.raises(IntegrityError, match="TRUNCATE refused"):
        owner.execute(EMPTY_TABLE.format("accounts_user"))


# By what pg_trigger.tgtype says: for each row (1), DELETE (8), UPDATE (16),
# TRUNCATE (32). What only takes note of a change guards nothing.
GUARDED = (
    "SELECT tgrelid::regclass::text FROM pg_trigger"
    " WHERE NOT tgisinternal AND tgname <> 'standing_is_marked' AND {}"
)


@pytest.mark.django_db
def test_every_table_whose_rows_are_guarded_is_guarded_against_truncate() -> None:
    with connection.cursor() as cursor:
        cursor.execute(GUARDED.format("tgtype & 1 = 1 AND tgtype & 24 <> 0"))
        guarded = {table for [table] in cursor.fetchall()}
        cursor.execute(GUARDED.format("tgtype & 32 <> 0"))
        assert {table for [table] in cursor.fetchall()} == guarded == set(FROZEN)


@pytest.mark.django_db(transaction=True)
def test_migrating_again_gives_back_what_a_restored_dump_has_lost() -> None:
    ClinicFactory(name="Kept")
    owner.execute(
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {connection.settings_dict['USER']}"
    )
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM accounts_clinic")
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM accounts_clinic")
        assert cursor.fetchall() == [("Kept",)]
