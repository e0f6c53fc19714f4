"""Who did what, where and when: an event of the audit trail in words."""

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions import Action
from accounts.models import AuditEvent
from caseload.trail import Line

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PAGES: dict[str, "_StrPromise"] = {
    "exercises:detail": gettext_lazy("an exercise’s page"),
    "caseload:assign": gettext_lazy("give a programme"),
    "caseload:assign_from": gettext_lazy("whom a programme is for"),
    "caseload:build": gettext_lazy("build a programme"),
    "caseload:caseload": gettext_lazy("caseload"),
    "caseload:change_programme": gettext_lazy("change the programme"),
    "caseload:change_review": gettext_lazy("review date"),
    "caseload:check_sign": gettext_lazy("check a warning sign"),
    "caseload:close_access": gettext_lazy("close access"),
    "caseload:confirm_address": gettext_lazy("another address"),
    "caseload:decline_address": gettext_lazy("another address"),
    "caseload:clinic_trail": gettext_lazy("who did what"),
    "caseload:clinic_trail_export": gettext_lazy("who did what, saved"),
    "caseload:create": gettext_lazy("new patient"),
    "caseload:deal_with": gettext_lazy("reasons to look"),
    "caseload:record": gettext_lazy("record"),
    "caseload:edit": gettext_lazy("details"),
    "caseload:end": gettext_lazy("end the programme"),
    "caseload:give": gettext_lazy("give a programme"),
    "caseload:hand_over": gettext_lazy("hand over"),
    "caseload:handout": gettext_lazy("handout"),
    "caseload:invite": gettext_lazy("invitation"),
    "caseload:invite_again": gettext_lazy("invitation"),
    "caseload:note_death": gettext_lazy("note a death"),
    "caseload:pause": gettext_lazy("pause"),
    "caseload:phone": gettext_lazy("sign a phone in"),
    "caseload:publish_change": gettext_lazy("publish the programme"),
    "caseload:record_session": gettext_lazy("record a session"),
    "caseload:record_trail": gettext_lazy("who has touched the record"),
    "caseload:record_trail_export": gettext_lazy("who has touched the record, saved"),
    "caseload:resume": gettext_lazy("resume"),
    "caseload:take_back": gettext_lazy("take a session back"),
    "caseload:take_confirmation_back": gettext_lazy("another address"),
    "caseload:take_death_back": gettext_lazy("take a death back"),
    "caseload:take_invitation_back": gettext_lazy("invitation"),
    "caseload:take_phone_back": gettext_lazy("sign a phone in"),
    "caseload:take_back_noted": gettext_lazy("take a note back"),
    "caseload:try_address": gettext_lazy("e-mail address"),
    "caseload:use_template": gettext_lazy("use a template"),
    "caseload:why": gettext_lazy("why a reminder came or not"),
    "accounts:team": gettext_lazy("team"),
    "accounts:clinic": gettext_lazy("clinic’s settings"),
}
APPS: dict[str, "_StrPromise"] = {
    "accounts": gettext_lazy("settings and team"),
    "exercises": gettext_lazy("exercises"),
    "today": gettext_lazy("patients’ pages"),
    "programmes": gettext_lazy("programme"),
    "reminders": gettext_lazy("reminders"),
}


def when(line: Line) -> str:
    """By the clinic's clock, where a template would write UTC."""
    return date_format(line.at, "SHORT_MOMENT_WITH_YEAR")


def who(event: AuditEvent) -> str:
    """By the present name; without an actor, a page without sign-in or a command."""
    if event.actor is not None:
        return str(event.actor)
    return _("Nobody signed in") if event.request_id not in {"", "-"} else _("The system")


def did(action: str) -> str:
    """An action that is no longer known is said as it was written."""
    return str(Action(action).label) if action in Action.values else action.replace("_", " ")


def where(page: str) -> str:
    return str(PAGES.get(page) or APPS.get(page.partition(":")[0]) or "")
