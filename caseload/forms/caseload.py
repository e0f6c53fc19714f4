"""What a caseload is narrowed down by. All of it lives in the URL."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.seen import Seen, seen
from patients.models import Patient

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

    type Choices = tuple[tuple[str, StrOrPromise], ...]

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Chip:
    """One choice of a filter as a link."""

    label: "StrOrPromise"
    query: str
    is_current: bool
    count: int | None  # how many it would leave, where that is known


class CaseloadForm(forms.Form):
    """Never refuses: what it does not know falls back to the first choice."""

    WHO: "Choices" = (("mine", _("Mine")), ("all", _("Everyone in the clinic")))
    SHOW: "Choices" = (("all", pgettext_lazy("patients", "All")), ("needs", _("Needs me")))

    q = forms.CharField(
        label=_("Search by name"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    who = forms.CharField(required=False, widget=forms.HiddenInput)
    show = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict) -> None:
        self._chosen = {
            "q": data.get("q", "").replace("\x00", "").strip(),
            "who": _known(data.get("who"), self.WHO),
            "show": _known(data.get("show"), self.SHOW),
        }
        super().__init__(self._chosen)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("q", "who", "show")

    @property
    def name(self) -> str:
        return self._chosen["q"]

    @property
    def is_mine(self) -> bool:
        return self._chosen["who"] == "mine"

    @property
    def is_everyone(self) -> bool:
        return not self.is_mine

    @property
    def needs_me(self) -> bool:
        return self._chosen["show"] == "needs"

    @property
    def is_set(self) -> bool:
        """Anything but the first choices: the filters are then unfolded on a small screen."""
        return bool(self.query())

    def apply(self, patients: QuerySet[Patient], user: User) -> QuerySet[Patient]:
        """The patients asked for, before anyone knows who needs me."""
        if self.is_mine:
            patients = patients.filter(clinician=user)
        name = " ".join(seen(self.name).split())
        if not name:
            return patients
        seen_names = patients.alias(seen_name=Seen("name"), seen_called=Seen("called"))
        return seen_names.filter(Q(seen_name__icontains=name) | Q(seen_called__icontains=name))

    def query(self, **change: str) -> str:
        """The address of these filters with some changed; first choices are left out."""
        chosen = {**self._chosen, **change}
        parts = QueryDict(mutable=True)
        for name, first in (("who", "mine"), ("show", "all"), ("q", "")):
            if chosen[name] != first:
                parts[name] = chosen[name]
        return parts.urlencode()

    @property
    def in_words(self) -> str:
        """ "Mine · All", and the name that is looked for."""
        who, show = dict(self.WHO)[self._chosen["who"]], dict(self.SHOW)[self._chosen["show"]]
        return " · ".join(str(part) for part in (who, show, self.name) if part)

    @property
    def query_without_name(self) -> str:
        return self.query(q="")

    def who_chips(self) -> list[Chip]:
        return [self._chip("who", *choice) for choice in self.WHO]

    def show_chips(self, counts: Mapping[str, int]) -> list[Chip]:
        return [self._chip("show", *choice, count=counts[choice[0]]) for choice in self.SHOW]

    def _chip(self, name: str, key: str, label: "StrOrPromise", count: int | None = None) -> Chip:
        """One choice of a filter as a link."""
        query, is_current = self.query(**{name: key}), self._chosen[name] == key
        return Chip(label, query, is_current, count)


def _known(given: str | None, choices: "Choices") -> str:
    return given if given in dict(choices) else choices[0][0]
