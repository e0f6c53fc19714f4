"""Narrowing down, and its numbers: always what counting one by one gives."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.models import ExerciseVersion, Favourite
from exercises.search import at_hand, facets
from exercises.search.facets import FACETS
from exercises.services import favourites
from tests.factories import (
    LONG_AGO,
    ClinicFactory,
    ExerciseVersionFactory,
    MembershipFactory,
    SignatureFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TAGS = {
    "region": ("regions", ["hip", "knee", "calf"]),
    "muscle": ("muscles", ["hamstrings", "piriformis"]),
    "condition": ("conditions", ["sciatica", "hip pain"]),
    "equipment": ("equipment", ["chair", "wall"]),
    "avoid": ("precautions", ["KNEE", "BAL"]),
}
POSITIONS = ["sitting", "standing"]
KINDS = ["stretch", "strength"]
VALUES = {
    **{facet: values for facet, (_column, values) in TAGS.items()},
    "position": POSITIONS,
    "kind": KINDS,
    "owner": ["mine", "clinic", "shared"],
    "kept": ["favourite", "recent"],
    "reviewed": ["yes", "no"],
}


def visible(user):
    return ExerciseVersion.objects.visible_to(user).current()


@pytest.fixture
def user():
    return MembershipFactory().user


def make(
    user,
    *,
    owner="shared",
    is_favourite=False,
    is_recent=False,
    is_signed=False,
    kind="stretch",
    **columns,
):
    clinic = None if owner == "shared" else user.clinics_as_staff().get()
    by = {"mine": user, "clinic": UserFactory()}.get(owner)
    version = ExerciseVersionFactory(
        exercise__clinic=clinic, exercise__created_by=by, exercise__kind=kind, **columns
    )
    if is_favourite:
        favourites.toggle_favourite(version.exercise, by=user)
    if is_recent:
        favourites.note_use(version.exercise, by=user, now=LONG_AGO)
    if is_signed:
        SignatureFactory(version=version, by=user, clinic=user.clinics_as_staff().get())
    return version


def tags_of(version, user) -> set[tuple[str, str]]:
    """Every facet's values of one exercise, worked out without the database's help."""
    tags = {
        (facet, value)
        for facet, (column, _all) in TAGS.items()
        for value in getattr(version, column)
    }
    tags |= {("kind", version.exercise.kind), ("position", version.position)}
    exercise = version.exercise
    tags.add(("owner", "shared" if exercise.clinic_id is None else "clinic"))
    if exercise.created_by_id == user.pk:
        tags.add(("owner", "mine"))
    if exercise.favourites.filter(user=user).exists():
        tags.add(("kept", "favourite"))
    if exercise.uses.filter(user=user).exists():
        tags.add(("kept", "recent"))
    ours = version.signatures.filter(clinic=user.clinics_as_staff().get(), withdrawn_at=None)
    tags.add(("reviewed", "yes" if ours.exists() else "no"))
    return tags


def lets_through(tags, chosen, *, but=""):
    for facet, values in chosen.items():
        some = any((facet, value) in tags for value in values)
        if facet != but and values and some == (facet == "avoid"):
            return False
    return True


def by_hand(tagged, chosen):
    """The total and each number: a facet's own choice does not bind its numbers."""
    numbers = Counter(
        (facet, value)
        for tags in tagged
        for facet, value in tags
        if lets_through(tags, chosen, but=facet)
    )
    return sum(lets_through(tags, chosen) for tags in tagged), numbers


def subsets(values):
    return st.lists(st.sampled_from(values), unique=True)


EXERCISES = st.lists(
    st.fixed_dictionaries(
        {
            **{column: subsets(values) for column, values in TAGS.values()},
            "position": st.sampled_from(POSITIONS),
            "kind": st.sampled_from(KINDS),
            "owner": st.sampled_from(["mine", "clinic", "shared"]),
            "is_favourite": st.booleans(),
            "is_recent": st.booleans(),
            "is_signed": st.booleans(),
        }
    ),
    max_size=6,
)
CHOICES = st.fixed_dictionaries({}, optional={name: subsets(all_) for name, all_ in VALUES.items()})


@settings(max_examples=60)
@given(exercises=EXERCISES, chosen=CHOICES)
def test_numbers_are_what_counting_one_by_one_gives(db, exercises, chosen):
    user = MembershipFactory().user
    ExerciseVersion.objects.all().delete()
    tagged = {}
    for columns in exercises:
        version = make(user, **columns)
        tagged[version.pk] = tags_of(version, user)
    total, numbers = by_hand(tagged.values(), chosen)
    counts = facets.count(visible(user), chosen, user=user)
    assert (counts.total, counts.of) == (total, numbers)
    left = set(facets.narrow(visible(user), chosen, user=user).values_list("pk", flat=True))
    assert left == {pk for pk, tags in tagged.items() if lets_through(tags, chosen)}


def test_any_value_of_a_facet_will_do_and_all_facets_must(user):
    hip = make(user, regions=["hip"], equipment=["chair"])
    knee = make(user, regions=["knee"], equipment=["wall"])
    make(user, regions=["calf"], equipment=["chair"])

    def left(**chosen):
        return set(facets.narrow(visible(user), chosen, user=user))

    assert left(region=["hip", "knee"]) == {hip, knee}
    assert left(region=["hip", "knee"], equipment=["chair"]) == {hip}
    assert left(region=["hip"], equipment=["wall"]) == set()


def test_what_is_avoided_hides(user):
    make(user, precautions=["KNEE", "BAL"])
    make(user, precautions=["BAL"])
    free = make(user, precautions=[])
    assert list(facets.narrow(visible(user), {"avoid": ["BAL"]}, user=user)) == [free]
    counts = facets.count(visible(user), {"avoid": ["BAL"]}, user=user)
    assert (counts.total, counts.of["avoid", "BAL"], counts.of["avoid", "KNEE"]) == (1, 2, 1)


def test_what_one_may_not_see_is_never_counted(user):
    make(user, regions=["hip"])
    other = ClinicFactory()
    ExerciseVersionFactory(exercise__clinic=other, regions=["hip", "knee"], name="Secret hip")
    make(user, regions=["hip"], published_at=None)
    ExerciseVersionFactory(exercise__archived_at=LONG_AGO, regions=["hip"])
    counts = facets.count(visible(user), {}, user=user)
    assert counts.total == counts.of["region", "hip"] == counts.of["owner", "shared"] == 1
    assert ("region", "knee") not in counts.of


def test_a_person_without_a_clinic_sees_and_counts_nothing():
    ExerciseVersionFactory()
    stranger = UserFactory()
    assert facets.count(visible(stranger), {}, user=stranger).total == 0


def test_a_mark_on_the_shared_exercise_holds_for_the_clinics_own(user):
    shared = make(user, is_favourite=True, is_recent=True)
    own = ExerciseVersionFactory(
        exercise__clinic=user.clinics_as_staff().get(), exercise__slug=shared.exercise.slug
    )
    chosen = {"kept": ["favourite"]}
    assert list(facets.narrow(visible(user), chosen, user=user)) == [own]
    counts = facets.count(visible(user), chosen, user=user)
    assert counts.of["kept", "favourite"] == counts.of["kept", "recent"] == counts.total == 1
    [version] = at_hand.with_favourites(visible(user), user)
    assert version.is_favourite
    assert favourites.toggle_favourite(own.exercise, by=user) is False
    assert not Favourite.objects.exists()


def test_a_colleagues_marks_are_not_mine(user):
    colleague = MembershipFactory(clinic=user.clinics_as_staff().get()).user
    make(colleague, is_favourite=True, is_recent=True)
    counts = facets.count(visible(user), {}, user=user)
    assert counts.of["kept", "favourite"] == counts.of["kept", "recent"] == 0


def test_only_the_latest_uses_are_recent(user):
    for hours in range(at_hand.RECENT + 3):
        version = make(user)
        favourites.note_use(version.exercise, by=user, now=LONG_AGO + timedelta(hours=hours))
    recent = {"kept": ["recent"]}
    assert facets.count(visible(user), recent, user=user).total == at_hand.RECENT
    first, *_others = at_hand.latest_first(facets.narrow(visible(user), recent, user=user), user)
    assert first == version


def test_using_again_moves_to_the_front(user):
    one, two = make(user), make(user)
    for hours, version in enumerate([one, two, one]):
        favourites.note_use(version.exercise, by=user, now=LONG_AGO + timedelta(hours=hours))
    assert [*at_hand.latest_first(visible(user), user)] == [one, two]
    assert one.exercise.uses.count() == 1


def test_what_is_at_hand_comes_first(user):
    make(user, name="A")
    recent = make(user, name="B", is_recent=True)
    favourite = make(user, name="C", is_favourite=True)
    assert [*at_hand.at_hand_first(visible(user), user)][:2] == [favourite, recent]


@pytest.mark.parametrize(
    "chosen", [{}, {"region": ["hip"], "kept": ["favourite"], "avoid": ["BAL"]}]
)
def test_all_numbers_cost_one_query(user, chosen, django_assert_num_queries):
    make(user, regions=["hip"], is_favourite=True)
    for _more in range(2):
        with django_assert_num_queries(1):
            facets.count(visible(user), chosen, user=user)
        ExerciseVersionFactory.create_batch(19, regions=["hip", "knee"])


def test_every_facet_has_its_words():
    assert {facet.name for facet in FACETS} == set(VALUES)
    for facet in FACETS:
        assert set(VALUES[facet.name]) <= set(facet.values.values)
