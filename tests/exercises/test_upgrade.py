"""A database from before drafts and tags comes along with what was published in it."""

import pytest

from exercises.models import ExerciseVersion, Signature
from exercises.search import find
from exercises.words.dose import instructions
from tests.factories import LONG_AGO, MembershipFactory
from tests.owner import migrate, newest

pytestmark = pytest.mark.django_db(transaction=True)
OLD = [("exercises", "0003_known_values")]


@pytest.fixture
def old_apps():
    """The models as they were; the newest ones are back afterwards."""
    yield migrate(OLD)
    migrate(newest())


def forwards():
    migrate(newest())


def published_then(apps, **words):
    exercise = apps.get_model("exercises", "Exercise").objects.create(slug="old", kind="stretch")
    return apps.get_model("exercises", "ExerciseVersion").objects.create(
        exercise=exercise,
        number=1,
        name="Doorway stretch",
        summary="Stretch the back of the thigh.",
        steps=["Lie down in a doorway."],
        dose_kind="hold",
        hold_seconds_min=20,
        hold_seconds_max=30,
        repetitions_min=2,
        repetitions_max=3,
        per_day_min=1,
        per_day_max=1,
        dose_basis="source",
        source="A leaflet.",
        content_hash="0" * 64,
        published_at=LONG_AGO,
        **words,
    )


def now_published(apps, slug, *, clinic_id=None, **words):
    """As versions were when one signature held for everyone."""
    exercise = apps.get_model("exercises", "Exercise").objects.create(
        slug=slug, kind="stretch", clinic_id=clinic_id
    )
    return apps.get_model("exercises", "ExerciseVersion").objects.create(
        exercise=exercise,
        number=1,
        name=slug,
        steps=["Lie down."],
        dose_kind="hold",
        hold_seconds_min=20,
        hold_seconds_max=30,
        repetitions_min=2,
        repetitions_max=3,
        per_day_min=1,
        per_day_max=1,
        dose_basis="source",
        saved_at=LONG_AGO,
        published_at=LONG_AGO,
        **words,
    )


def test_what_was_published_speaks_the_vocabulary_and_is_found(old_apps):
    old = published_then(
        old_apps,
        position="Lying on your back in a doorway",
        equipment=["doorway", "belt or towel", "a carpet"],
        muscles=["hamstrings", "low back muscles"],
        regions=["back of leg", "bottom"],
        conditions=["leg pain"],
        figure="doorway",
        figure_alt="A leg against a door frame.",
    )
    forwards()
    version = ExerciseVersion.objects.get(pk=old.pk)
    assert (version.steps, version.published_at) == (["Lie down in a doorway."], LONG_AGO)
    assert (version.saved_at, version.figure) == (LONG_AGO, {})
    assert version.position == "lying on the back"
    assert version.equipment == ["door frame", "strap or towel"]
    assert version.muscles == ["back extensors", "hamstrings"]
    assert version.regions == ["back of thigh", "buttock"]
    assert version.conditions == ["sciatica"]
    for asked in ("doorway", "hamsting", "back of thigh"):
        assert list(find(ExerciseVersion.objects.all(), asked)) == [version], asked


@pytest.mark.parametrize(("sided", "kind"), [(True, "side"), (False, "")])
def test_a_sided_exercise_is_done_on_each_side(old_apps, sided, kind):
    """Of an old version nobody has said whether it is of a leg or an arm."""
    old = published_then(old_apps, is_sided=sided)
    forwards()
    version = ExerciseVersion.objects.get(pk=old.pk)
    assert (version.side_kind, version.is_sided, version.has_guide) == (kind, sided, False)
    assert ("on each side" in instructions(version.dose)) is sided
    before = migrate([("exercises", "0006_by_name")])
    assert before.get_model("exercises", "ExerciseVersion").objects.get().is_sided is sided


def test_what_was_signed_for_all_is_signed_for_the_signers_clinics(old_apps):
    """As the role and the name are now; where the signer has left, nobody has signed."""
    member = MembershipFactory(user__name="Priya Shah", role="lead")
    left = MembershipFactory(user=member.user, deactivated_at=LONG_AGO)
    elsewhere = MembershipFactory()
    nameless = MembershipFactory(user__name="", clinic=left.clinic, deactivated_at=LONG_AGO)
    apps = migrate([("exercises", "0009_cues")])
    signed = {"reviewed_by_id": member.user_id, "reviewed_on": LONG_AGO.date()}
    unsigned = now_published(apps, "unsigned")
    shared = now_published(apps, "shared", **signed)
    own = now_published(apps, "own", clinic_id=member.clinic_id, **signed)
    of_left = {"reviewed_by_id": nameless.user_id, "reviewed_on": LONG_AGO.date()}
    former = now_published(apps, "former", clinic_id=left.clinic_id, **of_left)
    forwards()
    signatures = Signature.objects.filter(version__in=[v.pk for v in (shared, own, unsigned)])
    assert {(one.version_id, one.clinic_id) for one in signatures} == {
        (shared.pk, member.clinic_id),
        (own.pk, member.clinic_id),
    }
    for one in signatures:
        assert (one.by, one.name, one.role) == (member.user, "Priya Shah", "lead")
        assert (one.signed_on, one.withdrawn_at) == (LONG_AGO.date(), None)
    of_former = Signature.objects.get(version=former.pk)
    assert (of_former.clinic, of_former.name) == (left.clinic, nameless.user.email)
    assert not Signature.objects.filter(clinic=elsewhere.clinic).exists()


def test_what_was_published_still_never_changes(old_apps):
    old = published_then(old_apps)
    forwards()
    with pytest.raises(Exception, match="never changes"):
        ExerciseVersion.objects.filter(pk=old.pk).update(name="Another")
