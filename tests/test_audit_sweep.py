"""Every address that shows a person's data is opened, and a row must say so."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

import clock
from accounts.actions import Action
from accounts.models import AuditEvent
from patients.models import Assignment, OneOff, Patient
from programmes.models import Programme
from tests.access_routes import Audience, Route
from tests.audit_routes import (
    BY_LINK_CHANGES,
    CHANGES_RECORD,
    LISTS_NAMES,
    OPENS_RECORD,
    PATIENT_CHANGES,
    reason_for_nobody,
)
from tests.caseload.routes import the_patient, the_template
from tests.cast import Cast
from tests.factories import published_programme
from tests.programmes import routes as programmes
from tests.test_access import ROUTES, ask

LOOKS = (Action.RECORD_READ, Action.RECORD_LISTED)
LEADS = (Audience.LEAD, Audience.RECORD_LEAD)
STAFF = (Audience.STAFF, Audience.RECORD_STAFF, *LEADS)


def key(route: Route) -> str:
    return f"{route.method} {route.name}"


def named(*groups: set[str]) -> list[Route]:
    return [route for route in ROUTES if any(key(route) in group for group in groups)]


def rows(cast: Cast, **only):
    return AuditEvent.objects.filter(patient_id=cast.record.pk, **only)


def is_named(patient: Patient, answer) -> bool:
    """Whole: "Sam Reed" is not in "Sam Reed 3"."""
    body = answer.getvalue() if answer.streaming else answer.content
    return re.search(rf"\b{re.escape(patient.name)}\s*[<,]", body.decode()) is not None


def opened(route: Route, cast: Cast, as_user):
    """By somebody at work who may; who that was, and the answer."""
    route.prepare(cast)
    who = cast.lead if route.audience in LEADS else cast.clinician
    return who, ask(as_user(who), route, cast)


def test_every_address_is_declared() -> None:
    groups = (OPENS_RECORD, LISTS_NAMES, PATIENT_CHANGES, BY_LINK_CHANGES)
    declared = OPENS_RECORD.union(*groups)
    swept = {key(route) for route in ROUTES}
    forgotten = {one for one in swept - declared if reason_for_nobody(one) is None}
    assert forgotten == set(), "say in tests/audit_routes.py what these show of a patient"
    assert (declared | CHANGES_RECORD) - swept == set(), "these are gone"


@pytest.mark.parametrize("route", named(OPENS_RECORD), ids=key)
def test_a_record_that_is_opened_is_written_down(route, cast, as_user) -> None:
    who, _answer = opened(route, cast, as_user)
    [row] = rows(cast, action=Action.RECORD_READ)
    assert (row.actor, row.clinic, row.page) == (who, cast.clinic, route.name)
    assert row.actor_role == ("lead" if who == cast.lead else "clinician")


@pytest.mark.parametrize("route", named(LISTS_NAMES), ids=key)
def test_whoever_is_listed_is_written_down(route, cast, as_user) -> None:
    who, answer = opened(route, cast, as_user)
    seen = AuditEvent.objects.filter(actor=who, action=Action.RECORD_LISTED, page=route.name)
    patients = Patient.objects.filter(pk__in=seen.values("patient_id"))
    named = {one.pk for one in Patient.objects.all() if is_named(one, answer)}
    assert named
    assert named <= {one.pk for one in patients}


@pytest.mark.parametrize("route", named(CHANGES_RECORD), ids=key)
def test_a_change_names_the_patient(route, cast, as_user) -> None:
    who, _answer = opened(route, cast, as_user)
    assert rows(cast, actor=who).exclude(action__in=LOOKS).exists()


TODAY = clock.today("Europe/London")
FILLED_IN = {
    "edit": {"time_zone": "Europe/London", "name": "Sam Reed-Jones"},
    "pause": {"from_on": TODAY},
    "end": {"reason": "All done."},
    "change_review": {"review_on": TODAY + timedelta(weeks=3)},
}


@pytest.mark.parametrize("name", FILLED_IN)
def test_a_form_about_a_record_names_the_patient(name, cast, as_user) -> None:
    typed = FILLED_IN[name] | {"clinician": cast.clinician.pk, "email": cast.record.email}
    opened(
        Route(f"caseload:{name}", Audience.RECORD_STAFF, the_patient, "post", lambda cast: typed),
        cast,
        as_user,
    )
    assert rows(cast, actor=cast.clinician).exclude(action__in=LOOKS).count() == 1


def test_a_checked_sign_names_the_patient(cast, as_user) -> None:
    [route] = [r for r in ROUTES if key(r) == "post caseload:check_sign"]
    typed = {"note": "Seen today.", "then": "stay"}
    opened(replace(route, data=lambda cast: typed), cast, as_user)
    assert rows(cast, action=Action.SIGN_CHECKED_STAYS_PAUSED).count() == 1


@pytest.mark.parametrize("route", named(PATIENT_CHANGES, BY_LINK_CHANGES), ids=key)
def test_what_patients_do_names_them_too(route, cast, as_user) -> None:
    route.prepare(cast)
    ask(as_user(cast.patient), route, cast)
    [row] = rows(cast).exclude(action__in=LOOKS)[:1]
    if key(route) in PATIENT_CHANGES:
        assert (row.actor, row.actor_role) == (cast.patient, "patient")


SHOWS_NOBODY = [r for r in ROUTES if r.audience in STAFF and reason_for_nobody(key(r))]


@pytest.mark.parametrize(
    "route", [r for r in SHOWS_NOBODY if key(r) not in OPENS_RECORD | LISTS_NAMES], ids=key
)
def test_a_page_that_says_it_shows_nobody_names_nobody(route, cast, as_user) -> None:
    _who, answer = opened(route, cast, as_user)
    if not answer.streaming:
        assert cast.record.name not in answer.content.decode(errors="ignore")


# --- a patient's own programme lies in an app that knows no patients ------------------

TEMPLATES_ONLY = {"publish", "copy", "archive", "bring_back", "rename"}
PUBLISHED_ONLY = {"handout", "pictures"}
NO_PROGRAMME_YET = {"list", "create"}


def own_draft(cast: Cast) -> None:
    programmes.make_draft(cast)
    drafts = Programme.objects.filter(title=programmes.TITLE)
    drafts.update(is_template=False, patient_id=cast.record.pk)
    OneOff.objects.create(patient=cast.record, programme=drafts.get())


def own_published(cast: Cast) -> None:
    own = {"is_template": False, "patient_id": cast.record.pk}
    published_programme(
        clinic=cast.clinic, created_by=cast.clinician, title=programmes.TITLE, **own
    )


def short(route: Route) -> str:
    return route.name.removeprefix("programmes:")


OWN_PROGRAMME = [
    replace(route, prepare=own_published if short(route) in PUBLISHED_ONLY else own_draft)
    for route in programmes.ROUTES
    if short(route) not in NO_PROGRAMME_YET
]


@pytest.mark.parametrize("route", OWN_PROGRAMME, ids=key)
def test_a_patients_own_programme_names_the_patient(route, cast, as_user) -> None:
    who, answer = opened(route, cast, as_user)
    if short(route) in TEMPLATES_ONLY:
        assert answer.status_code == 404
    else:
        assert rows(cast, actor=who, action=Action.RECORD_READ, page=route.name).count() == 1


@pytest.mark.parametrize("name", ["add_item", "remove_item", "save_as_template"])
def test_a_change_of_a_patients_own_programme_names_the_patient(name, cast, as_user) -> None:
    [route] = [r for r in OWN_PROGRAMME if short(r) == name and r.method == "post"]
    if name == "save_as_template":
        route = replace(route, data=lambda cast: {"title": "Knees"})
    who, _answer = opened(route, cast, as_user)
    assert rows(cast, actor=who).exclude(action__in=LOOKS).exists()


def test_a_handout_of_a_patients_own_programme_is_printing(cast, as_user) -> None:
    [route] = [r for r in OWN_PROGRAMME if short(r) == "handout"]
    opened(route, cast, as_user)
    assert rows(cast, action=Action.RECORD_PRINTED).count() == 1


# --- names beside something else ----------------------------------------------------


def test_whom_a_template_could_be_for(cast, as_user) -> None:
    Assignment.objects.all().delete()
    [route] = [r for r in ROUTES if r.name == "caseload:assign_from"]
    assert cast.record.name in opened(replace(route, data=the_template), cast, as_user)[1].text
    [row] = rows(cast, action=Action.RECORD_LISTED)
    assert (row.actor, row.page) == (cast.clinician, "caseload:assign_from")


def test_who_else_has_the_address_that_is_typed(cast, as_user) -> None:
    typed = {"name": "Kim", "email": cast.record.email, "client_id": uuid4()}
    page = as_user(cast.colleague).post("/patients/new/", typed)
    assert cast.record.name in page.text
    [row] = rows(cast, action=Action.RECORD_LISTED)
    assert (row.actor, row.page) == (cast.colleague, "caseload:create")


def test_who_has_an_exercise_that_is_looked_at(cast, as_user) -> None:
    exercise = cast.assignment.programme.items.get().exercise_version.exercise
    page = as_user(cast.clinician).get(f"/exercises/{exercise.slug}/")
    assert cast.record.name in page.text
    assert rows(cast, action=Action.RECORD_LISTED, page="exercises:detail").count() == 1
