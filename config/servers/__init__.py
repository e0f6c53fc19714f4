"""Brings PostgreSQL and Redis where nobody else does: ``make run`` and ``make test``.

``python -m config.servers run -- COMMAND…`` sets DATABASE_URL, MIGRATE_DATABASE_URL and
REDIS_URL for the command. A server that is named already is used as it is; for the other
one of our own is started, and stopped again when the command ends.
"""
