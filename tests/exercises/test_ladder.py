"""The ladder: every exercise that leads to one and goes on from it, in order."""

import pytest

from accounts.models import User
from exercises import library
from exercises.ladder import ladder, reached
from exercises.models import Exercise, ExerciseVersion, Progression
from exercises.services import loading
from tests.factories import (
    LONG_AGO,
    ClinicFactory,
    ExerciseFactory,
    ExerciseVersionFactory,
    MembershipFactory,
)

pytestmark = pytest.mark.django_db

HAMSTRINGS = [
    "Lying hamstring stretch",
    "Doorway hamstring stretch",
    "Standing hamstring stretch",
    "Strap hamstring stretch",
    "Sitting hamstring stretch",
    "Two-chair hamstring stretch",
]


@pytest.fixture
def physio() -> User:
    return MembershipFactory().user


def written(name: str, clinic=None) -> Exercise:
    exercise = ExerciseFactory(slug=name.lower(), clinic=clinic)
    ExerciseVersionFactory(exercise=exercise, name=name)
    return exercise


def chain(*names: str) -> None:
    """Each one harder than the one before it; written where it is not there yet."""
    known = Exercise.objects.filter(clinic=None)
    steps = [known.filter(slug=name.lower()).first() or written(name) for name in names]
    for easier, harder in zip(steps, steps[1:], strict=False):
        Progression.objects.get_or_create(easier=easier, harder=harder)


def rungs(name: str, user: User) -> list[tuple[int, list[str]]]:
    version = ExerciseVersion.objects.visible_to(user).current().get(name=name)
    return [(rung.number, [v.name for v in rung.versions]) for rung in ladder(version, user=user)]


@pytest.mark.parametrize("name", HAMSTRINGS)
def test_the_whole_chain_from_each_of_its_rungs(physio, name):
    loading.load(library.read(), now=LONG_AGO)
    shown = rungs(name, physio)
    assert [names for _, names in shown] == [[name] for name in HAMSTRINGS]
    here = HAMSTRINGS.index(name)
    assert [number for number, _ in shown] == [n - here for n in range(len(HAMSTRINGS))]


def test_an_exercise_alone_has_no_ladder(physio):
    written("Bridge")
    assert rungs("Bridge", physio) == []


def test_branches_share_a_rung_by_name(physio):
    chain("Tilt", "Tighten", "Slide")
    chain("Tilt", "Bridge")
    assert rungs("Tilt", physio) == [(0, ["Tilt"]), (1, ["Bridge", "Tighten"]), (2, ["Slide"])]
    assert rungs("Bridge", physio) == [(-1, ["Tilt"]), (0, ["Bridge"])]


def test_a_short_way_does_not_pass_over_the_long_one(physio):
    chain("A", "B", "C")
    chain("A", "C")
    assert rungs("A", physio) == [(0, ["A"]), (1, ["B"]), (2, ["C"])]


def test_nobody_climbs_in_a_circle(physio):
    chain("A", "B", "C", "A")
    chain("C", "D")
    assert rungs("D", physio)[-1] == (0, ["D"])
    assert sorted(name for _, names in rungs("A", physio) for name in names) == list("ABCD")
    assert reached("a", {"a": {"b"}, "b": {"c"}, "c": {"b"}}) == {"b": 3, "c": 2}


def test_what_is_archived_is_no_rung(physio):
    chain("A", "B", "C")
    Exercise.objects.filter(slug="b").update(archived_at=LONG_AGO)
    assert [names for _, names in rungs("A", physio)] == [["A"], ["C"]]


def test_a_clinics_own_exercise_stands_in_the_shared_ones_place():
    membership = MembershipFactory()
    chain("A", "B", "C")
    own = ExerciseFactory(slug="b", clinic=membership.clinic)
    ExerciseVersionFactory(exercise=own, name="Our B")
    whole = [["A"], ["Our B"], ["C"]]
    assert [names for _, names in rungs("Our B", membership.user)] == whole
    assert [names for _, names in rungs("A", membership.user)] == whole
    assert [names for _, names in rungs("A", MembershipFactory().user)] == [["A"], ["B"], ["C"]]


def test_a_clinics_own_steps_are_its_own():
    membership = MembershipFactory()
    chain("A", "B")
    own = written("Ours", clinic=membership.clinic)
    Progression.objects.create(easier=Exercise.objects.get(slug="b"), harder=own)
    assert rungs("A", membership.user)[-1] == (2, ["Ours"])
    # not even by way of an exercise that happens to have the same slug
    other = MembershipFactory()
    written("Ours", clinic=other.clinic)
    assert rungs("A", other.user) == [(0, ["A"]), (1, ["B"])]


def test_two_clinics_of_one_person_fill_one_rung_once():
    person = MembershipFactory().user
    second = MembershipFactory(user=person).clinic
    chain("A", "B")
    for clinic in (person.memberships.exclude(clinic=second).get().clinic, second):
        written("B", clinic=clinic)
    assert [names for _, names in rungs("A", person)] == [["A"], ["B"]]


@pytest.mark.parametrize("many", [1, 20])
def test_two_queries_for_any_number_of_rungs(physio, django_assert_num_queries, many):
    chain("A", *(f"Rung {n}" for n in range(many)))
    written("Elsewhere", clinic=ClinicFactory())
    version = ExerciseVersion.objects.select_related("exercise").get(name="A")
    with django_assert_num_queries(2):
        shown = ladder(version, user=physio)
        assert [v.exercise.slug for rung in shown for v in rung.versions][0] == "a"
    assert len(shown) == 1 + many
