"""What a trail can be narrowed down to: the kinds first, and only what can occur there."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts import audit
from accounts.actions import Action
from accounts.kinds import ABOUT_A_RECORD, ACTIONS, KIND, Kind

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
CLINIC = "/settings/trail/"
ROOT = Path(settings.BASE_DIR)
# Where events are written about a record, and about a clinic, its library or an account.
RECORDS = [
    "patients/services",
    "caseload/services",
    "caseload/views/handouts.py",
    "reminders/services",
]
ELSEWHERE = [
    "accounts/services.py",
    "accounts/sign_in.py",
    "exercises/services",
    "programmes/shelf.py",
]


@pytest.fixture
def lead(cast, as_user):
    return as_user(cast.lead)


def offered(page) -> dict[str, list[str]]:
    """Of "What": the values of each group, in order."""
    groups = {}
    for name, options, _index in page.context["form"]["what"].field.widget.optgroups("what", []):
        groups[str(name)] = [option["value"] for option in options]
    return groups


def actions_in(places: list[str]) -> set[Action]:
    """Every action that is named in the code there."""
    found = set()
    for place in places:
        path = ROOT / place
        for file in [path] if path.is_file() else path.rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                match node:
                    case ast.Attribute(value=ast.Name(id="Action"), attr=name):
                        found.add(Action[name])
    return found


def test_the_kinds_come_first(cast, lead):
    groups = offered(lead.get(CLINIC))
    names = list(groups)
    assert names[names.index("Of one kind") :] == ["Of one kind", *(k.label for k in Kind)]
    assert groups["Of one kind"] == [kind.value for kind in Kind]


def test_of_one_record_only_what_can_occur_there_is_offered(cast, lead):
    address = reverse("caseload:record_trail", args=[cast.record.pk])
    groups = offered(lead.get(address))
    actions = {value for name in groups for value in groups[name] if value in Action.values}
    assert actions == {action.value for action in ABOUT_A_RECORD}
    assert actions & {"clinic_started", "photo_added", "signed_out", "member_made_lead"} == set()
    assert all(groups[kind.label] for kind in Kind if kind.value in groups["Of one kind"])
    assertContains(lead.get(address, {"what": "photo_added"}), "Choose from", status_code=422)


def test_the_clinics_page_offers_every_action(cast, lead):
    groups = offered(lead.get(CLINIC))
    assert {v for name in groups for v in groups[name]} >= set(Action.values)
    assert {action for actions in ACTIONS.values() for action in actions} == set(KIND)


def test_what_is_written_about_records_is_what_is_offered_of_one():
    written = actions_in(RECORDS)
    assert len(written) > 30
    assert written - ABOUT_A_RECORD == set(), "add these to accounts.kinds.ABOUT_A_RECORD"
    programmes = actions_in(["programmes/services.py"])
    looks = actions_in(["accounts/audit.py", "caseload/views/trail.py"])
    assert ABOUT_A_RECORD - written - programmes - looks == set(), "these are written nowhere"
    assert ABOUT_A_RECORD & actions_in(ELSEWHERE) == set()


def test_no_patient_is_a_dash_and_not_somebody_called_nobody(cast, lead):
    audit.record(cast.lead, Action.CLINIC_CHANGED, cast.clinic, clinic=cast.clinic, now=NOW)
    page = lead.get(CLINIC)
    assertContains(page, '<span class="muted">–</span>')
    assertNotContains(page, ">nobody<")


def test_the_menu_marks_the_caseload_on_its_pages_but_not_in_the_settings(cast, lead):
    caseload = reverse("caseload:caseload")
    marked = f'<a href="{caseload}" aria-current="page">'
    assertContains(lead.get(caseload), marked)
    assertContains(lead.get(reverse("caseload:record_trail", args=[cast.record.pk])), marked)
    assertNotContains(lead.get(CLINIC), marked)
