"""The library's pages: who may read them, what they show, and what they cost."""

import pytest
from django.test import Client
from django.urls import reverse

from exercises import library
from exercises.models import ExerciseVersion
from exercises.search import find
from exercises.services import loading
from tests.factories import (
    LONG_AGO,
    ClinicFactory,
    ExerciseFactory,
    ExerciseVersionFactory,
    MembershipFactory,
)

pytestmark = pytest.mark.django_db

LIST = "/exercises/"
FOUNDING = "/exercises/lying-hamstring-stretch/"


@pytest.fixture
def shipped():
    loading.load(library.read(), now=LONG_AGO)


@pytest.fixture
def staff(as_user):
    return as_user(MembershipFactory().user)


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("address", [LIST, FOUNDING])
def test_who_may_read(shipped, cast, as_user, address):
    response = Client().get(address)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
    for person in (cast.patient, cast.deactivated, cast.stranger):
        assert as_user(person).get(address).status_code == 404
    for person in (cast.clinician, cast.lead, cast.other_clinician):
        assert as_user(person).get(address).status_code == 200


def test_a_page_is_only_read(staff, shipped):
    assert staff.post(LIST).status_code == 405
    assert staff.post(FOUNDING).status_code == 405


def test_another_clinics_exercise_is_nowhere(staff, shipped):
    ExerciseVersionFactory(
        name="Secret move", exercise__slug="secret", exercise__clinic=ClinicFactory()
    )
    assert staff.get("/exercises/secret/").status_code == 404
    assert "Secret move" not in text(staff.get(LIST))


def test_a_clinics_own_exercise_stands_in_place_of_the_shared_one(as_user, shipped):
    membership = MembershipFactory()
    own = ExerciseFactory(slug="lying-hamstring-stretch", clinic=membership.clinic)
    ExerciseVersionFactory(exercise=own, name="Our hamstring stretch")
    client = as_user(membership.user)
    assert "Our hamstring stretch" in text(client.get(FOUNDING))
    listed = text(client.get(LIST))
    assert "Our hamstring stretch" in listed
    assert "Lying hamstring stretch" not in listed
    assert "Our hamstring stretch" in text(client.get("/exercises/doorway-hamstring-stretch/"))
    assert "Doorway hamstring stretch" in text(client.get(FOUNDING))
    assert "Lying hamstring stretch" in text(as_user(MembershipFactory().user).get(FOUNDING))


def test_an_archived_exercise_is_no_longer_offered(staff):
    ExerciseVersionFactory(exercise__slug="gone", exercise__archived_at=LONG_AGO)
    assert staff.get("/exercises/gone/").status_code == 404
    assert "No exercise found" in text(staff.get(LIST))


@pytest.mark.parametrize(
    ("query", "seen", "unseen"),
    [
        ("q=hamsting", "Lying hamstring stretch", "Pelvic tilt"),
        ("kind=control", "Pelvic tilt", "Lying hamstring stretch"),
        ("q=tummy&kind=control", "Tummy tightening", "Lying hamstring stretch"),
        ("q=tummy&kind=stretch", "No exercise found", "Tummy tightening"),
        ("kind=yoga", "Pelvic tilt", "No exercise found"),
        ("page=99", "Pelvic tilt", "No exercise found"),
        ("page=x", "Pelvic tilt", "No exercise found"),
        ("q=zzzz", "No exercise found", "Pelvic tilt"),
        ("q=%00", "Pelvic tilt", "No exercise found"),
        ("q=' OR 1=1 --", "No exercise found", "Pelvic tilt"),
        (f"q={'x' * 5000}", "No exercise found", "Pelvic tilt"),
    ],
)
def test_the_address_holds_the_search(staff, shipped, query, seen, unseen):
    response = staff.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert seen in text(response)
    assert unseen not in text(response)


def test_kinds_are_links_that_keep_the_words(staff, shipped):
    page = text(staff.get(f"{LIST}?q=back&kind=control&page=2"))
    stretches = find(ExerciseVersion.objects.current().of_kind("stretch"), "back").count()
    chip = f'>Stretch <span class="chip__count">{stretches}</span>'
    assert f'href="?q=back&amp;kind=stretch"{chip}' in page
    assert 'aria-current="true" href="?q=back&amp;kind=control">' in page
    assert 'href="?q=back">All</a>' in page
    assert 'name="kind" value="control"' in page


def test_what_was_typed_stays_and_is_never_markup(staff, shipped):
    page = text(staff.get(LIST, {"q": '"><script>alert(1)</script>'}))
    assert "<script>alert" not in page
    assert "&quot;&gt;&lt;script&gt;" in page


def test_a_card_tells_enough_to_choose(staff, shipped):
    page = text(staff.get(f"{LIST}?q=lying"))
    assert f'href="{FOUNDING}">Lying hamstring stretch</a>' in page
    assert "A very gentle stretch for the back of the thigh" in page
    assert "20–30 s × 2–3, 2–3 a day" in page
    assert 'role="img" aria-label="A person lies on their back.' in page
    assert "Not yet reviewed by a physiotherapist" in page
    assert "CC BY 4.0" in page


def test_many_exercises_come_in_pages(staff):
    ExerciseVersionFactory.create_batch(30)
    first, second = (text(staff.get(f"{LIST}?kind=stretch&page={page}")) for page in (1, 2))
    assert first.count('class="tile"') == 24
    assert second.count('class="tile"') == 6
    assert "?kind=stretch&amp;page=2" in first
    assert 'role="status"> 30 exercises </p>' in first


@pytest.mark.parametrize("query", ["", "?q=stretch", "?q=stretch&kind=stretch"])
def test_list_queries_do_not_grow(staff, django_assert_num_queries, query):
    ExerciseVersionFactory(name="Stretch")
    staff.get(LIST)
    # session, person, two for the roles; kinds, count, exercises; with words: are there any?
    for more in (0, 19):
        ExerciseVersionFactory.create_batch(more)
        with django_assert_num_queries(8 if query else 7):
            response = staff.get(f"{LIST}{query}")
        assert text(response).count('class="tile"') == 1 + more
