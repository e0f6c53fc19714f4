"""The page that goes on for ever: one file, by its own address, read back."""

import base64
import hashlib
import re
import shutil
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from exercises import library
from exercises.models import ExerciseVersion
from exercises.services import loading, photos
from patients.services import plans, signs
from programmes import handout, keepsake
from programmes.safety import when_to_get_help, when_to_stop
from tests.exercises.drawn import STEPS, lying
from tests.exercises.photos import draft_of, publish, taken, with_photos
from tests.factories import LONG_AGO, ExerciseVersionFactory, PatientFactory
from tests.patients.scene import DAY, NOW, TODAY, items_of, running

pytestmark = pytest.mark.django_db
KEEPSAKE = "/today/exercises.html"


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


def drawn(**fields):
    return ExerciseVersionFactory(figure=lying(), steps=STEPS, **fields)


@pytest.fixture
def saved(as_user):
    """``saved(plan)``: the file, as its patient saves it."""
    return lambda plan: as_user(plan.patient.user).get(KEEPSAKE).content.decode()


def words_of(html: str) -> str:
    body = re.sub(r"<(script|style)>.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub("<[^>]+>", " ", body)).split())


def boxes(html: str) -> list[int]:
    """How many there are to tick on each day of the first week."""
    week = html.partition('<section class="ticks__week">')[2].partition("</section>")[0]
    return [day.count("<input") for day in week.split("<li>")[1:]]


def test_all_that_belongs_in_it(saved):
    patient = PatientFactory(
        name="Sam Reed", clinic__name="Riverside", clinic__telephone="+442079460958"
    )
    version = drawn(name="Leg up", feel="A gentle stretch.", cautions=["Do not push."])
    plan = running({"exercise_version": version, "note": "Slowly.\nTwice."}, patient=patient)
    html = saved(plan)
    text = words_of(html)
    for words in [
        *("Exercises for Sam", "Riverside · 020 7946 0958", "1. Leg up"),
        "Hold for 20 to 30 seconds. Do this 2 or 3 times. Right leg.",
        *("2 or 3 times a day.", "Note for you: Slowly. Twice.", *STEPS),
        *("What you should feel: A gentle stretch.", "Take care Do not push."),
        f"Chosen for you by {patient.clinician}",
        "You saved this page on 4 May 2026. It does not change by itself.",
        "When your clinic changes your exercises, save it again.",
        *("Tick off your sessions", "Your clinic cannot see what you tick here.", "Week 4"),
    ]:
        assert words in text
    assert 'href="tel:+442079460958"' in html
    assert html.count('<svg class="drawing"') == 1 + len(STEPS)
    assert "data-motion=" in html


def test_it_says_when_to_stop_and_whom_to_call_as_the_handout_does(saved):
    plan = running({"exercise_version": drawn(flexes="backward")})
    text = words_of(saved(plan))
    stop, get_help = when_to_stop(bends_backwards=True), when_to_get_help(plan.patient.clinic)
    lines = [*stop["lines"], *(line for call in get_help["calls"] for line in call["lines"])]
    for line in [stop["title"], get_help["title"], *lines, *get_help["else"]["lines"]]:
        assert line in text


def test_it_says_of_pain_what_a_session_says(saved, as_user):
    plan = running()
    day = plan.days.get(on=TODAY)
    session = as_user(plan.patient.user).get(
        reverse("today:session", args=[day.pk, day.programme_id])
    )
    text, in_session = words_of(saved(plan)), words_of(session.content.decode())
    said = re.search(
        r"0 to 3 (.*?) 4 or 5 (.*?) 6 to 10 (.*?Then call your clinic before you go on\.)", text
    )
    for sentence in re.findall(r"[^.?]+[.?]", " ".join(said.groups())):
        assert sentence.strip().rstrip(".") in in_session


def test_it_asks_for_no_other_file_and_nothing_but_its_own_script_runs(saved):
    """The journey opens it with no network and counts what it asks for."""
    html = saved(running({"exercise_version": drawn()}))
    assert (
        re.findall(r'(?:src|href|action|poster|data)="(?!data:image/jpeg|tel:)[^"]*"', html) == []
    )
    assert re.findall(r"url\(|@import|@font-face", html) == []
    [style], [script] = (
        re.findall(f"<{it}>(.*?)</{it}>", html, re.DOTALL) for it in ("style", "script")
    )
    assert html.count("<script") == html.count("</script") == html.count("<style") == 1
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in (style, script)
    ]
    policy = unescape(re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)[1])
    assert policy == (
        f"default-src 'none'; style-src {hashes[0]}; script-src {hashes[1]}; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )
    assert html.index("http-equiv") < html.index("<style")
    assert not re.search(r"\s(on\w+|style)=", html.replace(style, "").replace(script, ""))


NASTY = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"


def test_whatever_somebody_wrote_is_text(saved):
    version = drawn(name=NASTY[:90], feel=NASTY, cautions=[NASTY], summary=NASTY)
    patient = PatientFactory(name=NASTY[:90], clinic__name=NASTY[:90])
    html = saved(running({"exercise_version": version, "note": NASTY}, patient=patient))
    assert html.count(escape(NASTY)) >= 3
    assert html.count("<script") == html.count("</script") == 1
    assert "<img" not in html


def test_the_file_is_neutral_and_kept_by_no_cache(cast, as_user):
    assert reverse("today:own_keepsake") == KEEPSAKE
    answer = as_user(cast.patient).get(KEEPSAKE)
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="exercises.html"'
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none';")


def test_there_is_none_while_a_sign_is_unchecked(as_user):
    plan = running({"exercise_version": drawn(name="Leg up")})
    signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    answer = as_user(plan.patient.user).get(KEEPSAKE)
    assert "Content-Disposition" not in answer
    assert "Stop: no exercises for now" in answer.content.decode()
    assert "Leg up" not in answer.content.decode()


def test_without_any_programme_there_is_none(as_user):
    assert as_user(PatientFactory().user).get(KEEPSAKE).status_code == 404


def test_a_programme_that_has_ended_is_saved_and_can_be_ticked_off(as_user, saved):
    plan = running()
    plans.end(plan, reason="", by=plan.patient.clinician, now=NOW)
    html = saved(plan)
    text = words_of(html)
    assert "This programme ended on 4 May 2026. Ask your clinic if you should still do it." in text
    assert "save it again" not in text
    assert boxes(html) == [3] * 7


@pytest.mark.parametrize("has_ended", [False, True])
def test_the_patient_finds_it_on_today(as_user, has_ended):
    plan = running()
    if has_ended:
        plans.end(plan, reason="", by=plan.patient.clinician, now=NOW)
    page = as_user(plan.patient.user).get(reverse("today:today")).content.decode()
    assert page.count(f'href="{KEEPSAKE}"') == 1


def test_the_patient_finds_it_by_their_progress(as_user):
    page = as_user(running().patient.user).get(reverse("today:progress"))
    assert f'href="{KEEPSAKE}"' in page.content.decode()


@pytest.mark.parametrize(
    ("dose", "ticks"),
    [
        ({"per_day_min": 1, "per_day_max": 2}, [2] * 7),
        ({"per_day_min": 1, "per_day_max": 1, "weekdays": [0, 2, 4]}, [1, 0, 1, 0, 1, 0, 0]),
        ({"per_day_min": 1, "per_day_max": 1, "every_days": 2}, [1] * 7),
    ],
    ids=["every day", "Monday, Wednesday, Friday", "every second day: said beside the exercise"],
)
def test_the_table_asks_for_what_the_programme_asks_for(saved, dose, ticks):
    assert boxes(saved(running(dose, starts_on=TODAY + 2 * DAY))) == ticks


def test_a_bonus_can_be_told_from_what_is_asked(saved):
    html = saved(running({"per_day_min": 2, "per_day_max": 3}))
    assert html.count('<label class="is-bonus">') == 4 * 7
    assert html.count('type="checkbox"') == 4 * 7 * 3


def test_photos_are_in_it_and_a_missing_one_is_left_out(saved, own_photos):
    patient = PatientFactory()
    draft = draft_of(patient.clinic)
    with_photos(draft, "One leg up", "Both legs up")
    publish(draft)
    plan = running({"exercise_version": draft}, patient=patient)
    found = re.findall(r'<img src="data:image/jpeg;base64,[^"]+" alt="([^"]+)"', saved(plan))
    assert found == ["One leg up", "Both legs up"]
    shutil.rmtree(own_photos)
    assert "<img" not in saved(plan)


@pytest.mark.parametrize(("room", "width"), [(300_000, 480), (0, 180)])
def test_photos_are_smaller_where_many_have_to_share_the_room(saved, monkeypatch, room, width):
    monkeypatch.setattr(keepsake, "ROOM_FOR_PHOTOS", room)
    patient = PatientFactory()
    draft = draft_of(patient.clinic)
    shown = [taken("One leg up", size=(1200, 900))]
    photos.add(draft, shown, by=patient.clinician, now=LONG_AGO)
    publish(draft)
    html = saved(running({"exercise_version": draft}, patient=patient))
    assert re.findall(r'alt="One leg up" width="(\d+)"', html) == [str(width)]


def test_ten_exercises_that_move_the_most_are_less_than_a_megabyte(saved):
    loading.load(library.read(), now=LONG_AGO)
    versions = ExerciseVersion.objects.current().exclude(figure={})
    largest = sorted(versions, key=lambda version: -len(str(version.figure)))[:10]
    html = saved(running(*({"exercise_version": version} for version in largest)))
    assert len(html.encode()) < 1_000_000
    assert html.count("data-motion=") == 10


def test_as_many_queries_for_twenty_as_for_one(as_user):
    def queries(plan) -> int:
        client = as_user(plan.patient.user)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(KEEPSAKE).status_code == 200
        return len(captured)

    one = running({"exercise_version": drawn()})
    twenty = running(*[{"exercise_version": drawn()} for _ in range(20)])
    assert queries(one) == queries(twenty)


def test_it_says_what_the_handout_says(saved):
    plan = running({"exercise_version": drawn(name="Leg up")})
    items = list(plan.programme.items.for_handout())
    about = handout.About(title="Exercises for Sam", clinic=plan.patient.clinic)
    text = words_of(saved(plan))
    facts = handout.facts(items, about, on=TODAY)
    [exercise] = facts["exercises"]
    assert len(items_of(plan)) == 1
    for words in (facts["summary"], exercise["dose"], exercise["often"], exercise["side"]):
        assert words in text
