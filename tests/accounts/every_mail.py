"""One of each kind of e-mail, asked for as people ask for it, for the tests of all of them."""

from collections.abc import Callable

from django.test import Client

import clock
from accounts import letters, services
from accounts.models import Letter, Membership
from patients.services import addresses, notices, records
from reminders import services as reminding
from reminders.services import trial
from tests.cast import Cast
from tests.factories import PatientFactory
from tests.reminders.nudging import MINUTE, asked_day, looked_until

SIGN_IN, RESET = "/accounts/login/code/", "/accounts/password/reset/"


def patient_invitation(cast: Cast) -> None:
    record = PatientFactory(clinic=cast.clinic, user=None, email="new@example.org", name="Lena Fox")
    records.invite(record, by=cast.clinician, now=clock.now())


def team_invitation(cast: Cast) -> None:
    services.invite_to_team(
        cast.clinic,
        address="new@example.org",
        name="Nia",
        role=Membership.Role.LEAD,
        by=cast.clinician,
        now=clock.now(),
    )


def clinic_started(cast: Cast) -> None:
    services.start_clinic(
        "Hillside",
        email="new@example.org",
        person_name="Ada",
        time_zone="Europe/London",
        now=clock.now(),
    )


def sign_in_code(cast: Cast) -> None:
    Client().post(SIGN_IN, {"email": cast.patient.email})


def confirm_code(cast: Cast) -> None:
    letters.ask(Letter.Asked.CONFIRM, to=cast.clinician.address, now=clock.now())


def password_reset(cast: Cast) -> None:
    Client().post(RESET, {"email": cast.patient.email})


def password_changed(cast: Cast) -> None:
    client = Client()
    client.post(RESET, {"email": cast.patient.email})
    Letter.objects.all().delete()
    link = cast.patient.password_link().partition("testserver")[2]
    page = client.get(link)["Location"]
    new = "stretch-twice-daily"
    client.post(page, {"password1": new, "password2": new})


def passkey_added(cast: Cast) -> None:
    letters.post(
        "passkey_added",
        to=cast.patient.address,
        context={},
        kind=Letter.Kind.NOTICE,
        now=clock.now(),
        by=cast.patient,
        clinic=cast.patient.only_clinic(),
    )


def _ask_for_another_address(cast: Cast) -> None:
    cast.clinic.telephone = "+442079460958"
    cast.clinic.save()
    addresses.ask(cast.patient, address="new@example.org", now=clock.now())
    change = cast.record.address_changes.get()
    addresses.confirm(change, by=cast.clinician, now=clock.now())


def new_address(cast: Cast) -> None:
    _ask_for_another_address(cast)
    Letter.objects.filter(to=cast.patient.email).delete()


def address_changing(cast: Cast) -> None:
    _ask_for_another_address(cast)
    Letter.objects.exclude(to=cast.patient.email).delete()


def address_changed(cast: Cast) -> None:
    _ask_for_another_address(cast)
    Letter.objects.all().delete()
    addresses.answer(cast.record.address_changes.get(), now=clock.now())


def caseload_notice(cast: Cast) -> None:
    notices.to_responsible(cast.record, now=clock.now(), by=None)


def caseload_waiting(cast: Cast) -> None:
    notices.to_leads(cast.record, is_late=True, now=clock.now(), by=None)


def reminder_test(cast: Cast) -> None:
    trial.send_test(cast.patient, about=cast.record, now=clock.now())


def reminder(cast: Cast) -> None:
    asked_day(assignment=cast.assignment)
    looked_until(clock.now() - MINUTE)
    reminding.tick(now=clock.now())


def reminder_of_several(cast: Cast) -> None:
    """Two more records of the same account, one of them with a long name."""
    for name, asked in (("Ana", 3), ("Bartholomäus-Maximilian", 4)):
        record = {"user": cast.patient, "clinic": cast.clinic, "name": name}
        asked_day(asked=asked, **{f"assignment__patient__{key}": record[key] for key in record})
    reminder(cast)


MAILS: dict[str, Callable[[Cast], None]] = {
    make.__name__: make
    for make in (
        patient_invitation,
        team_invitation,
        clinic_started,
        sign_in_code,
        confirm_code,
        password_reset,
        password_changed,
        passkey_added,
        new_address,
        address_changing,
        address_changed,
        caseload_notice,
        caseload_waiting,
        reminder_test,
        reminder,
        reminder_of_several,
    )
}
