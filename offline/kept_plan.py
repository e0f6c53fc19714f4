"""What a phone keeps of a running programme: today and the next three days, and its exercises."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.urls import reverse

from exercises import drawing
from offline.kept_page import FILE, KeptPage, mark_of
from offline.kept_today import KeptToday, dates_kept
from patients import words
from patients.chosen import Choice, choices
from patients.models import Assignment, Day, Patient
from patients.schedule import WEEK
from patients.services.sessions import hurt_on, leads_by, times_done
from programmes.models import Item


def running(record: Patient) -> Assignment | None:
    """The programme whose days are kept; None where none runs, or the first visit is still to come."""
    if record.is_stopped or record.welcomed_at is None:
        return None
    plans = record.assignments.running().select_related("programme__words", "assigned_by")
    found: Assignment | None = plans.first()
    return found


@dataclass
class KeptPlan:
    """``in_session`` and ``on_page``: what a session, and any other page, says of the record and
    its clinic; ``today``: the address under which its Today is shown.
    """

    record: Patient
    plan: Assignment
    in_session: list[Any]
    on_page: list[Any]
    today: str
    now: datetime

    def __iter__(self) -> Iterator[KeptPage]:
        for page in self._pages:
            yield self._day(page)
            if leads_by(page.shown):
                yield self._session(page)
        for programme_id in self._items:
            address = reverse("today:pictures", args=[programme_id, drawing.mark()])
            yield KeptPage(address, FILE)
        for item in self._all_items:
            yield from self._item(item)

    def _day(self, page: KeptToday) -> KeptPage:
        address = reverse("offline:day", args=[page.shown.pk])
        return KeptPage(address, mark_of(self._of_day(page)), (self.today,), page.on)

    def _session(self, page: KeptToday) -> KeptPage:
        """It may be shown past midnight, too: a session that was begun goes on."""
        names = [page.shown.pk, page.shown.programme_id]
        said = [self.record.time_zone, self.plan.starts_on, self._done(page), drawing.mark()]
        mark = mark_of(self.in_session, names, said, self._words_of(page.shown.programme_id))
        as_ever = reverse("today:session", args=names)
        return KeptPage(reverse("offline:day_session", args=names), mark, (as_ever,))

    def _item(self, item: Item) -> Iterator[KeptPage]:
        version = item.exercise_version
        said = [item.note, words.chosen(self._chosen[item.pk]), _photos(item), drawing.mark()]
        yield KeptPage(reverse("today:item", args=[item.pk]), mark_of(self.on_page, said))
        if version.figure:
            motion = drawing.motion_mark(drawing.drawn(version))
            yield KeptPage(reverse("today:item_motion", args=[item.pk, motion]), FILE)
        for photo_id in _photos(item):
            yield KeptPage(reverse("today:item_photo", args=[item.pk, photo_id]), FILE)

    # --- what the pages say

    def _of_day(self, page: KeptToday) -> list[Any]:
        plan, day, yesterday = self.plan, page.shown, page.open_yesterday
        is_paused = day.state == Day.State.PAUSED
        return [
            self.on_page,
            self.record.called,
            [plan.starts_on, plan.review_on, plan.programme.advice],
            [
                _of(day),
                yesterday and [yesterday.pk, yesterday.programme_id],
                self._words_of(day.programme_id),
            ],
            [[words.mark(mark), mark.state] for mark in page.week],
            [page.is_check_up_due, page.paused_until if is_paused else None],
            [page.not_today is not None, page.has_much_pain, page.has_much_pain_again],
            [page.has_much_pain_again and page.has_told_of_pain, self._done(page)],
            drawing.mark(),
        ]

    def _done(self, page: KeptToday) -> list[Any]:
        """How often each exercise was done on the day so far, and which of them hurt."""
        if page.is_to_come:
            return []
        done, hurt = self._done_today
        return [sorted(done.items()), sorted(hurt)]

    @cached_property
    def _done_today(self) -> tuple[dict[UUID, int], set[UUID]]:
        day = self._days[self._dates[0]]
        return times_done(day), hurt_on(day)

    def _words_of(self, programme_id: UUID) -> list[Any]:
        """Of a version nothing else can change."""
        return [programme_id, [[item.note, _photos(item)] for item in self._items[programme_id]]]

    # --- read once

    @cached_property
    def _dates(self) -> list[date]:
        return dates_kept(self.record, now=self.now)

    @cached_property
    def _days(self) -> dict[date, Day]:
        """Those to keep, and those that stand next to them in their weeks."""
        first, *_others, last = self._dates
        days = self.plan.days.filter(on__gt=first - WEEK, on__lt=last + WEEK)
        return {day.on: day for day in days.with_sessions_done().select_related("not_today")}

    @cached_property
    def _pages(self) -> list[KeptToday]:
        days = [self._days[on] for on in self._dates if on in self._days]
        pages = [KeptToday.of_day(day, self.record, now=self.now) for day in days]
        for page in pages:
            page.use(self._days)
        return pages

    @cached_property
    def _items(self) -> dict[UUID, list[Item]]:
        """By the version that is planned for one of the days."""
        versions = {page.shown.programme_id for page in self._pages}
        items = Item.objects.filter(programme__in=versions).order_by("programme", "position")
        found: dict[UUID, list[Item]] = defaultdict(list)
        for item in items.select_related("exercise_version__exercise").with_photos():
            found[item.programme_id].append(item)
        return found

    @cached_property
    def _all_items(self) -> Sequence[Item]:
        return [item for items in self._items.values() for item in items]

    @cached_property
    def _chosen(self) -> dict[UUID, Choice]:
        return choices(self._all_items, self.plan)


def _of(day: Day) -> list[Any]:
    return [day.pk, day.on, day.state, day.asked_min, day.asked_max, day.sessions_done]


def _photos(item: Item) -> list[UUID]:
    return [shown.photo_id for shown in item.exercise_version.shown.all()]
