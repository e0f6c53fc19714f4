"""Django's migrate, as the owner of the tables; at its end the application gets its rights."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import DatabaseError
from psycopg.errors import InsufficientPrivilege

from config import database

NO_OWNER = (
    "The role in DATABASE_URL may not change tables. Set MIGRATE_DATABASE_URL to the address"
    " of the tables' owner, for this command alone."
)
NO_USER = "DATABASE_URL must name the application's role, as postgresql://role:password@…"
EARLIER_DATA = (
    "This database was made by an earlier version of Homestretch, which this one cannot take over;"
    " nothing was changed. Start with an empty one (make run DATA_DIR=another-folder), or go back"
    " to the version that made it."
)
NO_ROLE = (
    "The role {name} of DATABASE_URL does not exist, and the owner may not make it. Let an"
    " administrator do so: CREATE ROLE {name} LOGIN PASSWORD '…'"
)


class Command(migrate.Command):
    def execute(self, *args: Any, **options: Any) -> Any:
        """Django's checks look at the database too, so all of it is the owner's."""
        if not database.has_owner():
            return self._as_one_role(*args, **options)
        if not database.application():
            raise CommandError(NO_USER)
        with database.as_owner():
            return self._execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if database.has_owner() and not (options["plan"] or options["check_unapplied"]):
            self._let_the_application_in()

    def _as_one_role(self, *args: Any, **options: Any) -> Any:
        try:
            return self._execute(*args, **options)
        except DatabaseError as error:
            if _is_of_rights(error):
                raise CommandError(NO_OWNER) from error
            raise

    def _execute(self, *args: Any, **options: Any) -> Any:
        try:
            database.refuse_earlier_data()
        except database.EarlierData as earlier:
            raise CommandError(EARLIER_DATA) from earlier
        return super().execute(*args, **options)

    def _let_the_application_in(self) -> None:
        name = database.application()
        try:
            if database.make_application() and self.verbosity:
                self.stdout.write(f"Made the role {name}.")
        except database.RoleMissing as missing:
            raise CommandError(NO_ROLE.format(name=name)) from missing
        database.grant_access()


def _is_of_rights(error: BaseException | None) -> bool:
    """Whether PostgreSQL's refusal is behind it; Django wraps it once or twice."""
    while error and not isinstance(error, InsufficientPrivilege):
        error = error.__cause__ or error.__context__
    return error is not None
