"""The clinic's templates as a list: their names, which are archived, new ones from what is there.

A template is all versions of its line. What patients were given are copies: no verb here
reaches them. See docs/adr/0029.
"""

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.actions import Action
from accounts.models import User
from programmes import services
from programmes.models import Programme, ProgrammeQuerySet


@transaction.atomic
def rename(template: Programme, *, title: str, by: User, now: datetime) -> None:
    """Give every version of a template, published or draft, another title."""
    _line(template).update(title=title)
    _record(by, Action.TEMPLATE_RENAMED, template, now=now)


@transaction.atomic
def archive(template: Programme, *, by: User, now: datetime) -> None:
    """Take a template out of every list to choose from. Twice is once."""
    if _line(template).filter(archived_at=None).update(archived_at=now):
        _record(by, Action.TEMPLATE_ARCHIVED, template, now=now)


@transaction.atomic
def bring_back(template: Programme, *, by: User, now: datetime) -> None:
    """Offer an archived template again. Twice is once."""
    if _line(template).filter(archived_at__isnull=False).update(archived_at=None):
        _record(by, Action.TEMPLATE_BROUGHT_BACK, template, now=now)


@transaction.atomic
def save_as_template(programme: Programme, *, title: str, by: User, now: datetime) -> Programme:
    """A draft of a new template that starts out like this programme, which stays as it is.

    A draft, because notes and advice may speak of the one patient they were written for.
    """
    return services.copy_as_draft(programme, title=title, by=by, now=now)


def _line(template: Programme) -> ProgrammeQuerySet:
    """Every version, locked, so that a draft begun at the same moment is among them or waits."""
    line: ProgrammeQuerySet = Programme.objects.templates().filter(line_id=template.line_id)
    list(line.select_for_update().values("pk"))
    return line


def _record(by: User, action: Action, template: Programme, *, now: datetime) -> None:
    audit.record(by, action, template, clinic=template.clinic, now=now)
