"""The clinician's first page: filters in the address, pages, and a constant number of queries."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from caseload.words import reasons
from patients.models import Assignment, Patient
from patients.services import records
from tests.cast import Cast
from tests.factories import PatientFactory
from tests.patients.past import NOW, ago, lay, lay_days, session_on, with_plan

URL = "/patients/"
# Sign-in 2, roles 2; who comes first 2; the rows: reasons 4, days 1, words 1; who was seen 1.
QUERIES = 13
OPENED = {"open": "thresholds"}


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def physio(cast: Cast, as_user):
    Patient.objects.exclude(pk=cast.record.pk).delete()
    Assignment.objects.update(review_on=ago(-30))
    return as_user(cast.clinician)


def somebody(cast: Cast, name: str, *, needs_me: bool = False, **fields) -> Patient:
    fields = {"clinic": cast.clinic, "clinician": cast.clinician, **fields}
    patient = PatientFactory(name=name, **fields)
    assignment = with_plan(patient=patient, review_on=ago(1) if needs_me else ago(-30))
    lay(assignment, ago(1), done=1, pain=2)
    lay(assignment, ago(0), done=1)
    return patient


def names(response) -> list[str]:
    return [row.patient.name for row in response.context["page"]]


@pytest.mark.parametrize("number", [1, 20, 60])
def test_the_number_of_queries_is_the_same_for_any_number_of_patients(
    cast, physio, django_assert_num_queries, number
):
    for n in range(number):
        somebody(cast, f"Patient {n:02}", needs_me=n % 3 == 0)
    physio.get(URL)
    with django_assert_num_queries(QUERIES):
        response = physio.get(URL, {"who": "all"})
    assert response.context["page"].paginator.count == number + 1


def test_a_row_says_it_all(cast, physio):
    somebody(cast, "Tom Baker", needs_me=True)
    response = physio.get(URL)
    text = re.sub(r"<[^>]+>|\s+", " ", response.content.decode())
    text = re.sub(r"\s+", " ", text)
    for words in (
        "Tom Baker",
        "Review overdue by 1 day",
        "1 of 2–3",
        "Mon 4 May: 1 of 2–3",
        "1 of 2 sessions · 50 %",
        "2 of 10 Sun 3 May",
        "reported by the patient",
        "Review due Sun 3 May",
    ):
        assert words in text, words


@pytest.mark.parametrize(("asked_days", "judged"), [(3, False), (4, True)])
def test_nobody_is_judged_in_the_first_days(cast, physio, asked_days, judged):
    patient = PatientFactory(clinic=cast.clinic, clinician=cast.clinician, name="New")
    assignment = with_plan(patient=patient, review_on=ago(-30))
    lay_days(assignment, range(1, asked_days))
    lay(assignment, ago(asked_days), done=1)
    lay(assignment, ago(0))
    for page in (physio.get(URL, {"q": "New"}), physio.get(f"{URL}{patient.pk}/")):
        assertContains(page, f"1 of {2 * asked_days} sessions")
        assert ("struggling" in page.content.decode()) is judged


def test_no_heading_praises_what_a_row_calls_struggling(cast, physio):
    patient = PatientFactory(clinic=cast.clinic, clinician=cast.clinician, name="Low")
    assignment = with_plan(patient=patient, review_on=ago(-30))
    lay_days(assignment, (3, 4, 5))
    lay_days(assignment, (1, 2), done=1)
    page = physio.get(URL)
    assertContains(page, "struggling")
    assertContains(page, "Nothing asks for you")
    assertNotContains(page, "etting on with it")


def test_the_record_says_what_its_share_counts(cast, physio):
    patient = somebody(cast, "Tom Baker")
    page = physio.get(f"{URL}{patient.pk}/")
    assertContains(page, "1 of 2 sessions")
    assertContains(
        page, "1 of 2: a day counts up to the least it asked for; today once that is done."
    )


def test_a_row_that_asks_offers_one_action_and_the_latest_words(cast, physio):
    in_pain = somebody(cast, "Amira Khan")
    session_on(lay(in_pain.assignments.get(), ago(2)), note="An older note.")
    day = in_pain.assignments.get().days.get(on=ago(0))
    session_on(day, hour=8, pain_after=8, note="Worse. " * 40)
    calm = somebody(cast, "Calm Cole")
    session_on(calm.assignments.get().days.get(on=ago(0)), hour=8, note="All is well.")
    page = physio.get(URL)
    assertContains(page, f"/patients/{in_pain.pk}/reasons/?back=who%3Dmine", count=1)
    assertNotContains(page, f"/patients/{calm.pk}/reasons/")
    assertContains(page, "Mon 4 May: </span><q>Worse. Worse.")
    for left_out in ("Worse. " * 20, "An older note.", "All is well."):
        assertNotContains(page, left_out)
    assertContains(physio.get(f"{URL}{in_pain.pk}/"), ("Worse. " * 40).strip())


def test_each_kind_of_reason_offers_what_helps_with_it(cast, physio):
    told = somebody(cast, "Told")
    sign = told.warning_signs.create(told_by=told.user, told_at=NOW)
    overdue = somebody(cast, "Overdue", needs_me=True)
    page = physio.get(URL)
    assertContains(page, reverse("caseload:check_sign", args=[told.pk, sign.pk]))
    assertNotContains(page, reverse("caseload:deal_with", args=[told.pk]))
    assertContains(page, reverse("caseload:change_review", args=[overdue.pk]))


def test_an_invitation_sent_again_from_the_caseload_leads_back_there(cast, physio):
    waiting = PatientFactory(
        clinic=cast.clinic, clinician=cast.clinician, user=None, email="lena@example.org"
    )
    records.invite(waiting, by=cast.clinician, now=NOW - timedelta(4))
    invite = reverse("caseload:invite", args=[waiting.pk])
    assertContains(physio.get(URL, {"who": "all"}), f'action="{invite}"')
    sent = physio.post(invite, {"caseload": "who=all"})
    assert sent["Location"] == "/patients/?who=all"
    assertNotContains(physio.get(URL), "Invitation not accepted after 4")


@pytest.mark.parametrize(
    ("chosen", "is_open"),
    [({}, False), ({"who": "all"}, True), ({"show": "needs"}, True), ({"q": "Sam"}, True)],
)
def test_filters_are_folded_away_until_one_is_set(physio, chosen, is_open):
    page = physio.get(URL, chosen).content.decode()
    assert ('<details class="disclosure fold" open>' in page) is is_open


def test_what_raises_a_concern_is_said_when_it_is_opened(physio):
    closed = physio.get(URL, {"who": "all"})
    assertContains(closed, f'data-when-opened="{reverse("caseload:thresholds")}"')
    assertContains(closed, 'href="?who=all&amp;open=thresholds#thresholds"')
    fetched, opened = physio.get(reverse("caseload:thresholds")), physio.get(URL, OPENED)
    for words in reasons.thresholds():
        assertNotContains(closed, words)
        assertContains(fetched, words)
        assertContains(opened, words)
    assertNotContains(fetched, "<html")


def test_mine_or_everyone_in_the_clinic(cast, physio):
    somebody(cast, "Of a colleague", clinician=cast.colleague)
    PatientFactory(name="Of another clinic")
    assert names(physio.get(URL)) == ["Sam Reed"]
    assert names(physio.get(URL, {"who": "all"})) == ["Of a colleague", "Sam Reed"]


def test_needs_me_or_all(cast, physio):
    somebody(cast, "Calm")
    somebody(cast, "Overdue", needs_me=True)
    response = physio.get(URL)
    assert names(response) == ["Overdue", "Calm", "Sam Reed"]
    assertContains(response, '<span class="chip__count">3</span>', html=True)
    assert names(physio.get(URL, {"show": "needs"})) == ["Overdue"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ee", ["Sam Reed"]),
        ("SAM", ["Sam Reed"]),
        ("  Reed ", ["Sam Reed"]),
        ("Re\u00aded\u200b", ["Sam Reed"]),
        ("\u2067Sam\u00a0Reed\u2069", ["Sam Reed"]),
        ("\ufeff", ["Sam Reed"]),
        ("%", []),
        ("_", []),
        ("\x00", ["Sam Reed"]),
        ("Ünal 🌊", []),
        ("x" * 5000, []),
        ("'; drop table--", []),
    ],
    ids=ascii,
)
def test_search_by_name(cast, physio, typed, found):
    response = physio.get(URL, {"q": typed})
    assert response.status_code == 200
    assert names(response) == found


def test_search_by_what_they_are_called(cast, physio):
    Patient.objects.filter(pk=cast.record.pk).update(called="Billy")
    assert names(physio.get(URL, {"q": "bill"})) == ["Sam Reed"]
    assert names(physio.get(URL, {"q": "reed"})) == ["Sam Reed"]


@pytest.mark.parametrize("kept", ["Sam Re\u200ded", "Sam\u200c Reed"], ids=ascii)
def test_what_nobody_sees_in_a_name_does_not_hide_it(cast, physio, kept):
    Patient.objects.filter(pk=cast.record.pk).update(name=kept)
    assert names(physio.get(URL, {"q": "sam reed"})) == [kept]


@pytest.mark.parametrize("junk", [{"who": "them"}, {"show": "no"}, {"page": "x"}, {"page": "-1"}])
def test_an_address_with_nonsense_shows_the_first_choice(physio, junk):
    assert names(physio.get(URL, junk)) == ["Sam Reed"]


def test_filters_stay_in_the_address_of_every_link(cast, physio):
    for n in range(26):
        somebody(cast, f"Anna {n:02}", clinician=cast.colleague)
    response = physio.get(URL, {"who": "all", "q": "anna"})
    assert len(names(response)) == 25
    assertContains(response, 'href="?who=all&amp;q=anna&amp;page=2"')
    assertContains(response, 'href="?who=all&amp;show=needs&amp;q=anna"')
    assertContains(response, '<input type="hidden" name="who" value="all"')
    assert names(physio.get(URL, {"who": "all", "q": "anna", "page": 2})) == ["Anna 25"]


def test_empty_pages_say_what_to_do_next(physio, cast, as_user):
    assertContains(physio.get(URL, {"q": "nobody"}), "Nobody by that name")
    assertContains(physio.get(URL, {"show": "needs"}), "Nobody needs you right now")
    response = as_user(cast.colleague).get(URL)
    assertContains(response, "No patients here yet")
    assertContains(response, f'href="{reverse("caseload:create")}"')


def test_a_name_is_text_and_never_markup(cast, physio):
    somebody(cast, "<b>Bobby</b>")
    response = physio.get(URL)
    assertNotContains(response, "<b>Bobby")
    assertContains(response, "&lt;b&gt;Bobby")


def test_no_data_is_said_in_words(cast, physio):
    patient = PatientFactory(clinic=cast.clinic, clinician=cast.clinician, name="New")
    lay_days(with_plan(patient=patient), range(3), state="not_started")
    response = physio.get(URL, {"q": "New"})
    assertContains(response, "No data")
    assertNotContains(response, "0 %")


# Bytes and elements of a page before it is compressed, and of each row that asks for something.
PAGE, ROW = (15_500, 220), (1_550, 42)


@pytest.mark.parametrize("number", [1, 25])
def test_a_page_stays_as_light_as_it_is(cast, physio, number):
    for n in range(number):
        somebody(cast, f"Patient {n:02}", needs_me=True)
    body = physio.get(URL, {"show": "needs"}).content
    assert body.count(b"caseload__row--concern") == number
    nodes = len(re.findall(rb"<[a-z]", body))
    assert len(body) <= PAGE[0] + number * ROW[0]
    assert nodes <= PAGE[1] + number * ROW[1]
