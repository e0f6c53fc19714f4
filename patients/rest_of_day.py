"""Whether a day asks for rest, as an expression of a day's row: for many days at once.

The rules are those of ``patients.services.pain`` and ``programmes.next_session_items``, which the
patient's own pages ask of one day; a test holds both to the same answers.
"""

from typing import Any

from django.db import models
from django.db.models import Case, Exists, ExpressionWrapper, F, Func, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, ExtractIsoWeekDay, Mod

from patients.models import Session, Tick
from patients.thresholds import PAIN_HIGH, PAIN_RISE_IN_A_DAY
from programmes.models import Item


def had_much_pain() -> Any:
    """Whether the day's last score asks for rest, as ``pain.had_much_pain_on``."""
    sessions = Session.objects.not_undone()
    of_its_day = sessions.filter(day=OuterRef("day")).annotate(
        first=Coalesce("pain_before", "pain_after")
    )
    in_order = of_its_day.exclude(first=None).order_by("performed_at", "received_at", "pk")
    said = sessions.filter(day=OuterRef("pk")).annotate(
        score=Coalesce("pain_after", "pain_before"),
        first=Subquery(in_order.values("first")[:1]),
        at_exercise=_most_at_an_exercise(),
    )
    is_much = Q(at_exercise__gte=PAIN_HIGH) | Q(score__gte=PAIN_HIGH)
    is_much |= Q(score__gte=F("first") + PAIN_RISE_IN_A_DAY)
    last = said.filter(Q(at_exercise__gte=PAIN_HIGH) | Q(score__isnull=False)).newest_first()
    much = Case(When(is_much, then=True), default=False, output_field=models.BooleanField())
    return Coalesce(Subquery(last.annotate(is_much=much).values("is_much")[:1]), False)


def _most_at_an_exercise() -> Any:
    """Looked up session by session; asked whether there is one, the server would read them all."""
    ticks = Tick.objects.filter(session=OuterRef("pk")).order_by().values("session")
    return Subquery(ticks.annotate(most=models.Max("pain")).values("most"))


def has_only_what_hurt_left() -> Any:
    """Whether something hurt, and everything else that the day asks for has been done."""
    ticks = Tick.objects.filter(session__day=OuterRef("pk"), session__undone_at=None)
    hurt = ticks.filter(result=Tick.Result.HURT)
    return ExpressionWrapper(
        Q(Exists(hurt)) & ~Q(Exists(_left_to_do())), output_field=models.BooleanField()
    )


def _left_to_do() -> Any:
    """What the day asks for, has not been done so often, and did not hurt on it."""
    that_day = Tick.objects.filter(
        session__day=OuterRef(OuterRef("pk")), session__undone_at=None, item=OuterRef("pk")
    )
    times = that_day.done().order_by().values("item").annotate(n=models.Count("pk")).values("n")
    left = _due().filter(~Exists(that_day.filter(result=Tick.Result.HURT)))
    return left.annotate(times=Coalesce(Subquery(times), 0)).filter(times__lt=F("per_day_min"))


def _due() -> Any:
    """What the day asks for, as ``Dose.is_due_on``."""
    since_start = Func(
        OuterRef("on"),
        OuterRef("assignment__starts_on"),
        template="(%(expressions)s)",
        arg_joiner=" - ",  # of two dates: days
        output_field=models.IntegerField(),
    )
    items = Item.objects.filter(programme=OuterRef("programme"))
    items = items.annotate(days_off=Mod(since_start, F("every_days")))
    weekday = ExtractIsoWeekDay(OuterRef("on"), output_field=models.IntegerField()) - 1
    return items.filter(Q(days_off=0) | Q(every_days=None, weekdays__contains=[weekday]))
