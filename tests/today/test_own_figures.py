"""A patient sees the figures of what they were given, as they were given it."""

import re

import pytest
import time_machine
from django.urls import reverse

from patients.services import signs
from tests.exercises.drawn import STEPS, lying
from tests.factories import ExerciseVersionFactory, PatientFactory
from tests.patients.scene import NOW, items_of, running
from tests.programmes.sprites import used

pytestmark = pytest.mark.django_db
PHASES = ["set_up", "set_up", "set_up", "set_up", "move", "hold"]


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


def drawn(**fields):
    return {
        "exercise_version": ExerciseVersionFactory(
            figure=lying(), steps=STEPS, phases=PHASES, hold_seconds_min=20, hold_seconds_max=30
        )
    } | fields


def today(client):
    return client.get(reverse("today:today")).content.decode()


def page_of(client, item):
    return client.get(reverse("today:item", args=[item.pk])).content.decode()


def movement(page):
    [address] = re.findall(r'data-motion-url="([^"]+)"', page)
    return address


def test_today_and_the_page_of_an_exercise_take_their_pictures_from_one_file(as_user):
    plan = running(drawn(), drawn())
    client = as_user(plan.patient.user)
    first, second = items_of(plan)
    on_today, on_page = used(today(client)), used(page_of(client, second))
    next_one, *cards = [name for _at, name in on_today]
    assert next_one == f"p{first.position}"
    assert cards == [f"p{first.position}", f"p{second.position}"]
    assert [name for _at, name in on_page] == [f"p{second.position}-{n}" for n in range(1, 7)]
    [address] = {at for at, _name in (*on_today, *on_page)}
    response = client.get(address)
    assert response["Content-Type"] == "image/svg+xml"
    assert "immutable" in response["Cache-Control"]
    for _at, name in (*on_today, *on_page):
        assert f'<symbol id="{name}"' in response.content.decode()


def test_pages_are_smaller_than_with_their_pictures_in_them(as_user):
    plan = running(drawn(), drawn(), drawn())
    client = as_user(plan.patient.user)
    assert 'class="d-' not in today(client)
    inside = re.findall(r'viewBox="[^"]+" role="img"', page_of(client, items_of(plan)[0]))
    assert len(inside) == 1, "the picture that moves"


def test_the_movement_is_fetched_through_their_own_item(as_user):
    plan = running(drawn(side="left"))
    client = as_user(plan.patient.user)
    page = page_of(client, items_of(plan)[0])
    assert 'data-side="left" data-left="L" data-right="R"' in page
    assert movement(page).startswith(f"/today/items/{items_of(plan)[0].pk}/")
    response = client.get(movement(page))
    assert response.json()["side"] == "right", "as it is drawn; the script mirrors it"
    assert "immutable" in response["Cache-Control"]


def test_nobody_gets_another_s(as_user):
    theirs, own = running(drawn()), running(drawn())
    client = as_user(own.patient.user)
    page = page_of(as_user(theirs.patient.user), items_of(theirs)[0])
    for address in (movement(page), used(page)[0][0]):
        assert client.get(address).status_code == 404


def test_none_while_a_warning_sign_is_unchecked(as_user):
    plan = running(drawn())
    client = as_user(plan.patient.user)
    page = page_of(client, items_of(plan)[0])
    signs.tell(plan.patient, by=plan.patient.user, now=NOW)
    for address in (movement(page), used(page)[0][0]):
        assert client.get(address).status_code == 404


def test_with_two_records_and_none_chosen(as_user):
    """A picture cannot ask whose page it is on."""
    plan = running(drawn())
    client = as_user(plan.patient.user)
    address = used(today(client))[0][0]
    PatientFactory(user=plan.patient.user)
    assert client.get(address).status_code == 200


def test_the_hold_has_the_seconds_that_were_prescribed(as_user):
    plan = running(drawn(hold_seconds_min=10, hold_seconds_max=15))
    client = as_user(plan.patient.user)
    [item] = items_of(plan)
    on_today = client.get(reverse("today:how", args=[item.pk])).content.decode()
    for page in (page_of(client, item), on_today):
        labels = re.findall(r'<span class="phase">([^<]+)</span>', page)
        assert set(labels) == {"Set up", "Move", "Hold · 10–15 s"}
