"""What a patient says about a session: that it was done, and how it felt."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.actions import Action
from accounts.forms.meanwhile import ComparesWithPage
from accounts.forms.text import TypedText
from accounts.models import User
from patients.models import PAIN_MAX, Day, Session
from patients.results import Went, in_plain
from patients.services.signs import Sent
from programmes.models import Item
from today.forms.results import PAIN_ENDS, ResultsFields

NOTE_LENGTH = 1000  # characters, as the column


class MomentField(forms.DateTimeField):
    """When the phone says that a button was pressed. What cannot be is left out: nobody typed it."""

    def clean(self, value: Any) -> datetime | None:
        try:
            moment: datetime | None = super().clean(value)
        except forms.ValidationError:
            return None
        return moment


class SessionForm(forms.Form):
    """The hidden part of the one tap. Its key is made with the page, so that a
    double tap, a reload or a repeat is the same session."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    # Filled in by the script as the button is pressed; the form may arrive much later.
    performed_at = MomentField(
        required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )
    programme = forms.UUIDField(widget=forms.HiddenInput)
    # The patient's date when the page was made; without it, the form's day.
    page_on = forms.DateField(widget=forms.HiddenInput, required=False)
    confirmed = forms.BooleanField(widget=forms.HiddenInput, required=False)
    # It was gone through on its own page: of its day, and one more if it is the second.
    guided = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id=False, **kwargs)

    @classmethod
    def of_day(cls, day: Day, *, page_on: date) -> Self:
        """A fresh one to tick off a session of ``day`` on a page made on ``page_on``."""
        return cls(
            initial={
                "client_id": uuid.uuid4(),
                "programme": day.programme_id,
                "page_on": page_on,
            }
        )

    @classmethod
    def guided_through(cls, day: Day, *, programme_id: uuid.UUID) -> Self:
        """A fresh one for a session of ``day`` that is gone through under this version."""
        known = {"programme": programme_id, "page_on": day.on, "guided": True}
        return cls(initial={"client_id": uuid.uuid4(), **known})

    def sent(self, day: Day) -> dict[str, Any]:
        """What the service takes of a tick for this day."""
        names = ("client_id", "performed_at")
        said = {name: self.cleaned_data[name] for name in names}
        page_on = self.cleaned_data["page_on"]
        return {
            **said,
            "programme_id": self.cleaned_data["programme"],
            "said_of_that_day": page_on is not None and page_on > day.on,
        }

    def again(self) -> "SessionForm":
        """The same session, with the question whether it is another one answered."""
        return SessionForm(initial={**self.cleaned_data, "confirmed": True})

    def meant_for(self, day: Day, *, shown: Day, page_on: date) -> "SessionForm":
        """The same session, now meant for ``day`` by someone asked on ``page_on``.

        On the day that the page has ``shown`` it keeps the programme that stood there.
        """
        said = {**self.cleaned_data, "page_on": page_on}
        if day != shown:
            said["programme"] = day.programme_id
        return SessionForm(initial=said)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        return helper

    @property
    def hidden(self) -> SafeString:
        """All of it, as its widgets write it: most of Today's forms are these."""
        return format_html_join("\n", '<input type="hidden" name="{}"{}{}>', self._inputs())

    def _inputs(self) -> Iterator[tuple[str, str, str]]:
        for name, field in self.fields.items():
            value = self[name].value()
            given = format_html(' value="{}"', value) if value not in (None, "") else ""
            yield name, given, flatatt(field.widget.attrs)


class FeelingForm(ComparesWithPage, ResultsFields):
    """How a session felt, and how its exercises went. Everything may stay empty."""

    audited = (Action.SESSION_DESCRIBED,)
    session: Session

    PAIN_NOW = _("How is your pain now?")
    PAIN_THEN = _("How was your pain afterwards?")

    pain_after = forms.TypedChoiceField(
        label=PAIN_NOW,
        choices=[(n, n) for n in range(PAIN_MAX + 1)],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text=PAIN_ENDS,
        error_messages={"invalid_choice": _("Choose a number from 0 to 10.")},
    )
    effort = forms.ChoiceField(
        label=_("How did it feel?"),
        choices=Session.Effort.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the three.")},
    )
    note = TypedText(
        label=_("A note"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your clinic can read it, but nobody watches it in real time."),
    )

    @classmethod
    def of_session(
        cls,
        session: Session,
        data: Mapping[str, Any] | None = None,
        *,
        items: Sequence[Item],
        went: Mapping[UUID, Went],
        is_today: bool,
        by: User,
        now: datetime,
    ) -> Self:
        """``items``: all of its programme; ``went``: what has been said of those that it is
        made of. Of a session of another day than today nobody can say how the pain is now.
        """
        said = {name: getattr(session, name) for name in cls.base_fields}
        form = cls(data, initial=said, by=by, now=now)
        form.session = session
        form.add_items(items, went, went.keys())
        form.fields["pain_after"].label = cls.PAIN_NOW if is_today else cls.PAIN_THEN
        return form

    def changed_row(self) -> Session:
        return self.session

    def as_typed(self) -> Sent:
        """What was sent, also where the form refuses some of it; what cannot be is left out."""
        right = self.cleaned_data
        typed = self.data.get("note", "").replace("\x00", "")
        return {
            "pain_after": right.get("pain_after"),
            "effort": right.get("effort", ""),
            "note": right.get("note", typed),
            "results": in_plain(self.results, self.items),
        }

    @property
    def feeling(self) -> dict[str, Any]:
        """What was said of the session as a whole."""
        return {name: self.cleaned_data[name] for name in self.base_fields}

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = self.questions()
        return helper

    @staticmethod
    def questions() -> Layout:
        return Layout(
            Field("pain_after", template="components/pain_scale.html"),
            Field("effort", template="components/segmented.html"),
            "note",
        )
