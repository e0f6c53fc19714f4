"""What a patient has chosen: reminders or none, and at which times."""

from collections.abc import Sequence
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from accounts import audit
from accounts.actions import Action
from accounts.kept_query import KeptQuery
from accounts.models import AddressTrouble, User
from patients.models import Patient
from reminders.choice import Choice
from reminders.models import ChoiceMade, Preference, Reminder, Slot
from reminders.services.starts import starting

PREFERENCE: KeptQuery[Preference] = KeptQuery(
    lambda patient: Preference.objects.filter(patient=patient), patient=UUID
)


def chosen(patient: Patient) -> Choice:
    """What this patient has chosen; without a choice, reminders at the usual times."""
    found = PREFERENCE(patient=patient.pk)
    if not found:
        return Choice()
    [preference] = found
    slots = patient.reminder_slots.values_list("at", flat=True)
    times = tuple(slots) if preference.has_own_times else None
    new_times = tuple(preference.new_times)
    return Choice(preference.is_on, times, new_times, preference.counts_from)


def mail_arrives(patient: Patient) -> bool:
    """False if mail servers have refused this person's address, so that no reminders go there."""
    return not AddressTrouble.objects.of(patient.address).closed().exists()


def take_turn(patient: Patient) -> None:
    """Nobody else changes this patient's choice until the transaction ends."""
    list(Patient.objects.select_for_update(no_key=True).filter(pk=patient.pk).values("pk"))


@transaction.atomic
def choose(patient: Patient, choice: Choice, *, by: User | None, now: datetime) -> Choice:
    """Make this the patient's choice; it comes back with what of it counts from when.

    ``by`` is None when it came by a link in an e-mail. The times must be ordered, at most 3, at
    least 2 hours apart and in waking hours; the form sees to that, and the database to most of it.
    """
    choice = starting(patient, choice, now=now)
    Preference.objects.update_or_create(
        patient=patient,
        defaults={
            "is_on": choice.is_on,
            "has_own_times": choice.times is not None,
            "changed_at": now,
            "new_times": list(choice.new_times),
            "counts_from": choice.counts_from,
        },
    )
    _set_slots(patient, choice.times or ())
    _keep(patient, choice, now=now)
    audit.record_about(patient, by, Action.REMINDERS_CHANGED, now=now)
    return choice


def _keep(patient: Patient, choice: Choice, *, now: datetime) -> None:
    """What was chosen at one moment is one choice: the last."""
    ChoiceMade.objects.update_or_create(
        patient=patient,
        made_at=now,
        defaults={
            "is_on": choice.is_on,
            "times": None if choice.times is None else list(choice.times),
            "new_times": list(choice.new_times),
            "counts_from": choice.counts_from,
        },
    )


@transaction.atomic
def stop(patient: Patient, *, by: User | None, now: datetime) -> None:
    """No more reminders to this person, whichever record they are about; times are kept.

    Doing it again changes nothing.
    """
    records = Patient.objects.filter(user=patient.user_id).exclude(user=None).order_by("pk")
    for record in records.select_for_update(no_key=True):
        _switch_off(record, by=by, now=now)


@transaction.atomic
def stop_record(patient: Patient, *, by: User | None, now: datetime) -> None:
    """No more reminders about this record, and nothing else: whoever presses it may be somebody
    whose access was closed. Doing it again changes nothing.
    """
    take_turn(patient)
    _switch_off(patient, by=by, now=now)


@transaction.atomic
def stop_letter(reminders: Sequence[Reminder], *, by: User | None, now: datetime) -> None:
    """No more reminders about any record that left in one letter, nor about others of its account;
    of a record that was closed since, about that one only. Doing it again changes nothing.
    """
    for patient in {one.patient_id: one.patient for one in reminders}.values():
        stop_record(patient, by=by, now=now)
    accounts = {one.patient.user_id: one.patient for one in reminders if not one.is_closed}
    for patient in accounts.values():
        stop(patient, by=by, now=now)


def _switch_off(record: Patient, *, by: User | None, now: datetime) -> None:
    preference, _is_new = Preference.objects.get_or_create(
        patient=record, defaults={"changed_at": now}
    )
    if preference.is_on:
        preference.is_on, preference.changed_at = False, now
        preference.save(update_fields=["is_on", "changed_at"])
        _keep(record, chosen(record), now=now)
        audit.record_about(record, by, Action.REMINDERS_STOPPED, now=now)


def _set_slots(patient: Patient, times: Sequence[time]) -> None:
    Slot.objects.filter(patient=patient).delete()
    Slot.objects.bulk_create(
        Slot(patient=patient, zone=patient.time_zone, position=position, at=at)
        for position, at in enumerate(times)
    )
