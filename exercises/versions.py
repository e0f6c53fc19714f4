"""Drafts and published versions, as exercises and programmes have them.

A version without ``published_at`` is a draft, of which a line has at most one. A published
one never changes: what follows is the line's next number. See docs/adr/0003 and 0013.
"""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.utils.functional import Promise


class Frozen(Exception):
    """The version is published: a change needs the next one. A subclass has the words for it."""

    words: str | Promise

    def __init__(self) -> None:
        super().__init__(str(self.words))


class Version(models.Model):
    """One version of a line, numbered 1, 2, 3 … A trigger keeps a published one as it is."""

    LINE: ClassVar[str]  # the column that versions of one line share
    NUMBER: ClassVar[str]  # the column that counts them

    saved_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def mark(self) -> str:
        """Stands for a draft as it is now: after each saved change it is another one."""
        return self.saved_at.isoformat()


V = TypeVar("V", bound=Version, covariant=True)


class VersionQuerySet(models.QuerySet[V]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def drafts(self) -> Self:
        return self.filter(published_at=None)

    def newest(self) -> Self:
        """Published versions that no later published one of their line has replaced."""
        line, number = self.model.LINE, self.model.NUMBER
        later = self.model._base_manager.filter(
            published_at__isnull=False,
            **{line: models.OuterRef(line), f"{number}__gt": models.OuterRef(number)},
        )
        return self.published().filter(~models.Exists(later))
