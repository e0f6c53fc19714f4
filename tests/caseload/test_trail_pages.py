"""Who touched a record and who did what in a clinic: for its lead, narrowed down, saved."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts import audit, trail
from accounts.actions import Action
from accounts.models import AuditEvent, Membership, User
from caseload.trail_file import safe
from caseload.words import trail as say
from caseload.words.trail import PAGES, where
from patients.models import Patient
from tests.audit_routes import LISTS_NAMES, OPENS_RECORD
from tests.factories import MembershipFactory, PatientFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
CLINIC = "/settings/trail/"


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def lead(cast, as_user):
    return as_user(cast.lead)


@pytest.fixture
def address(cast):
    return reverse("caseload:record_trail", args=[cast.record.pk])


def happened(cast, by, action, *, at=NOW - timedelta(days=1), patient=None):
    audit.record_about(patient or cast.record, by, action, now=at)


def lines(response):
    """Without the look at this very page."""
    shown = response.context["lines"]
    return [line for line in shown if not where(line.event.page).startswith("who ")]


def did(response):
    return [say.did(line.event.action) for line in lines(response)]


def test_newest_first_with_name_role_and_time_by_the_clinics_clock(cast, lead, address):
    happened(cast, cast.clinician, Action.PLAN_PAUSED, at=datetime(2026, 5, 2, 9, tzinfo=UTC))
    happened(cast, cast.patient, Action.SESSION_LOGGED, at=datetime(2026, 5, 3, 9, tzinfo=UTC))
    page = lead.get(address)
    assert did(page) == ["logged a session", "paused the programme"]
    assertContains(page, "Priya Shah")
    assertContains(page, "Clinician")
    assertContains(page, "The patient’s own account")
    assertContains(page, "Sat 2 May 2026, 10:00")  # summer time in London


def test_the_lead_who_looks_at_it_is_on_it(cast, lead, address):
    lead.get(address)
    first = lead.get(address).context["lines"][0]
    assert (say.who(first.event), where(first.event.page)) == (
        str(cast.lead),
        "who has touched the record",
    )


def test_only_this_record(cast, lead, address):
    other = PatientFactory(clinic=cast.clinic, clinician=cast.clinician)
    happened(cast, cast.clinician, Action.PLAN_ENDED, patient=other)
    assert did(lead.get(address)) == []


def test_by_person_kind_action_and_days(cast, lead, address):
    early, late = datetime(2026, 5, 1, 22, 59, tzinfo=UTC), datetime(2026, 5, 1, 23, 0, tzinfo=UTC)
    happened(cast, cast.clinician, Action.PLAN_PAUSED, at=early)  # 23:59 on 1 May in London
    happened(cast, cast.colleague, Action.RECORD_PRINTED, at=late)  # 2 May there
    happened(cast, cast.patient, Action.SESSION_LOGGED, at=late)
    happened(cast, None, Action.REMINDERS_STOPPED, at=late)

    def found(**asked):
        return set(did(lead.get(address, asked)))

    assert found(who=cast.clinician.pk) == {"paused the programme"}
    assert found(who="patients") == {"logged a session"}
    assert found(who="nobody") == {"stopped reminders"}
    assert found(what="printed") == {"printed the handout"}
    assert found(what="plan_paused") == {"paused the programme"}
    assert found(until_on="2026-05-01") == {"paused the programme"}
    assert len(found(from_on="2026-05-02", until_on="2026-05-02")) == 3
    assertContains(
        lead.get(address, {"from_on": "2026-01-01", "until_on": "2026-01-02"}), "Nothing fits"
    )


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"from_on": "soon"}, "Write a date that exists"),
        ({"from_on": "0001-01-01"}, "Choose a later day."),
        ({"until_on": "9999-12-31"}, "Choose an earlier day."),
        (
            {"from_on": "2026-05-02", "until_on": "2026-05-01"},
            "The last day must come after the first.",
        ),
        ({"who": "the-moon"}, "Choose somebody from the list."),
        ({"what": "the-sea"}, "Choose from the list."),
    ],
)
@pytest.mark.parametrize("way", ["", "export/"])
def test_what_cannot_be_is_said_beside_the_field(cast, lead, address, asked, words, way):
    happened(cast, cast.clinician, Action.PLAN_PAUSED)
    page = lead.get(address + way, asked, follow=True)
    assertContains(page, words, status_code=422)
    for typed in asked.values():
        if typed not in {"the-moon", "the-sea"}:
            assertContains(page, typed, status_code=422)
    assert did(page) == []
    assert page.request["PATH_INFO"] == address  # where "Show" leads, too


@pytest.mark.parametrize(
    "mark", ["nonsense", "2026-05-01~x", "2026-05-01T10:00:00~" + "0" * 32, "\x00"]
)
def test_a_mark_that_is_none_shows_the_newest(cast, lead, address, mark):
    happened(cast, cast.clinician, Action.PLAN_PAUSED)
    assert did(lead.get(address, {"before": mark})) == ["paused the programme"]


def test_pages_of_fifty_lose_and_repeat_nothing(cast, lead, address):
    for number in range(120):  # many at the same moment
        happened(cast, cast.clinician, Action.PLAN_PAUSED, at=NOW - timedelta(hours=number // 40))
    seen, query = [], "what=plan_paused"
    while query:
        page = lead.get(f"{address}?{query}")
        assert len(page.context["lines"]) <= trail.PAGE
        seen += [line.at for line in page.context["lines"]]
        query = page.context.get("older", "")
        happened(cast, cast.clinician, Action.PLAN_PAUSED, at=NOW)  # more come meanwhile
    assert len(seen) == 120
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize("place", ["record", "clinic"])
def test_queries_do_not_grow(cast, lead, address, place, django_assert_num_queries):
    url, queries = {"record": (address, 9), "clinic": (CLINIC, 11)}[place]
    for many in (1, 30):
        for _ in range(many):
            other = PatientFactory(clinic=cast.clinic, clinician=cast.clinician)
            who = MembershipFactory(clinic=cast.clinic).user
            happened(cast, who, Action.PLAN_PAUSED, patient=other if place == "clinic" else None)
        lead.get(url)
        with django_assert_num_queries(queries):
            lead.get(url)


def test_the_clinics_page_says_about_whom_and_how_members_signed_in(cast, lead):
    stranger = MembershipFactory().user
    happened(cast, cast.clinician, Action.PLAN_PAUSED)
    audit.record(cast.clinician, Action.OWN_NAME_CHANGED, cast.clinician, clinic=None, now=NOW)
    audit.record(None, Action.OPERATOR_MADE, cast.colleague, clinic=None, now=NOW)
    audit.record(stranger, Action.OWN_NAME_CHANGED, stranger, clinic=None, now=NOW)
    page = lead.get(CLINIC)
    assert [(say.who(line.event), line.patient) for line in lines(page)] == [
        (say.who(line.event), line.patient)
        for line in sorted(lines(page), key=lambda line: -line.at.timestamp())
    ]
    assert Action.PLAN_PAUSED.label in did(page)
    assert did(page).count(Action.OWN_NAME_CHANGED.label) == 1
    assert "made somebody an operator" in did(page)
    assertContains(page, f"/patients/{cast.record.pk}/")
    assertNotContains(page, str(stranger))
    assertNotContains(lead.get(CLINIC, {"patient": "Nobody of this name"}), cast.record.name + "<")
    assert did(lead.get(CLINIC, {"patient": "sam reed"})) == [Action.PLAN_PAUSED.label]
    assert did(lead.get(CLINIC, {"patient": "sam\u200d re\u00aded"})) == [Action.PLAN_PAUSED.label]


def test_whom_the_clinics_page_names_is_written_down(cast, lead):
    happened(cast, cast.clinician, Action.PLAN_PAUSED)
    lead.get(CLINIC)
    [row] = AuditEvent.objects.filter(action="record_listed")
    assert (row.actor, row.patient_id) == (cast.lead, cast.record.pk)


def test_who_leads_two_clinics_sees_one_at_a_time(cast, lead):
    second = MembershipFactory(user=cast.lead, role=Membership.Role.LEAD, clinic__name="Zoo").clinic
    there = PatientFactory(clinic=second)
    happened(cast, cast.clinician, Action.PLAN_PAUSED)
    happened(cast, there.clinician, Action.PLAN_ENDED, patient=there)
    assert Action.PLAN_ENDED.label not in did(lead.get(CLINIC))
    assert Action.PLAN_ENDED.label in did(lead.get(CLINIC, {"clinic": second.pk}))
    assert Action.PLAN_ENDED.label not in did(lead.get(CLINIC, {"clinic": "nonsense"}))


def saved(response) -> list[list[str]]:
    text = response.getvalue().decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_saved_as_a_table_what_is_asked_for_and_that_is_written_too(cast, lead, address):
    happened(cast, cast.clinician, Action.PLAN_PAUSED)
    happened(cast, cast.colleague, Action.PLAN_RESUMED)
    response = lead.get(f"{address}export/", {"who": cast.clinician.pk})
    assert response["Content-Disposition"] == 'attachment; filename="who-did-what-2026-05-04.csv"'
    assert response.streaming
    head, row = saved(response)
    assert head[:7] == ["When", "Who", "Role", "Kind", "What", "Where", "Patient"]
    assert head[7:] == ["Whom or what", "Action", "Page", "Request"]
    assert row[:5] == [
        "2026-05-03T11:00:00+01:00",
        "Priya Shah",
        "Clinician",
        "changed",
        "paused the programme",
    ]
    assert row[6:9] == ["Sam Reed", "", "plan_paused"]
    [event] = AuditEvent.objects.filter(action="record_trail_exported")
    assert (event.actor, event.patient_id) == (cast.lead, cast.record.pk)


def test_the_clinics_table_and_whom_it_names_are_written_down(cast, lead):
    happened(cast, cast.clinician, Action.PLAN_PAUSED)
    rows = saved(lead.get(f"{CLINIC}export/", {"what": "plan_paused"}))
    assert [row[6] for row in rows] == ["Patient", "Sam Reed"]
    assert AuditEvent.objects.filter(action="clinic_trail_exported", actor=cast.lead).count() == 1
    assert AuditEvent.objects.filter(action="record_listed", patient_id=cast.record.pk).exists()


@pytest.mark.parametrize("start", [*"=+-@\t\r", *"＝＋－＠", *"﹦﹢﹣﹫⁺"])
def test_no_cell_is_a_formula(cast, lead, start):
    name = f"{start}HYPERLINK(A1)"
    assert safe(name) == f"'{name}"
    User.objects.filter(pk=cast.clinician.pk).update(name=name)
    Patient.objects.filter(pk=cast.record.pk).update(name=name)
    happened(cast, cast.clinician, Action.PLAN_PAUSED)
    [_head, row] = saved(lead.get(f"{CLINIC}export/", {"what": "plan_paused"}))
    assert (row[1], row[6]) == (f"'{name}", f"'{name}")


def test_names_in_lists_are_shown_when_asked_for(cast, lead, address):
    happened(cast, cast.clinician, Action.RECORD_LISTED)
    assert did(lead.get(address)) == did(lead.get(CLINIC)) == []
    for asked in ("everything", "looked", "record_listed"):
        assert did(lead.get(address, {"what": asked}))[-1] == "saw the name in a list"


def test_every_page_that_shows_a_record_has_words():
    pages = {key.split()[1] for key in OPENS_RECORD | LISTS_NAMES}
    assert pages - set(PAGES) == set()
    assert where("programmes:edit") == "programme"
    assert where("") == ""


def test_an_empty_trail_says_what_will_stand_there(cast, lead, address, monkeypatch):
    monkeypatch.setattr(audit, "record_opened", lambda *args, **kwargs: None)
    assertContains(lead.get(address), "Nothing is written down yet")


@pytest.mark.parametrize("way", ["", "export/"])
def test_who_leads_only_another_clinic_reads_no_trail_here(cast, as_user, address, way):
    MembershipFactory(user=cast.colleague, role=Membership.Role.LEAD)
    assert as_user(cast.colleague).get(address + way).status_code == 404
    assert not AuditEvent.objects.filter(action="record_read").exists()
    happened(cast, cast.clinician, Action.PLAN_PAUSED)
    elsewhere = as_user(cast.colleague).get(CLINIC, {"clinic": cast.clinic.pk})
    assert Action.PLAN_PAUSED.label not in did(elsewhere)


def test_the_way_there_is_shown_to_leads_only(cast, as_user, address):
    record = reverse("caseload:record", args=[cast.record.pk])
    assertContains(as_user(cast.lead).get(record), address)
    assertNotContains(as_user(cast.clinician).get(record), address)
    assertContains(as_user(cast.lead).get("/settings/"), CLINIC)
    assertNotContains(as_user(cast.clinician).get("/settings/"), CLINIC)


@pytest.mark.parametrize(
    "mark",
    [
        *("", "~", "nonsense", "2026-03-02T09:00:00+00:00~", "2026-03-02~nonsense"),
        # What Python takes for a moment and the database does not.
        "0001-01-01T00:00:00+23:59~00000000-0000-0000-0000-000000000000",
        "9999-12-31T23:59:59-23:59~00000000-0000-0000-0000-000000000000",
        "2026-03-02T09:00:00+23:59:59.999999~00000000-0000-0000-0000-000000000000",
        "\x00~\x00",
    ],
)
def test_a_mark_that_is_none_shows_a_page_all_the_same(cast, lead, mark):
    for address in (
        reverse("caseload:record_trail", args=[cast.record.pk]),
        reverse("caseload:clinic_trail"),
    ):
        assert lead.get(address, {"before": mark}).status_code == 200


@pytest.mark.parametrize("name", ["record_trail_export", "clinic_trail_export"])
def test_asking_for_the_head_of_a_file_saves_nothing(cast, lead, name):
    args = [cast.record.pk] if name.startswith("record") else []
    assert lead.head(reverse(f"caseload:{name}", args=args)).status_code == 405
    assert not AuditEvent.objects.filter(action__endswith="trail_exported").exists()
