"""SQL that an app keeps in files of its own, for its migrations to run."""

from importlib.resources import files

from django.db.migrations import RunSQL


def from_file(app: str, name: str) -> RunSQL:
    """What ``<app>/sql/<name>.sql`` says: functions before the tables, triggers after them.

    There is nothing to undo: a trigger goes with its table, and a function that is there
    already is replaced.
    """
    return RunSQL((files(app) / "sql" / f"{name}.sql").read_text(), RunSQL.noop)
