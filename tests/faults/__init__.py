"""`make faults`: whatever dies, hangs or lies, no reminder is sent twice and none gets lost.

Real processes on servers of their own, which are killed on purpose: beats and workers
of Celery, PostgreSQL, Redis and a mail server. Each scenario is a module that says what
must hold; ``python -m tests.faults`` runs them all and prints one line for each.
"""
