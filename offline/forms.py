"""What a phone sends that was done without a network: read field by field, nothing trusted."""

from collections.abc import Mapping
from typing import Any, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms

from accounts.zones import known_zones
from patients.forms import WhichSignForm
from today.forms.results import NAMES
from today.forms.sessions import FeelingForm, MomentField

NAMED = "client_id"  # what each thing is told apart by


class Unreadable(Exception):
    """Nothing that a page of ours sends."""


class ZoneField(forms.CharField):
    """The phone's own zone; None for one that nobody knows."""

    def clean(self, value: Any) -> ZoneInfo | None:
        return ZoneInfo(value) if value in known_zones() else None


class SessionEntry(forms.Form):
    """One session. How its exercises went is read by ``today.forms.results``."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    record = forms.UUIDField(widget=forms.HiddenInput)
    day = forms.UUIDField(widget=forms.HiddenInput)
    programme = forms.UUIDField(widget=forms.HiddenInput)
    performed_at = forms.DateTimeField()
    zone = ZoneField(required=False, widget=forms.HiddenInput)
    pain_after = FeelingForm.base_fields["pain_after"]
    effort = FeelingForm.base_fields["effort"]
    note = FeelingForm.base_fields["note"]

    FELT = ("pain_after", "effort", "note")
    results: dict[str, str] | None  # as ``ResultsForm`` takes them; None for one tap

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Self:
        """Raises Unreadable for what no page of ours sends."""
        form = cls(_typed(entry, cls.base_fields))
        form.results = _results(entry.get("results"))
        if form.errors and not form.errors.keys() <= set(cls.FELT):
            raise Unreadable
        return form

    @property
    def why_not(self) -> str:
        """What the patient has typed and cannot be taken, in words; "" if all is well."""
        return " ".join(str(one) for errors in self.errors.values() for one in errors)

    @property
    def says_anything(self) -> bool:
        """Of how it felt."""
        return any(value not in {None, ""} for value in self.felt.values())

    @property
    def felt(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.FELT}


class SignEntry(WhichSignForm):
    """One warning sign. Only whose it is has to be read: nothing else may keep it from us."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    record = forms.UUIDField(widget=forms.HiddenInput)
    told_at = MomentField(required=False)

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Self:
        """Raises Unreadable for what no page of ours sends."""
        which = entry.get("which")
        known = [one for one in which if isinstance(one, str)] if isinstance(which, list) else []
        at = entry.get("told_at")
        told_at = at if isinstance(at, str) else ""
        sent = {**_typed(entry, (NAMED, "record")), "which": known, "told_at": told_at}
        form = cls(sent)
        if not form.is_valid():
            raise Unreadable
        return form


def client_id_of(entry: object) -> str:
    """By which the phone knows its entry, also where the rest cannot be read."""
    named = entry.get(NAMED) if isinstance(entry, dict) else None
    return named if isinstance(named, str) else ""


def _typed(entry: Mapping[str, Any], names: Any) -> dict[str, str]:
    """The same as if it had been typed into a form."""
    return {name: _as_text(entry.get(name)) for name in names}


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _storable(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise Unreadable


def _storable(text: str) -> str:
    """Halves of characters cannot be stored; what else cannot be, the fields refuse."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Unreadable from None
    return text


def _results(sent: object) -> dict[str, str] | None:
    if sent is None:
        return None
    if not isinstance(sent, list) or not all(isinstance(one, dict) for one in sent):
        raise Unreadable
    return {f"{name}-{_key(one)}": _as_text(one.get(name)) for one in sent for name in NAMES}


def _key(result: Mapping[str, Any]) -> UUID:
    try:
        return UUID(_as_text(result.get("item")))
    except ValueError:
        raise Unreadable from None
