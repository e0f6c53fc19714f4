"""Whom a letter names, for the pages that its links lead to. Reads only."""

from collections.abc import Iterable
from typing import NamedTuple

from accounts.models import Clinic
from patients.models import Patient
from reminders import tokens
from reminders.models import Reminder


class Named(NamedTuple):
    """What a letter names that its links still show, and what else a stop by it is about."""

    shown: list[Reminder]  # of each record one, by what they are called
    all: list[Reminder]  # those of records that were closed since, too
    has_others: bool  # the account has further records, which the letter did not name


def each_record(reminders: Iterable[Reminder]) -> list[Reminder]:
    """The newest of each record, by what they are called. Needs the patients."""
    newest = {one.patient_id: one for one in sorted(reminders, key=lambda each: each.due_at)}
    return sorted(newest.values(), key=lambda each: (each.patient.addressed_as, each.pk))


def named_with(reminder: Reminder) -> Named:
    """All that the letter of this reminder names."""
    found = list(Reminder.objects.left_with(reminder).select_related("patient__clinic"))
    shown = each_record(one for one in found if not one.is_closed)
    accounts = {one.patient.user_id for one in shown} - {None}
    named = [one.patient_id for one in shown]
    others = Patient.objects.filter(user__in=accounts).exclude(pk__in=named)
    return Named(shown, found, others.exists())


def way_back(reminder: Reminder, purpose: tokens.Purpose) -> str:
    """The token of the page that lists whom the letter names; "" if it is nobody else."""
    if reminder.letter is None:
        return ""
    others = Reminder.objects.left_with(reminder).with_open_links()
    if not others.exclude(patient=reminder.patient_id).exists():
        return ""
    return tokens.make(tokens.Letter(reminder.letter, reminder.due_at), purpose=purpose)


def clinic_of(reminders: Iterable[Reminder]) -> Clinic | None:
    """Their clinic; None where there are several, since a letter about those names none."""
    clinics = {one.patient.clinic for one in reminders}
    return clinics.pop() if len(clinics) == 1 else None
