"""The running programme as a PDF: by its own addresses, read back."""

import re
import shutil
import unicodedata
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from pytest_django.asserts import assertContains

from accounts.models import AuditEvent
from exercises import library
from exercises.models import ExerciseVersion
from exercises.services import loading
from patients.models import Patient
from patients.services import plans
from programmes.safety import ADVICE, EMERGENCY, when_to_get_help, when_to_stop
from tests.exercises.drawn import STEPS, lying
from tests.exercises.photos import draft_of, publish, with_photos
from tests.factories import (
    LONG_AGO,
    ClinicFactory,
    ExerciseVersionFactory,
    PatientFactory,
    SignatureFactory,
)
from tests.patients.scene import DAY, NOW, TODAY, patient_without_email, running
from tests.pdf import Read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


def drawn(**fields):
    return ExerciseVersionFactory(figure=lying(), steps=STEPS, **fields)


@pytest.fixture
def printed(as_user):
    """``printed(plan)``: what its clinician prints, read back."""

    def read(plan) -> Read:
        address = reverse("caseload:handout", args=[plan.patient.pk])
        return Read(as_user(plan.patient.clinician).get(address, {"form": "long"}).content)

    return read


def test_all_that_belongs_on_it(printed):
    patient = PatientFactory(name="Sam Reed", clinic__name="Riverside")
    version = drawn(
        name="Leg up",
        feel="A gentle stretch.",
        cautions=["Do not push.", "Keep breathing out."],
        on_paper="A gentle stretch that may help.",
        precautions=["THR", "HERNIA"],
    )
    plan = running({"exercise_version": version, "note": "Slowly.\nTwice."}, patient=patient)
    handout = printed(plan)
    wanted = [
        *("Exercises for Sam", "Stop if it hurts", "1. Leg up"),
        "Hold for 20 to 30 seconds. Do this 2 or 3 times. Right leg.",
        *("2 or 3 times a day.", "A gentle stretch that may help.", "Note for you Slowly. Twice."),
        *STEPS,
        *("What you should feel A gentle stretch.", "Do not push."),
        "Ask first if • you have a new hip (hip replacement) • you have a hernia",
        *(f"Chosen for you by {patient.clinician}, clinician at",),
        "Riverside, on 4 May 2026.",
        *("Tick off your sessions", "Call 999", "Call 111"),
    ]
    for words in wanted:
        assert words in handout.text
    last = len(handout.pages)
    for number, page in enumerate(handout.pages, start=1):
        assert f"Riverside · 4 May 2026 Page {number} of {last}" in page


@pytest.mark.parametrize("signed", [True, False])
def test_whether_it_is_reviewed_is_for_staff(printed, cast, signed):
    version = drawn()
    if signed:
        SignatureFactory(version=version, clinic=cast.clinic)
    handout = printed(running({"exercise_version": version}))
    assert "reviewed" not in handout.text.lower()


def test_without_a_sentence_of_its_own_the_summary_tells_it(printed):
    handout = printed(running({"exercise_version": drawn(summary="It is a very gentle one.")}))
    assert "It is a very gentle one." in handout.text


@pytest.mark.parametrize(("flexes", "is_told"), [("backward", True), ("forward", False)])
def test_bending_backwards_stops_when_both_legs_go_weak(printed, flexes, is_told):
    one, other = drawn(name="One"), drawn(name="Other", flexes=flexes)
    handout = printed(running({"exercise_version": one}, {"exercise_version": other}))
    assert ("Stop if both legs ache, go numb or go weak." in handout.text) is is_told


def test_the_whole_library_on_paper_has_no_invisible_character(printed):
    """What is copied from it can be searched for."""
    loading.load(library.read(), now=LONG_AGO)
    versions = ExerciseVersion.objects.current().order_by("name")
    handout = printed(running(*({"exercise_version": version} for version in versions)))
    text = "".join(page.extract_text() for page in handout.reader.pages).replace("\n", "")
    assert {c for c in text if c != " " and unicodedata.category(c)[0] in "CZ"} == set()


def test_for_a_screen_reader(printed):
    handout = printed(running({"exercise_version": drawn()}))
    assert handout.is_accessible
    assert handout.root["/Lang"] == "en-GB"
    assert handout.root["/MarkInfo"]["/Marked"]
    assert handout.reader.metadata.title.startswith("Exercises for")
    said = [frame["says"] for frame in lying()["frames"]]
    assert set(handout.picture_words) == set(said)


@pytest.mark.parametrize(
    ("side", "kind", "words"),
    [
        ("both", "leg", "Do this 2 or 3 times with each leg. 2 or 3 times a day."),
        ("both", "arm", "Do this 2 or 3 times with each arm. 2 or 3 times a day."),
        ("both", "side", "Do this 2 or 3 times on each side. 2 or 3 times a day."),
        ("left", "arm", "Do this 2 or 3 times. Left arm. 2 or 3 times a day."),
        ("right", "side", "Do this 2 or 3 times. Right side. 2 or 3 times a day."),
    ],
)
def test_each_leg_arm_or_side_is_said_with_the_dose(printed, side, kind, words):
    item = {"exercise_version": drawn(side_kind=kind), "side": side}
    assert words in printed(running(item)).text


def test_the_minutes_are_those_of_the_sessions_in_turn(printed):
    """Two stretches of 75 seconds, one of them once a day: 150 seconds, then 75."""
    once = {"per_day_min": 1, "per_day_max": 1}
    differing = printed(running({}, once))
    assert "About 3 min, then 2 min · 2 exercises" in differing.text
    assert "Once a day." in differing.text
    assert "2 or 3 times a day." in differing.text
    assert "About 3 min, 2 or 3 times a day · 2 exercises" in printed(running({}, {})).text


@pytest.mark.parametrize(
    ("side", "is_mirrored"), [("left", True), ("right", False), ("both", False)]
)
def test_the_side_it_is_done_on(printed, side, is_mirrored):
    handout = printed(running({"exercise_version": drawn(), "side": side}))
    assert (handout.mirrored > 0) is is_mirrored


def test_photos_of_the_version_that_was_given(printed, own_photos):
    patient = PatientFactory()
    draft = draft_of(patient.clinic)
    with_photos(draft, "One leg up", "Both legs up")
    publish(draft)
    plan = running({"exercise_version": draft}, patient=patient)
    handout = printed(plan)
    assert handout.photos == [(80, 60)]  # the same pixels twice are stored once
    assert handout.picture_words == ["One leg up", "Both legs up"]
    shutil.rmtree(own_photos)
    assert printed(plan).photos == []


def test_nobody_reads_more_than_they_may(cast, as_user):
    """The sweep of all addresses asks the others."""
    running(patient=PatientFactory(user=cast.other_patient))
    own = as_user(cast.patient).get(reverse("today:own_handout"))
    assert "Exercises for Sam" in Read(own.content).text
    others = as_user(cast.patient).get(reverse("caseload:handout", args=[cast.record.pk]))
    assert others.status_code == 404


def test_neutral_and_kept_by_nobody(cast, as_user):
    address = reverse("today:own_handout")
    assert address == "/today/exercises.pdf"
    response = as_user(cast.patient).get(address)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="exercises.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_an_installed_app_gets_it_as_a_file(cast, as_user):
    """Where it would take the place of the page, and there is no way back."""
    response = as_user(cast.patient).get(reverse("today:own_handout"), {"as": "file"})
    assert response["Content-Disposition"] == 'attachment; filename="exercises.pdf"'


def test_printing_is_in_the_audit_trail(cast, as_user):
    as_user(cast.colleague).get(reverse("caseload:handout", args=[cast.record.pk]))
    [event] = AuditEvent.objects.filter(action="record_printed")
    assert (event.actor, event.subject_id) == (cast.colleague, cast.record.pk)


def test_letters_that_cannot_be_printed_are_named_to_staff_and_patient(cast, as_user):
    Patient.objects.filter(pk=cast.record.pk).update(name="\U00012000 Reed", called="")
    address = reverse("caseload:handout", args=[cast.record.pk])
    staff, own = as_user(cast.clinician), as_user(cast.patient)
    for answer in (staff.get(address), own.get(reverse("today:own_handout"))):
        assertContains(answer, "These letters cannot be printed:")
        assertContains(answer, "\U00012000")
    assert not AuditEvent.objects.filter(action="record_printed").exists()
    for answer in (
        staff.get(address, {"boxes": "1"}),
        own.get(reverse("today:own_handout"), {"boxes": "1"}),
    ):
        assert answer["Content-Type"] == "application/pdf"
    assert AuditEvent.objects.filter(action="record_printed").count() == 1


def test_for_somebody_without_email(printed, as_user):
    plan = running(patient=patient_without_email(name="Ada Brown"))
    assert "Exercises for Ada" in printed(plan).text
    page = as_user(plan.patient.clinician).get(reverse("caseload:record", args=[plan.patient.pk]))
    assert reverse("caseload:handout", args=[plan.patient.pk]) in page.content.decode()


def test_the_patient_finds_it(as_user):
    patient = running().patient
    page = as_user(patient.user).get(reverse("today:today"))
    assert 'href="/today/exercises.pdf"' in page.content.decode()


def test_paused_is_still_printed(printed):
    plan = running()
    plans.pause(plan, from_on=TODAY, until_on=None, reason="", by=plan.patient.clinician, now=NOW)
    assert "1. " in printed(plan).text


def test_ended_is_still_printed(as_user):
    plan = running()
    plans.end(plan, reason="", by=plan.patient.clinician, now=NOW)
    staff, patient = as_user(plan.patient.clinician), as_user(plan.patient.user)
    address = reverse("caseload:handout", args=[plan.patient.pk])
    for answer in (staff.get(address), patient.get(reverse("today:own_handout"))):
        assert answer.status_code == 200
        text = Read(answer.content).text
        assert "This programme ended on 4 May 2026." in text
        assert "Tick off your sessions" not in text


def test_without_any_programme_there_is_none(as_user):
    patient = as_user(PatientFactory().user)
    assert patient.get(reverse("today:own_handout")).status_code == 404


def test_a_start_still_to_come(printed):
    plan = running(starts_on=TODAY + 3 * DAY)
    assert "Start on Thursday 7 May." in printed(plan).text
    assert "Start on" not in printed(running()).text


def test_whose_date_it_is(printed, clock_hands):
    clock_hands.move_to(NOW + timedelta(hours=20))  # Tuesday in London, Monday evening there
    plan = running(patient=PatientFactory(time_zone="America/Los_Angeles"))
    assert "4 May 2026" in printed(plan).text


def test_as_many_queries_for_twenty_as_for_one(as_user):
    def queries(plan) -> int:
        client = as_user(plan.patient.clinician)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(reverse("caseload:handout", args=[plan.patient.pk]))
        assert answer.status_code == 200
        return len(captured)

    one = running({"exercise_version": drawn()})
    twenty = running(*[{"exercise_version": drawn()} for _ in range(20)])
    assert queries(one) == queries(twenty)


def test_twenty_exercises(printed):
    plan = running(*[{"exercise_version": drawn(name=f"Number {n}")} for n in range(1, 21)])
    text = printed(plan).text
    assert all(f"{n}. Number {n}" in text for n in range(1, 21))


def test_an_exercise_that_goes_on_overleaf_is_named_again(printed):
    steps = [f"Step {n} of many." for n in range(1, 40)]
    version = ExerciseVersionFactory(name="Leg up", figure=lying(), steps=steps, cautions=steps)
    pages = printed(running({"exercise_version": version})).pages
    begins = next(n for n, page in enumerate(pages) if "1. Leg up" in page)
    assert "continued" not in pages[begins]
    assert pages[begins + 1].startswith("1. Leg up, continued")


def test_paper_and_pages_say_the_same_of_warnings():
    clinic = ClinicFactory()
    page = render_to_string(
        "today/_when_to_get_help.html",
        {"clinic": clinic, "emergency_signs": EMERGENCY, "advice_signs": ADVICE},
    )
    calls = when_to_get_help(clinic)["calls"]
    signs = [sign for call in calls for sign in call["lines"]]
    assert re.findall("<li>(.*)</li>", page)[: len(signs)] == signs
    headings = [" ".join(words.split()) for words in re.findall("<h2>(.*?)</h2>", page, re.DOTALL)]
    assert headings[:2] == [escape(call["title"]) for call in calls]
    for bends in (True, False):
        page = render_to_string("exercises/_when_to_stop.html", {"bends_backwards": bends})
        paper = when_to_stop(bends_backwards=bends)
        assert re.findall("<p.*>(.*)</p>", page) == [paper["title"], *paper["lines"]]
