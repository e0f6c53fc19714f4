"""Takes what was done without a network, each thing by itself, judged by when it was done.

See docs/adr/0048.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import NotPossible
from offline import seal
from offline.forms import SessionEntry, SignEntry, Unreadable, client_id_of
from offline.reading import NotUnderstood, read_json
from patients.models import Day, HeldEntry, Session
from patients.own_records import own_days, own_records
from patients.results import Went, in_plain
from patients.schedule import local_date
from patients.services import sessions, signs
from today.forms.results import ResultsForm
from today.session_page import SessionPage

CLOCK_OFF_BY = timedelta(minutes=10)  # a phone's clock that is further off is put right


class Answer(StrEnum):
    TAKEN = "taken"
    KNOWN = "known"  # it had come before
    HELD = "held"  # kept for the clinician: a warning sign had been told
    REFUSED = "refused"  # with the reason


class Outcome(NamedTuple):
    answer: Answer
    reason: str = ""
    session: str = ""  # the address of its page


@dataclass(frozen=True)
class Phone:
    """Whose it is, and how its clock stood against ours as it sent this."""

    by: User
    clock: datetime
    now: datetime

    def put_right(self, at: datetime) -> datetime:
        """When that was by our clock; a few minutes in the future are now. May overflow."""
        off = self.now - self.clock
        moment = at + off if abs(off) > CLOCK_OFF_BY else at
        return self.now if self.now < moment <= self.now + CLOCK_OFF_BY else moment


@dataclass(frozen=True)
class Entry:
    """What the phone sent, in the clear where it could be opened; None: it could not be read."""

    sent: object
    plain: Mapping[str, Any] | None

    @classmethod
    def of(cls, sent: object, by: User) -> "Entry":
        try:
            return cls(sent, _opened(sent, by))
        except (Unreadable, NotUnderstood, seal.NotOpened):
            return cls(sent, None)

    @property
    def client_id(self) -> str:
        return client_id_of(self.sent)

    @property
    def is_sign(self) -> bool:
        return self.plain is not None and self.plain.get("kind") == "sign"

    @property
    def turn(self) -> tuple[bool, str]:
        """Signs first, then by when it was done."""
        at = (self.plain or {}).get("told_at" if self.is_sign else "performed_at")
        return not self.is_sign, at if isinstance(at, str) else ""

    def answered(self, outcome: Outcome) -> dict[str, Any]:
        said = {"client_id": self.client_id, **outcome._asdict()}
        # The phone has only the sealed one: nobody could read what was refused.
        if outcome.answer == Answer.REFUSED and self.plain is not None and self.is_sealed:
            said["entry"] = self.plain
        return said

    @property
    def is_sealed(self) -> bool:
        return isinstance(self.sent, dict) and bool(self.sent.get("sealed"))


def _opened(sent: object, by: User) -> Mapping[str, Any]:
    if not isinstance(sent, dict):
        raise Unreadable
    sealed = sent.get("sealed")
    if not sealed:
        return sent
    if not isinstance(sealed, str):
        raise Unreadable
    plain = read_json(seal.open_for(by, sealed))
    if client_id_of(plain) != client_id_of(sent):
        raise Unreadable
    return plain


def take(entries: Sequence[object], phone: Phone) -> list[dict[str, Any]]:
    """One answer for each, in their order. What is refused changes nothing, and stops no other."""
    opened = [Entry.of(sent, phone.by) for sent in entries]
    in_turn = sorted(range(len(opened)), key=lambda n: opened[n].turn)
    outcomes = {n: _take(opened[n], phone) for n in in_turn}
    return [entry.answered(outcomes[n]) for n, entry in enumerate(opened)]


def _take(entry: Entry, phone: Phone) -> Outcome:
    try:
        match entry.plain and entry.plain.get("kind"):
            case "sign":
                return _take_sign(SignEntry.of(entry.plain or {}), phone)
            case "session":
                return _take_session(SessionEntry.of(entry.plain or {}), phone)
        raise Unreadable
    except (Unreadable, OverflowError):
        return Outcome(Answer.REFUSED, _("This could not be read, so it was not saved."))
    except NotPossible as refusal:
        return Outcome(Answer.REFUSED, str(refusal))


def _take_sign(form: SignEntry, phone: Phone) -> Outcome:
    said = form.cleaned_data
    record = own_records(phone.by).filter(pk=said["record"]).first()
    if record is None:
        raise sessions.NotYours(_not_yours())
    key = {"client_id": said["client_id"], "told_at": _told_at(said["told_at"], phone)}
    is_new = signs.tell_late(record, **key, which=said["which"], by=phone.by, now=phone.now)
    return Outcome(Answer.TAKEN if is_new else Answer.KNOWN)


def _told_at(said: datetime | None, phone: Phone) -> datetime:
    """Now where that cannot be: nothing keeps a sign from being told."""
    try:
        return phone.put_right(said) if said else phone.now
    except OverflowError:
        return phone.now


def _take_session(form: SessionEntry, phone: Phone) -> Outcome:
    said = form.cleaned_data
    day = own_days(phone.by).filter(pk=said["day"]).first()
    if day is None or day.assignment.patient_id != said["record"]:
        raise sessions.NotYours(_not_yours())
    day = _day_by_our_clock(day, form, phone)
    known = sessions.logged_before(client_id=said["client_id"], by=phone.by)
    if said["undone_at"]:
        return _take_back(known, form, day, phone)
    if known:
        return _known(known, form, phone)
    shown = SessionPage(day.assignment.patient, day, said["programme"], phone.now)
    went = _went(form, shown)
    if why_not := form.why_not:
        raise sessions.NotPossible(why_not)
    return _log(form, shown, went, phone)


def _known(session: Session, form: SessionEntry, phone: Phone) -> Outcome:
    """The answer to it may have been lost on the way: what was said of it since is taken, too."""
    came = Outcome(Answer.KNOWN, session=_page_of(session))
    if form.why_not or not form.says_anything or _is_described(session):
        return came
    record, by, now = session.assignment.patient, phone.by, phone.now
    if record.warning_signs.stopping().exists():
        what, client_id = HeldEntry.What.FEELING, session.client_id
        on = session.day.on
        signs.hold(record, what=what, client_id=client_id, on=on, by=by, now=now, **form.felt)
    else:
        sessions.describe_session(session, **form.felt, has_come_late=True, by=by, now=now)
    return came


def _day_by_our_clock(day: Day, form: SessionEntry, phone: Phone) -> Day:
    """Without a network a phone shows the page of the date that it believes in. Where its clock was
    wrong, what was done on that page belongs to the date on which it was done."""
    said, zone = form.cleaned_data["performed_at"], day.assignment.patient.zone
    at = phone.put_right(said)
    believed = local_date(said, form.cleaned_data["zone"] or zone)
    if at == said or believed != day.on:
        return day
    found: Day | None = day.assignment.days.filter(on=local_date(at, zone)).first()
    if found is None:
        return day
    found.assignment = day.assignment
    return found


def _take_back(known: Session | None, form: SessionEntry, day: Day, phone: Phone) -> Outcome:
    """The phone did not know whether it had come. If not, it is a session that was taken back,
    should it still come by another way."""
    said, by, now = form.cleaned_data, phone.by, phone.now
    try:
        with transaction.atomic():
            session = known or sessions.log_late(
                day,
                client_id=said["client_id"],
                performed_at=phone.put_right(said["performed_at"]),
                phone_zone=said["zone"],
                programme_id=said["programme"],
                by=by,
                now=now,
            )
            sessions.undo_late(
                session, undone_at=phone.put_right(said["undone_at"]), by=by, now=now
            )
    except NotPossible:
        if known:
            raise
    return Outcome(Answer.KNOWN)


def _is_described(session: Session) -> bool:
    """Anything but the pain of what hurt; or it was taken back, and nothing is to be said."""
    pain_of_itself = {None, sessions.worst(sessions.results_of(session))}
    is_bare = not session.effort and not session.note and session.pain_after in pain_of_itself
    return session.undone_at is not None or not is_bare


def _log(
    form: SessionEntry, shown: SessionPage, went: dict[UUID, Went] | None, phone: Phone
) -> Outcome:
    said = form.cleaned_data
    performed_at = phone.put_right(said["performed_at"])
    key = {"client_id": said["client_id"], "by": phone.by, "now": phone.now}
    try:
        session = sessions.log_late(
            shown.day,
            **key,
            performed_at=performed_at,
            phone_zone=said["zone"],
            programme_id=said["programme"],
            results=went,
            **form.felt,
        )
    except sessions.Stopped:
        kept = {"what": HeldEntry.What.SESSION, "on": shown.day.on, **form.felt}
        if kept["pain_after"] is None:
            kept["pain_after"] = sessions.worst(went or {})
        results = in_plain(went or {}, shown.items)
        signs.hold(shown.record, **key, **kept, results=results, performed_at=performed_at)
        words = _("That session does not count. Your clinic can see that you sent it.")
        return Outcome(Answer.HELD, words)
    return Outcome(Answer.TAKEN, session=_page_of(session))


def _went(form: SessionEntry, shown: SessionPage) -> dict[UUID, Went] | None:
    """How its exercises went; None for one tap. Raises NotPossible where it cannot be so."""
    if form.results is None:
        return None
    if not sessions.was_given(shown.programme_id, shown.day):
        return {}  # it is refused for that
    results = ResultsForm(form.results, items=shown.items)
    if not results.is_valid():
        found = [str(one) for errors in results.errors.values() for one in errors]
        raise NotPossible(" ".join(found))
    return results.results


def _page_of(session: Session) -> str:
    return reverse("today:session_describe", args=[session.pk])


def _not_yours() -> str:
    """The same of a page that was closed, of one that is another's, and of one that never was."""
    return _("This is not on your page any more.")
