"""The smallest letter, and the moment at which these tests begin."""

from datetime import UTC, datetime, timedelta

from accounts.models import Letter

NOW = datetime(2026, 3, 30, 7, 30, tzinfo=UTC)


def make_letter(**fields) -> Letter:
    defaults = {
        "kind": Letter.Kind.NOTICE,
        "to": "sam@example.org",
        "subject": "Hello",
        "text": "Plain words",
        "html": "<p>Words</p>",
        "created_at": NOW,
        "due_at": NOW,
        "expires_at": NOW + timedelta(days=1),
    }
    return Letter.objects.create(**(defaults | fields))
