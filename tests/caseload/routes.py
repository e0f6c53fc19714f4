"""Who may open each staff page about patients."""

from uuid import uuid4

import clock
from accounts import audit
from accounts.actions import Action
from caseload.concerns import AsItStood, Concern, Kind
from caseload.services import dealing
from patients.models import (
    AddressChange,
    Assignment,
    ClosedBecause,
    DealtWith,
    OneOff,
    Patient,
    Session,
)
from patients.services import access, addresses, phones, records
from programmes.models import Programme
from tests.access_routes import Audience, Route
from tests.cast import Cast
from tests.factories import ItemFactory, ProgrammeFactory, published_programme
from tests.patients.past import session_on
from tests.reminders.routes import remind

FREE = "Nobody's programme yet"


def be_added(cast: Cast) -> None:
    """So that the trail names somebody."""
    audit.record_about(cast.record, cast.clinician, Action.PATIENT_ADDED, now=clock.now())


def the_patient(cast: Cast) -> dict:
    return {"patient_id": cast.record.pk}


def begin_change(cast: Cast) -> None:
    """The next version of the patient's own programme, as a draft."""
    current = cast.assignment.programme
    draft = ProgrammeFactory(
        clinic=cast.clinic,
        created_by=cast.clinician,
        line_id=current.line_id,
        version=current.version + 1,
        is_template=False,
        patient_id=cast.record.pk,
    )
    ItemFactory(programme=draft, position=1)


def the_change(cast: Cast) -> dict:
    line = cast.assignment.programme.line_id
    return {"programme_id": Programme.objects.drafts().get(line_id=line).pk}


def begin_one_off(cast: Cast) -> None:
    """A draft of the patient's own, with an exercise, and nothing that runs."""
    Assignment.objects.all().delete()
    draft = ProgrammeFactory(
        clinic=cast.clinic,
        created_by=cast.clinician,
        is_template=False,
        patient_id=cast.record.pk,
    )
    ItemFactory(programme=draft, position=1)
    OneOff.objects.create(patient=cast.record, programme=draft)


def publish_template(cast: Cast) -> None:
    published_programme(clinic=cast.clinic, created_by=cast.clinician, title=FREE)


def the_colleague(cast: Cast) -> dict:
    return {"membership_id": cast.clinician.memberships.get().pk}


def the_template(cast: Cast) -> dict:
    return {"programme": Programme.objects.get(title=FREE).pk}


def be_waiting(cast: Cast) -> None:
    """So that there is somebody to invite; the patient's own sign-in stays a stranger to it."""
    Patient.objects.filter(pk=cast.record.pk).update(user=None)


def be_paused(cast: Cast) -> None:
    Assignment.objects.get().pauses.create(from_on=cast.day.on, paused_by=cast.clinician)


def a_session(cast: Cast) -> dict:
    return {"on": cast.day.on.isoformat(), "client_id": uuid4()}


def record_one(cast: Cast) -> None:
    """A session that the clinic recorded, of a day with an exercise."""
    session_on(cast.day, source=Session.Source.STAFF, recorded_by=cast.colleague)


def the_recorded(cast: Cast) -> dict:
    return {"patient_id": cast.record.pk, "session_id": Session.objects.get().pk}


def tell(cast: Cast) -> None:
    cast.record.warning_signs.create(told_by=cast.patient, told_at=clock.now())


def tell_of_pain(cast: Cast) -> None:
    cast.record.pain_reports.create(told_by=cast.patient, told_at=clock.now())


def be_dealt_with(cast: Cast) -> None:
    pain = Concern(Kind.PAIN_HIGH, AsItStood("Last pain 7 of 10"))
    dealing.deal_with(cast.record, [pain], how="contacted", by=cast.clinician, now=clock.now())


def ask_address(cast: Cast) -> None:
    addresses.ask(cast.patient, address="sam@example.net", now=clock.now())


def the_wish(cast: Cast) -> dict:
    return {"patient_id": cast.record.pk, "change_id": AddressChange.objects.get().pk}


def have_address_confirmed(cast: Cast) -> None:
    ask_address(cast)
    change = cast.record.address_changes.get()
    addresses.confirm(change, by=cast.clinician, now=clock.now())


def be_invited(cast: Cast) -> None:
    be_waiting(cast)
    records.invite(Patient.objects.get(pk=cast.record.pk), by=cast.clinician, now=clock.now())


def show_code(cast: Cast) -> None:
    """A code that signs the patient's phone in is on the clinician's screen."""
    phones.make(cast.record, by=cast.clinician, now=clock.now())


def the_code(cast: Cast) -> dict:
    return {"link_id": cast.record.phone_links.get().pk}


def have_died(cast: Cast) -> None:
    be_waiting(cast)
    patient, why = Patient.objects.get(pk=cast.record.pk), ClosedBecause.DIED
    access.close_access(patient, because=why, by=cast.clinician, now=clock.now())


def the_noted(cast: Cast) -> dict:
    return {"patient_id": cast.record.pk, "dealt_id": DealtWith.objects.get().pk}


def the_sign(cast: Cast) -> dict:
    return {"patient_id": cast.record.pk, "sign_id": cast.record.warning_signs.get().pk}


FORMS = (
    "record",
    "use_template",
    "handout",
    "edit",
    "assign",
    "change_review",
    "pause",
    "end",
    "record_session",
)

ROUTES = [
    Route("caseload:record_trail", Audience.RECORD_LEAD, the_patient),
    Route("caseload:record_trail_export", Audience.RECORD_LEAD, the_patient),
    Route("caseload:clinic_trail", Audience.LEAD, prepare=be_added),
    Route("caseload:clinic_trail_export", Audience.LEAD, prepare=be_added),
    Route("caseload:caseload", Audience.STAFF),
    Route("caseload:thresholds", Audience.STAFF),
    Route("caseload:create", Audience.STAFF),
    Route(
        "caseload:assign_from", Audience.RECORD_STAFF, data=the_template, prepare=publish_template
    ),
    *(Route(f"caseload:{name}", Audience.RECORD_STAFF, the_patient) for name in FORMS),
    Route("caseload:record_session", Audience.RECORD_STAFF, the_patient, "post", data=a_session),
    Route("caseload:take_back", Audience.RECORD_STAFF, the_recorded, "post", prepare=record_one),
    Route("caseload:invite", Audience.RECORD_STAFF, the_patient, "post", prepare=be_waiting),
    Route("caseload:why", Audience.RECORD_STAFF, the_patient, prepare=remind),
    Route("caseload:close_access", Audience.RECORD_STAFF, the_patient),
    Route("caseload:close_access", Audience.RECORD_STAFF, the_patient, "post"),
    Route("caseload:invite_again", Audience.RECORD_STAFF, the_patient),
    Route("caseload:invite_again", Audience.RECORD_STAFF, the_patient, "post"),
    Route("caseload:confirm_address", Audience.RECORD_STAFF, the_wish, "post", prepare=ask_address),
    Route("caseload:decline_address", Audience.RECORD_STAFF, the_wish, "post", prepare=ask_address),
    Route(
        "caseload:take_confirmation_back",
        Audience.RECORD_STAFF,
        the_patient,
        "post",
        prepare=have_address_confirmed,
    ),
    Route(
        "caseload:take_invitation_back",
        Audience.RECORD_STAFF,
        the_patient,
        "post",
        prepare=be_invited,
    ),
    Route("caseload:phone", Audience.RECORD_STAFF, the_patient, prepare=show_code),
    Route("caseload:phone", Audience.RECORD_STAFF, the_patient, "post"),
    Route(
        "caseload:phone_state",
        Audience.RECORD_STAFF,
        the_code,
        prepare=show_code,
        also=frozenset({204}),
    ),
    Route(
        "caseload:take_phone_back", Audience.RECORD_STAFF, the_patient, "post", prepare=show_code
    ),
    Route("caseload:note_death", Audience.RECORD_STAFF, the_patient),
    Route("caseload:note_death", Audience.RECORD_STAFF, the_patient, "post"),
    Route("caseload:take_death_back", Audience.RECORD_STAFF, the_patient, prepare=have_died),
    Route(
        "caseload:take_death_back", Audience.RECORD_STAFF, the_patient, "post", prepare=have_died
    ),
    Route("caseload:try_address", Audience.RECORD_STAFF, the_patient, "post"),
    Route("caseload:resume", Audience.RECORD_STAFF, the_patient, "post", prepare=be_paused),
    Route("caseload:check_sign", Audience.RECORD_STAFF, the_sign, prepare=tell),
    Route("caseload:check_sign", Audience.RECORD_STAFF, the_sign, "post", prepare=tell),
    Route("caseload:deal_with", Audience.RECORD_STAFF, the_patient, prepare=tell_of_pain),
    Route("caseload:deal_with", Audience.RECORD_STAFF, the_patient, "post", prepare=tell_of_pain),
    Route(
        "caseload:take_back_noted", Audience.RECORD_STAFF, the_noted, "post", prepare=be_dealt_with
    ),
    Route("caseload:hand_over", Audience.RECORD_LEAD, the_colleague),
    Route("caseload:hand_over", Audience.RECORD_LEAD, the_colleague, "post"),
    Route("caseload:use_template", Audience.RECORD_STAFF, the_patient, "post"),
    Route("caseload:build", Audience.RECORD_STAFF, the_patient, "post", prepare=begin_one_off),
    Route("caseload:give", Audience.RECORD_STAFF, the_patient, prepare=begin_one_off),
    Route("caseload:give", Audience.RECORD_STAFF, the_patient, "post", prepare=begin_one_off),
    Route("caseload:change_programme", Audience.RECORD_STAFF, the_patient, "post"),
    Route(
        "caseload:publish_change", Audience.RECORD_STAFF, the_change, "post", prepare=begin_change
    ),
]
