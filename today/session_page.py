"""A session as the patient goes through it, exercise by exercise. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from patients.models import Day, Patient
from patients.services.sessions import hurt_on, times_done
from programmes.models import Item
from programmes.next_session_items import Need, Offer, minutes_of, offers, one_tap
from today.guided import Guide, guide


@dataclass(frozen=True)
class Exercise:
    """One exercise of the session, and how it is gone through."""

    number: int  # from 1
    item: Item
    guide: Guide
    is_optional: bool  # it has had its least number of times today


@dataclass
class SessionPage:
    """What a session of ``day`` offers, under the programme version that its page shows."""

    record: Patient
    day: Day
    programme_id: UUID
    now: datetime

    @property
    def has_changed(self) -> bool:
        """Another version is in force on this day by now."""
        return self.programme_id != self.day.programme_id

    @cached_property
    def items(self) -> Sequence[Item]:
        """Every exercise of this version."""
        items = Item.objects.filter(programme=self.programme_id)
        return list(items.select_related("exercise_version__exercise"))

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
            )
            for number, offer in enumerate(in_turn, 1)
        ]

    @cached_property
    def _offers(self) -> list[Offer]:
        return offers(
            self.items,
            times_done(self.day),
            on=self.day.on,
            starts_on=self.day.assignment.starts_on,
            left_out=hurt_on(self.day),
        )

    @property
    def minutes(self) -> int:
        """About how long it takes, without what is optional."""
        return minutes_of(one_tap(self._offers))
