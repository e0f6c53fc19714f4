"""A session as the patient goes through it, exercise by exercise. Reads only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from exercises.phases import Phase, Step
from patients.models import PAIN_MAX, Day, Patient, Tick
from patients.services import sessions
from patients.services.sessions import hurt_on, times_done
from programmes.models import Item
from programmes.next_session_items import Need, Offer, minutes_of, offers, one_tap
from programmes.words import in_turn
from today.guided import Guide, guide

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


@dataclass(frozen=True)
class Exercise:
    """One exercise of the session, and how it is gone through."""

    number: int  # from 1
    item: Item
    guide: Guide
    is_optional: bool  # it has had its least number of times today
    least: int  # times that the day still wants it
    most: int  # times until it is beyond what the day asks for

    @property
    def set_up(self) -> list[Step]:
        """The steps that come once, before the first repetition."""
        return [s for s in self.item.exercise_version.written if s.phase == Phase.SET_UP]

    @property
    def time(self) -> str:
        """ "about 3 min" """
        return in_turn([minutes_of([self.item])])


@dataclass
class SessionPage:
    """What a session of ``day`` offers, under the programme version that its page shows."""

    record: Patient
    day: Day
    programme_id: UUID
    now: datetime

    @property
    def has_changed(self) -> bool:
        """Another version is in force on this day by now, or none: it is paused."""
        return self.programme_id != sessions.leads_by(self.day)

    @cached_property
    def items(self) -> Sequence[Item]:
        """Every exercise of this version."""
        items = Item.objects.filter(programme=self.programme_id)
        versions = items.select_related("exercise_version__exercise", "words")
        return list(versions.prefetch_related("exercise_version__shown__photo"))

    @cached_property
    def exercises(self) -> list[Exercise]:
        """Those to go through, in order; what is optional today comes last."""
        in_turn = sorted(self._offers, key=lambda offer: offer.need is Need.OPTIONAL)
        # Where everything is optional, nothing needs to be marked so.
        some_wanted = in_turn and in_turn[0].need is Need.WANTED
        return [
            Exercise(
                number=number,
                item=offer.item,
                guide=guide(offer.item),
                is_optional=bool(some_wanted) and offer.need is Need.OPTIONAL,
                **self._times_left(offer),
            )
            for number, offer in enumerate(in_turn, 1)
        ]

    def _times_left(self, offer: Offer) -> dict[str, int]:
        if offer.need is Need.EXTRA:
            return {"least": 0, "most": 0}
        asked, done = offer.item.numbers.per_day, self._times_done[offer.item.pk]
        return {"least": max(asked.min - done, 0), "most": asked.max - done}

    @cached_property
    def _times_done(self) -> Counter[UUID]:
        return times_done(self.day)

    @cached_property
    def _hurt(self) -> set[UUID]:
        return hurt_on(self.day)

    @property
    def is_any_left_out(self) -> bool:
        """Something hurt on this day: then nothing is offered beyond what it asks for."""
        return bool(self._hurt)

    @cached_property
    def _offers(self) -> list[Offer]:
        return offers(
            self.items,
            self._times_done,
            on=self.day.on,
            starts_on=self.day.assignment.starts_on,
            left_out=self._hurt,
        )

    @property
    def until(self) -> datetime:
        """From then on it is too late to go on with it: the end of the night after its day."""
        return sessions.over_at(self.day)

    @property
    def pain_scale(self) -> range:
        return range(PAIN_MAX + 1)

    @property
    def skip_reasons(self) -> Sequence[tuple[str, "StrOrPromise"]]:
        return Tick.SkipReason.choices

    @property
    def minutes(self) -> int:
        """About how long it takes, without what is optional."""
        return minutes_of(one_tap(self._offers))
