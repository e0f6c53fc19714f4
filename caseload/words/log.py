"""What the log says of a session and of its exercises, and how an exercise went lately."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from caseload.lately import Lately
from caseload.session_log import Entry, Line
from patients.adherence import WINDOW
from patients.models import Tick
from patients.words import short_date

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SKIPPED: dict[str, "_StrPromise"] = {
    "": gettext_lazy("skipped"),
    Tick.SkipReason.NO_TIME: gettext_lazy("skipped: no time"),
    Tick.SkipReason.TOO_HARD: gettext_lazy("skipped: too hard"),
    Tick.SkipReason.NOT_SURE: gettext_lazy("skipped: not sure how to do it"),
    Tick.SkipReason.NO_EQUIPMENT: gettext_lazy("skipped: does not have what it needs"),
    Tick.SkipReason.OTHER: gettext_lazy("skipped: another reason"),
}

BECAUSE: dict[str, "_StrPromise"] = {
    Tick.SkipReason.NO_TIME: gettext_lazy("no time %(n)d"),
    Tick.SkipReason.TOO_HARD: gettext_lazy("too hard %(n)d"),
    Tick.SkipReason.NOT_SURE: gettext_lazy("not sure how %(n)d"),
    Tick.SkipReason.NO_EQUIPMENT: gettext_lazy("does not have what it needs %(n)d"),
    Tick.SkipReason.OTHER: gettext_lazy("another reason %(n)d"),
}
# Each has a shape of its own: how it went is never said by colour alone.
ICONS: dict[str, str] = {
    Tick.Result.DONE: "check",
    Tick.Result.PART: "half",
    Tick.Result.SKIPPED: "close",
    Tick.Result.HURT: "alert",
}


def session(entry: Entry) -> str:
    """ "Session 2, 18:48"; one taken back has no number."""
    at = date_format(entry.at, "CLOCK")
    if entry.number is None:
        return _("%(at)s, taken back") % {"at": at}
    # Translators: the second session of a day and its time, such as “Session 2, 18:48”.
    return _("Session %(number)d, %(at)s") % {"number": entry.number, "at": at}


def shape(entry: Entry) -> str:
    """The icon of a session: taken back, counted or not."""
    if entry.session.undone_at:
        return "undo"
    return "check" if entry.counts else "close"


def done(entry: Entry) -> str:
    """ "1 of 3 exercises done, 1 in part"; names too, where there is nothing else to say."""
    if entry.otherwise or not entry.lines:
        return _how_many(entry)
    # Translators: %(names)s are names of exercises, such as “Bridge, 4 of 4–6; Clam”.
    words = ngettext(
        "%(n)d exercise done: %(names)s", "%(n)d exercises done: %(names)s", entry.done
    )
    return words % {"n": entry.done, "names": as_asked(entry.as_asked)}


def _how_many(entry: Entry) -> str:
    return _of_all(get_language(), entry.done, len(entry.lines), entry.in_part)


@lru_cache(maxsize=512)
def _of_all(language: str | None, done: int, n: int, part: int) -> str:
    said = {"done": done, "n": n, "part": part}
    if not part:
        words = ngettext("%(done)d of %(n)d exercise done", "%(done)d of %(n)d exercises done", n)
        return words % said
    words = ngettext(
        "%(done)d of %(n)d exercise done, %(part)d in part",
        "%(done)d of %(n)d exercises done, %(part)d in part",
        n,
    )
    return words % said


def as_asked(lines: Iterable[Line]) -> str:
    """ "Bridge, 4 of 4–6; Clam"."""
    return "; ".join(_joined(line.name, amount(line)) for line in lines)


def went(line: Line) -> str:
    """ "part done, 3 of 8–10", "skipped: too hard", "stopped because it hurt, pain 6, 1 of 4–6"."""
    if line.went.result == Tick.Result.SKIPPED:
        return _skipped_because(get_language(), line.went.skip_reason)
    return _joined(str(Tick.Result(line.went.result).label), pain_at(line.went.pain), amount(line))


@lru_cache(maxsize=64)
def _skipped_because(language: str | None, reason: str) -> str:
    return str(SKIPPED[reason])


def icon(line: Line) -> str:
    return ICONS[line.went.result]


def amount(line: Line) -> str:
    """ "4 of 4–6", "10 of 10–15 min", on one line; "" where nobody said."""
    if line.went.amount is None:
        return ""
    # Translators: how much of an exercise was done of what was asked, such as “4 of 4–6”.
    words = _("%(n)d of %(asked)s min") if line.dose.minutes else _("%(n)d of %(asked)s")
    said = words % {"n": line.went.amount, "asked": line.dose.amount}
    # Broken after the dash, "4 of 4–6" would be read as all that was asked.
    return said.replace(" ", "\N{NO-BREAK SPACE}").replace("–", "–\N{WORD JOINER}")


def pain_at(score: int | None) -> str:
    """ "pain 6", of 10, at an exercise; "" where nobody said."""
    return "" if score is None else _("pain %(score)d") % {"score": score}


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def pain(entry: Entry) -> str:
    """ "Pain 5 before, 3 after"; "" where none was logged."""
    before, after = entry.session.pain_before, entry.session.pain_after
    if before is not None and after is not None:
        return _("Pain %(before)d before, %(after)d after") % {"before": before, "after": after}
    if after is not None:
        return _("Pain %(score)d of 10") % {"score": after}
    return _("Pain %(score)d of 10 before") % {"score": before} if before is not None else ""


def told(entry: Entry) -> str:
    """ "· 2 of 3 exercises done · does not count · about right · recorded by Priya Shah": how it
    was, after its title.
    """
    is_left_out = not entry.counts and not entry.session.undone_at
    parts = (
        done(entry),
        _("does not count") if is_left_out else "",
        entry.session.get_effort_display(),
        recorded_by(entry),
        sent(entry),
    )
    return " ".join(f"· {part}" for part in parts if part)


def recorded_by(entry: Entry) -> str:
    """ "" where the patient logged it."""
    who = entry.recorded_by
    return _("recorded by %(who)s") % {"who": who} if who else ""


def sent(entry: Entry) -> str:
    """ "sent on Wed 6 May"; "" where it came on the day on which it was done."""
    on = entry.sent_on
    return _("sent on %(on)s") % {"on": short_date(on)} if on else ""


# --- an exercise over the last two weeks ---


def lately(lately: Lately | None) -> str:
    """ "Last 14 days: done in 7 of 10 sessions · skipped 1 (too hard 1) · hurt twice, ..."."""
    if lately is None:
        words = ngettext(
            "Nothing logged in the last %(n)d day.",
            "Nothing logged in the last %(n)d days.",
            WINDOW,
        )
        return words % {"n": WINDOW}
    # Translators: %(what)s is a list, such as “done in 7 of 10 sessions · skipped 1”.
    words = ngettext("Last %(n)d day: %(what)s", "Last %(n)d days: %(what)s", WINDOW)
    return words % {"n": WINDOW, "what": " · ".join(_lately(lately))}


def _lately(lately: Lately) -> Iterator[str]:
    done, of = lately.results[Tick.Result.DONE], lately.sessions
    words = ngettext("done in %(done)d of %(n)d session", "done in %(done)d of %(n)d sessions", of)
    yield words % {"done": done, "n": of}
    if part := lately.results[Tick.Result.PART]:
        yield _("part done %(n)d") % {"n": part}
    if skipped := lately.results[Tick.Result.SKIPPED]:
        yield _skipped(skipped, lately)
    if hurt := lately.results[Tick.Result.HURT]:
        yield _hurt(hurt, lately)


def _skipped(times: int, lately: Lately) -> str:
    """ "skipped 3 (too hard 2, no time 1)"."""
    words = _("skipped %(n)d") % {"n": times}
    reasons = lately.skipped_because.most_common()
    because = ", ".join(str(BECAUSE[reason]) % {"n": n} for reason, n in reasons)
    return f"{words} ({because})" if because else words


def _hurt(times: int, lately: Lately) -> str:
    """ "hurt 2, last Thu 12 Nov, pain 6"."""
    assert lately.hurt_on is not None  # noqa: S101  it hurt
    # Translators: how often an exercise hurt and the date of the last time.
    words = _("hurt %(n)d, last %(on)s") % {"n": times, "on": short_date(lately.hurt_on)}
    return _joined(words, pain_at(lately.hurt_pain))
