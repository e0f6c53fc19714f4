"""The lead's pages say to whom and to what: a colleague, an exercise, a template."""

import csv
import io
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts import audit, trail
from accounts.actions import Action
from accounts.models import Membership
from caseload.words.trail import did
from tests.factories import (
    ExerciseVersionFactory,
    MembershipFactory,
    ProgrammeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
CLINIC = "/settings/trail/"


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def lead(cast, as_user):
    return as_user(cast.lead)


@pytest.fixture
def nia(cast):
    return MembershipFactory(clinic=cast.clinic, user__name="Nia Price")


def happened(cast, action, subject, *, by="lead", clinic="its", patient_id=None):
    audit.record(
        getattr(cast, by) if by else None,
        action,
        subject,
        clinic=cast.clinic if clinic == "its" else None,
        patient_id=patient_id,
        now=NOW - timedelta(days=1),
    )


def said(page) -> dict[str, str]:
    return {did(line.event.action): line.told_of for line in page.context["lines"]}


def rows(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.getvalue().decode().removeprefix("\ufeff"))))[1:]


def on_each(cast, nia):
    """For each type of subject: an action on it, and its name."""
    version = ExerciseVersionFactory(exercise__clinic=cast.clinic, name="Bridge")
    template = ProgrammeFactory(clinic=cast.clinic, title="Knee, week 1")
    invited = cast.clinic.team_invitations.create(
        name="Ola Berg",
        address=f"ola.{uuid4().hex}@example.org",
        token_hash=uuid4().hex,
        invited_by=cast.lead,
        created_at=NOW,
        expires_at=NOW + timedelta(days=7),
    )
    return [
        (Action.MEMBER_MADE_LEAD, nia, "Nia Price"),
        (Action.PASSWORD_WRONG, nia.user, "Nia Price"),
        (Action.COLLEAGUE_INVITED, invited, "Ola Berg"),
        (Action.EXERCISE_SIGNED, version, "Bridge"),
        (Action.EXERCISE_PUBLISHED, version.exercise, "Bridge"),
        (Action.PROGRAMME_PUBLISHED, template, "Knee, week 1"),
    ]


def test_a_colleague_an_exercise_and_a_template_are_named(cast, lead, nia):
    expected = {}
    for action, subject, name in on_each(cast, nia):
        is_account = subject == nia.user
        by, clinic = (None, None) if is_account else ("lead", "its")
        happened(cast, action, subject, by=by, clinic=clinic)
        expected[action.label] = name
    page = lead.get(CLINIC)
    assert said(page).items() >= expected.items()
    assertContains(page, "made a colleague a clinic lead: <strong>Nia Price</strong>")
    table = {row[8]: row[7] for row in rows(lead.get(f"{CLINIC}export/"))}
    assert table["member_made_lead"] == "Nia Price"
    assert table["exercise_signed"] == "Bridge"


def test_what_somebody_does_with_their_own_account_names_them_once(cast, lead):
    happened(cast, Action.SIGNED_OUT, cast.lead, clinic=None)
    happened(cast, Action.TEAM_JOINED, cast.lead.memberships.get())
    assert set(said(lead.get(CLINIC)).values()) == {""}


def test_somebody_else_of_the_same_name_is_named(cast, lead, nia):
    nia.user.name = cast.lead.name
    nia.user.save()
    happened(cast, Action.MEMBER_DEACTIVATED, nia)
    assert said(lead.get(CLINIC))[Action.MEMBER_DEACTIVATED.label] == cast.lead.name


def test_who_has_no_name_is_told_by_the_address(cast, lead):
    member = MembershipFactory(clinic=cast.clinic, user=UserFactory(name="", email="n@x.example"))
    happened(cast, Action.MEMBER_DEACTIVATED, member)
    assert said(lead.get(CLINIC))[Action.MEMBER_DEACTIVATED.label] == "n@x.example"


def test_nothing_of_a_patients_own_programme_is_named(cast, lead):
    own = ProgrammeFactory(
        clinic=cast.clinic,
        title="After the stroke",
        is_template=False,
        patient_id=cast.record.pk,
    )
    version = ExerciseVersionFactory(exercise__clinic=cast.clinic, name="Bridge")
    happened(cast, Action.PROGRAMME_PUBLISHED, own, patient_id=cast.record.pk)
    happened(cast, Action.ITEM_ADDED, version, patient_id=cast.record.pk)
    happened(cast, Action.PROGRAMME_REVISED, own)  # as a row would be that forgot the patient
    record = reverse("caseload:record_trail", args=[cast.record.pk])
    for address in (CLINIC, record):
        page = lead.get(address)
        assert len(said(page)) >= 2
        assert set(said(page).values()) == {""}
        assertNotContains(page, "After the stroke")
        assertNotContains(page, "Bridge")
        for row in rows(lead.get(f"{address}export/")):
            assert row[7] == ""


def test_what_is_gone_is_not_named(cast, lead):
    version = ExerciseVersionFactory(exercise__clinic=cast.clinic)
    happened(cast, Action.EXERCISE_DELETED, version.exercise)
    version.exercise.delete()
    assert said(lead.get(CLINIC))[Action.EXERCISE_DELETED.label] == ""


def test_queries_do_not_grow_with_the_names(cast, lead, nia, django_assert_num_queries):
    for many in (1, 7):
        for _ in range(many):
            other = MembershipFactory(clinic=cast.clinic, role=Membership.Role.CLINICIAN)
            for action, subject, _name in on_each(cast, other):
                happened(cast, action, subject)
        lead.get(CLINIC)
        with django_assert_num_queries(15):  # one for each of the six types
            lead.get(CLINIC)


def test_a_table_is_named_in_pieces(cast, lead, nia, monkeypatch, django_assert_num_queries):
    """Each piece costs one query, not each row; no name is lost between two."""
    for _ in range(6):
        happened(cast, Action.MEMBER_MADE_LEAD, nia)
    monkeypatch.setattr("caseload.trail_file.CHUNK", 4)
    assert trail.CHUNK > 4
    response = lead.get(f"{CLINIC}export/", {"what": "member_made_lead"})
    with django_assert_num_queries(4):  # two parts of the trail, two pieces of names
        assert [row[7] for row in rows(response)] == ["Nia Price"] * 6
