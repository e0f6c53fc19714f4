"""Who did what: each look once, each action spelled, said and sorted, as what someone acted."""

import ast
from collections import Counter
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from accounts import audit, services
from accounts.actions import Action
from accounts.kinds import ACTIONS, KIND
from accounts.models import AuditEvent, Membership
from tests.factories import LONG_AGO, MembershipFactory, PatientFactory

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "accounts",
    "exercises",
    "programmes",
    "patients",
    "reminders",
    "caseload",
    "today",
    "offline",
)
SOURCES = [
    path
    for app in APPS
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts and path.name not in {"actions.py", "kinds.py"}
]
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


def reads(**only):
    return AuditEvent.objects.filter(action="record_read", **only)


def test_every_action_has_a_label_and_exactly_one_kind():
    sorted_ = Counter(action for actions in ACTIONS.values() for action in actions)
    assert set(sorted_) == set(Action)
    assert set(sorted_.values()) == {1}
    assert set(KIND) == set(Action.values)
    for action in Action:
        assert action.label
        assert action.label != action.value.replace("_", " ").title(), action


def names_of_actions(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Attribute(value=ast.Name(id="Action"), attr=name):
                found.add(name)
    return found


def test_every_action_is_used():
    used = set().union(*(names_of_actions(path) for path in SOURCES))
    assert set(Action.__members__) - used == set()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_action_is_written_as_a_string(path):
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.keyword(arg="action" | "action__in" | "audited"):
                assert texts(node) & set(Action.values) == set(), f"{path}:{node.value.lineno}"
            case ast.Call(func=ast.Attribute(value=ast.Name(id="audit"))):
                assert texts(node) & set(Action.values) == set(), f"{path}:{node.lineno}"
            case ast.Compare(left=ast.Attribute(attr="action")):
                assert texts(node) & set(Action.values) == set(), f"{path}:{node.lineno}"


def texts(node: ast.AST) -> set[str]:
    constants = (part for part in ast.walk(node) if isinstance(part, ast.Constant))
    return {part.value for part in constants if isinstance(part.value, str)}


def opened(patient, by, *, page="caseload:record", after=timedelta()):
    audit.record_opened(patient.pk, patient.clinic_id, by, page=page, now=LONG_AGO + after)


def test_the_same_page_within_a_minute_is_one_look(cast):
    for seconds in (0, 1, 59):
        opened(cast.record, cast.clinician, after=seconds * SECOND)
    assert reads().count() == 1
    opened(cast.record, cast.clinician, after=61 * SECOND)
    assert reads().count() == 2


def test_another_page_person_or_record_is_another_look(cast):
    opened(cast.record, cast.clinician)
    opened(cast.record, cast.clinician, page="caseload:edit")
    opened(cast.record, cast.colleague)
    opened(PatientFactory(clinic=cast.clinic, clinician=cast.clinician), cast.clinician)
    assert reads().count() == 4


def test_a_name_in_a_list_is_written_once_an_hour(cast):
    other = PatientFactory(clinic=cast.clinic, clinician=cast.clinician)
    for minutes, listed in [(0, [cast.record]), (30, [cast.record, other]), (61, [cast.record])]:
        now = LONG_AGO + timedelta(minutes=minutes)
        audit.record_listed(listed, cast.clinician, page="caseload:caseload", now=now)
    rows = AuditEvent.objects.filter(action="record_listed").values_list("patient_id", flat=True)
    assert Counter(rows) == {cast.record.pk: 2, other.pk: 1}


def test_a_whole_page_of_names_is_one_statement(cast, django_assert_num_queries):
    many = PatientFactory.create_batch(30, clinic=cast.clinic, clinician=cast.clinician)
    with django_assert_num_queries(1):
        audit.record_listed(many, cast.clinician, page="caseload:caseload", now=LONG_AGO)
    assert AuditEvent.objects.filter(action="record_listed").count() == 30


def test_a_name_that_was_listed_is_no_record_that_was_opened(cast):
    audit.record_listed([cast.record], cast.clinician, page="caseload:record", now=LONG_AGO)
    opened(cast.record, cast.clinician)
    assert reads().count() == 1


def test_the_role_is_that_of_then(cast):
    opened(cast.record, cast.clinician)
    [member] = cast.clinician.memberships.all()
    services.change_role(member, role=Membership.Role.LEAD, by=cast.lead, now=LONG_AGO)
    opened(cast.record, cast.clinician, after=timedelta(hours=1))
    assert list(reads().order_by("at").values_list("actor_role", flat=True)) == [
        "clinician",
        "lead",
    ]
    [changed] = AuditEvent.objects.filter(action="member_made_lead")
    assert changed.actor_role == "lead"


def test_patients_act_as_patients_and_nobody_as_nothing(cast):
    staff_elsewhere = MembershipFactory(user=cast.patient)
    audit.record_about(cast.record, cast.patient, Action.PAIN_TOLD, now=LONG_AGO)
    audit.record_about(cast.record, None, Action.REMINDERS_STOPPED, now=LONG_AGO)
    assert staff_elsewhere.clinic != cast.clinic
    roles = AuditEvent.objects.filter(patient_id=cast.record.pk).values_list("action", "actor_role")
    assert dict(roles) == {"pain_told": "patient", "reminders_stopped": ""}


def test_someone_who_has_left_has_no_role(cast):
    audit.record(cast.deactivated, Action.OWN_NAME_CHANGED, cast.clinic, clinic=None, now=LONG_AGO)
    audit.record_refused(
        cast.deactivated,
        about=("patient", uuid4()),
        clinic_id=cast.clinic.pk,
        most=1,
        within=timedelta(hours=1),
        page="x",
        now=LONG_AGO,
    )
    assert set(AuditEvent.objects.values_list("actor_role", flat=True)) == {""}
