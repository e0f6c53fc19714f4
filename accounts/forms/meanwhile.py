"""Forms on rows that someone may change while the page is open (ADR 0027).

The page carries what it was given, field by field. What it only repeats overwrites nothing;
where two people changed the same field, the form shows both values and asks which one counts.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts import audit, mail_addresses
from accounts.actions import Action
from accounts.models import User

GIVEN, TOLD, SETTLE, AT = "given-", "told-", "settle-", "given_at"
THEIRS, MINE = "theirs", "mine"
SHORT = 24  # characters of a value that still fits on a button
LONG = 600  # characters of a value that are shown in a question

Plain = str | list[str]  # a value as text, however it was written


class Question(NamedTuple):
    """Both changed the field: a button for each value, and what the page is told of theirs."""

    name: str  # of the buttons
    told_name: str
    told: str
    keep: str
    use: str


if TYPE_CHECKING:
    Form = forms.BaseForm
else:
    Form = object


class ComparesWithPage(Form):  # stands before a form's class
    """Put it before the form's class, and build the form on the row as it is now, locked.

    The form's initial values are the row's. After that ``data`` is as if the page had been made
    from it: a field that the page only repeats holds the row's value, whatever it is by now.
    ``by`` and ``now``: who has the page before them, and when it is made.
    ``audited``: actions in the audit trail that change the row, to say who it was.
    """

    audited: tuple[Action, ...] = ()
    not_compared: frozenset[str] = frozenset()  # fields that the page compares in its own way
    saves_what_is_right = False  # True: a field that is right is saved beside one that is not
    given_beside_fields = False  # True: the page puts each ``given`` input beside its field

    def __init__(
        self, *args: Any, by: User | None = None, now: datetime | None = None, **kwargs: Any
    ) -> None:
        self.by, self.now = by, now
        self.moved: set[str] = set()  # not touched here, changed by someone else
        self.settled: set[str] = set()  # answered: theirs counts
        self.conflicts: dict[str, tuple[Plain, Plain]] = {}  # theirs, typed
        self._is_merged = False
        self._sent_values: dict[str, Plain] = {}
        super().__init__(*args, **kwargs)

    def changed_row(self) -> Any:
        """The row whose events in the audit trail say who changed it, or None."""
        return getattr(self, "instance", None)

    # --- what the page carries

    def given(self) -> list[tuple[str, str]]:
        """Name and value of each hidden input, and the moment that the page is made."""
        at = [(self.add_prefix(AT), self.now.isoformat())] if self.now else []
        return [
            *at,
            *(
                (self.add_prefix(GIVEN + name), self.given_of(name))
                for name in self.fields
                if name not in self.not_compared
            ),
        ]

    def fields_now(self) -> list[tuple[forms.BoundField, str]]:
        """Each field; and, where it no longer holds what the page sent, that as a JSON list."""
        return [(self[name], self._replaced(name)) for name in self.fields]

    def _replaced(self, name: str) -> str:
        if name not in self.moved | self.settled:
            return ""
        sent = self._sent_values[name]
        lines = sent if isinstance(sent, list) else [sent]
        return json.dumps(lines, ensure_ascii=False, separators=(",", ":"))

    def given_of(self, name: str) -> str:
        """What the page now knows of a field, as JSON. It stays as it was while that is asked."""
        before = self._sent(GIVEN, name)
        if self.is_bound and before is not None and not self._is_merged:
            return json.dumps(before)
        if before is not None and name in self.conflicts:
            return json.dumps(before)
        if self.is_bound and self.saves_what_is_right and name in getattr(self, "cleaned_data", {}):
            return json.dumps(self._typed(name))
        return json.dumps(self._row(name))

    # --- comparing

    def full_clean(self) -> None:
        if self.is_bound and not self._is_merged:
            self._is_merged = True
            self._lay_over_the_row()
        super().full_clean()
        for name in self.moved:
            self.fields[name].meanwhile = self._moved_words(name)  # type: ignore[attr-defined]

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name, (theirs, typed) in self.conflicts.items():
            if name not in self.errors:  # first what cannot be
                self._ask(name, theirs, typed)

    def _lay_over_the_row(self) -> None:
        data: Any = self.data
        data = data.copy()
        for name in self.fields:
            given = self._sent(GIVEN, name)
            if name in self.not_compared or given is None:
                continue
            if (row := self._row(name)) != given:
                self._compare(name, data, given=given, row=row, typed=self._typed(name))
        self.data = data

    def _compare(self, name: str, data: Any, *, given: Plain, row: Plain, typed: Plain) -> None:
        """Someone has changed this field since the page was made."""
        if typed == row:
            return
        self._sent_values[name] = typed
        answer = self.data.get(self.add_prefix(SETTLE + name)) if self._was_told(name, row) else ""
        if typed == given:
            self.moved.add(name)
            self._take(name, data)
        elif answer == THEIRS:
            self.settled.add(name)
            self._take(name, data)
        elif answer != MINE:
            self.conflicts[name] = (row, typed)

    def _was_told(self, name: str, row: Plain) -> bool:
        """Whether the page had shown what the row says now: else the answer is of another value."""
        return self._sent(TOLD, name) == row

    def _take(self, name: str, data: Any) -> None:
        """Show the row's value in place of what was sent."""
        value = self[name].initial
        prepared = self.fields[name].prepare_value(value)
        key = self.add_prefix(name)
        if isinstance(prepared, list | tuple | set):
            lines = [str(one) for one in prepared]
            data.setlist(key, lines) if hasattr(data, "setlist") else data.update({key: lines})
        else:
            data[key] = "" if prepared is None else _shown(self.fields[name], prepared)

    def _row(self, name: str) -> Plain:
        field = self.fields[name]
        return plain(field, field.prepare_value(self.get_initial_for_field(field, name)))

    def _typed(self, name: str) -> Plain:
        field = self.fields[name]
        sent = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return plain(field, sent)

    def _sent(self, kind: str, name: str) -> Plain | None:
        """A hidden value as the page sent it; None for an old page, or what cannot be."""
        try:
            value = json.loads(self.data.get(self.add_prefix(kind + name), ""))
        except ValueError:
            return None
        if isinstance(value, str) or _is_lines(value):
            return plain(self.fields[name], value)
        return None

    # --- asking

    def _ask(self, name: str, theirs: Plain, typed: Plain) -> None:
        field = self.fields[name]
        other, mine = self.in_words(name, theirs), self.in_words(name, typed)
        self.add_error(name, forms.ValidationError(self._both(other, mine), code="meanwhile"))
        short = len(other) <= SHORT >= len(mine)
        field.question = Question(  # type: ignore[attr-defined]
            self.add_prefix(SETTLE + name),
            self.add_prefix(TOLD + name),
            json.dumps(theirs),
            _("Keep %(value)s") % {"value": other} if short else _("Keep the other one"),
            _("Use %(value)s") % {"value": mine} if short else _("Use mine"),
        )

    def _both(self, theirs: str, mine: str) -> str:
        said = {"theirs": theirs, "mine": mine, "who": self.who}
        if self.who is None:
            return _("Meanwhile this was set to %(theirs)s. You set it to %(mine)s.") % said
        if self.who == self.by:
            return (
                _("In another tab you set this to %(theirs)s. Here you set it to %(mine)s.") % said
            )
        return _("Meanwhile %(who)s set this to %(theirs)s. You set it to %(mine)s.") % said

    def _moved_words(self, name: str) -> str:
        said = {"theirs": self.in_words(name, self._row(name)), "who": self.who}
        if self.who is None:
            return _("Meanwhile this was set to %(theirs)s.") % said
        if self.who == self.by:
            return _("In another tab you set this to %(theirs)s.") % said
        return _("Meanwhile %(who)s set this to %(theirs)s.") % said

    @cached_property
    def who(self) -> User | None:
        """Who changed the row since the page was made; None if that is not certain."""
        row, since = self.changed_row(), _moment(self.data.get(self.add_prefix(AT), ""))
        if row is None or since is None or not self.audited:
            return None
        actors = audit.actors(self.audited, row.pk, since=since)
        return actors.pop() if len(actors) == 1 else None

    def in_words(self, name: str, value: Plain) -> str:
        """A value as people read it: choices by their labels, texts in quotation marks."""
        field = self.fields[name]
        if not value:
            return _("nothing")
        if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
            return ", ".join(_labels(field, [value] if isinstance(value, str) else value))
        if isinstance(value, list):
            return _quoted("; ".join(value))
        if isinstance(field, forms.DateField):
            return _date_in_words(field, value)
        if isinstance(field, forms.IntegerField | forms.TimeField):
            return value.removesuffix(":00") if isinstance(field, forms.TimeField) else value
        return _quoted(value)


def plain(field: forms.Field, value: Any) -> Plain:
    """A value of a page, a row or a keyboard as one text: " 05" is "5", CRLF is LF.

    Where the order says nothing (ticks), it is always the same.
    """
    if isinstance(value, list | tuple | set | frozenset):
        lines = [_line(one) for one in value]
        ordered = not isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
        return [line for line in lines if line] if ordered else sorted(set(lines))
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return [_line(value)] if value else []
    if isinstance(field, forms.EmailField):  # browsers write a domain in their own way
        value = field.prepare_value(mail_addresses.normalise(str(value or "")))
    if not isinstance(field, forms.ChoiceField | forms.CharField):
        with suppress(forms.ValidationError):  # else compared as it was typed
            value = field.to_python(value)
    return _line(value)


def _line(value: Any) -> str:
    if value is None:
        return ""
    return str(getattr(value, "pk", value)).replace("\r\n", "\n").replace("\r", "\n").strip()


def _is_lines(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _shown(field: forms.Field, value: Any) -> str:
    """As the field's own widget writes it."""
    if isinstance(field.widget, forms.Select | forms.RadioSelect):
        return str(value)
    return str(field.widget.format_value(value) or "")


def _moment(typed: str) -> datetime | None:
    try:
        at = parse_datetime(typed)
    except ValueError:
        return None
    return at if at is not None and at.tzinfo else None


def _labels(field: Any, keys: Iterable[str]) -> list[str]:
    known = {str(getattr(key, "value", key)): str(label) for key, label in field.choices}
    return [known.get(key, key) for key in keys]


def _date_in_words(field: forms.DateField, value: str) -> str:
    try:
        day = field.to_python(value)
    except forms.ValidationError:
        day = None
    return date_format(day, "SHORT_DAY_WITH_YEAR") if day else _quoted(value)


def _quoted(text: str) -> str:
    """Its own full stop would meet that of the sentence around it."""
    return _("“%(text)s”") % {"text": Truncator(text.removesuffix(".")).chars(LONG)}
