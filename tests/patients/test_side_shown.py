"""“Right leg” shows the right leg at work, with its letter: on every page, and on paper."""

import re

import pytest
import time_machine
from django.urls import reverse

from programmes import services
from tests.exercises.drawn import STEPS, lying
from tests.factories import LONG_AGO, ExerciseVersionFactory, ProgrammeFactory
from tests.patients.scene import NOW, items_of, running
from tests.pdf import Read
from tests.programmes.conftest import HTMX, dose_of
from tests.programmes.sprites import with_pictures

pytestmark = pytest.mark.django_db
FLIP = 'transform="matrix(-1 0 0 1'  # drawn for the right leg, mirrored for the left
PHASES = ["set_up"] * 4 + ["move", "hold"]
MUSCLE_SIGN = 'viewBox="0 0 28 12"'  # next to the words of what the coloured muscle does
LETTER = re.compile(r">([LR])</text>")


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    """``plan("left")``: a running programme with one drawn exercise of that side."""

    def made(side):
        version = ExerciseVersionFactory(figure=lying(), steps=STEPS, phases=PHASES)
        return running({"exercise_version": version, "side": side})

    return made


def edited(plan):
    draft = services.create(plan.patient.clinic, title="New", by=plan.patient.clinician, now=NOW)
    [item] = items_of(plan)
    added = services.add_item(draft, item.exercise_version, by=plan.patient.clinician, now=NOW)
    added.side = item.side
    added.save()
    return added


def template(plan):
    programme = ProgrammeFactory(clinic=plan.patient.clinic, created_by=plan.patient.clinician)
    [item] = items_of(plan)
    added = services.add_item(programme, item.exercise_version, by=programme.created_by, now=NOW)
    added.side = item.side
    added.save()
    services.publish(programme, by=programme.created_by, now=LONG_AGO)
    return programme


PLACES = {
    "today": lambda plan: reverse("today:today"),
    "item": lambda plan: reverse("today:item", args=[items_of(plan)[0].pk]),
    "record": lambda plan: reverse("caseload:record", args=[plan.patient.pk]),
    "builder": lambda plan: reverse("programmes:edit", args=[edited(plan).programme_id]),
    "preview": lambda plan: reverse("programmes:preview", args=[edited(plan).programme_id]),
    "programme": lambda plan: reverse("programmes:edit", args=[template(plan).pk]),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("side", "letters", "flips"),
    [("right", {"R"}, False), ("left", {"L"}, True), ("both", set(), False)],
)
def test_the_side_is_drawn_and_lettered(as_user, plan, place, side, letters, flips):
    made = plan(side)
    patient = made.patient
    user = patient.user if place in ("today", "item") else patient.clinician
    client = as_user(user)
    page = client.get(PLACES[place](made), follow=True).content.decode()
    page = with_pictures(page, client)
    pictures = page.count('<svg class="drawing"') - page.count(MUSCLE_SIGN)
    pictures -= place == "builder"  # the one to add again
    assert pictures
    assert set(LETTER.findall(page)) == letters
    assert page.count(FLIP) == (pictures if flips else 0)
    if letters:
        assert len(LETTER.findall(page)) == pictures


def test_another_side_chosen_in_the_builder_changes_the_picture_beside_it(as_user, plan):
    made = plan("right")
    item = edited(made)
    client = as_user(made.patient.clinician)
    response = client.post(
        reverse("programmes:change_item", args=[item.programme_id, item.pk]),
        dose_of(item, side="left"),
        headers=HTMX,
    )
    page = with_pictures(response.content.decode(), client)
    start = page.index(f'id="item-{item.pk}-figure" hx-swap-oob="true"')
    assert LETTER.search(page, start)[1] == "L"


@pytest.mark.parametrize("form", ["long", "compact"])
@pytest.mark.parametrize(("side", "letter"), [("right", "R"), ("left", "L"), ("both", "")])
def test_the_handout_letters_the_side_and_says_how_long_beside_the_hold(
    as_user, plan, form, side, letter
):
    made = plan(side)
    address = reverse("caseload:handout", args=[made.patient.pk])
    response = as_user(made.patient.clinician).get(address, {"form": form})
    handout = Read(response.content)
    assert handout.is_accessible
    assert (handout.mirrored > 0) is (side == "left")
    assert bool(letter) is bool({"L", "R"} & set(handout.text.split()))
    if letter:
        assert letter in handout.text.split()
    assert "20–30 s" in handout.text
