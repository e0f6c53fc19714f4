"""The pages on which a draft's figure is chosen and its poses are adjusted, by plain requests."""

import gzip
import re
from copy import deepcopy
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from exercises.forms.figure import PoseForm
from exercises.models import ExerciseVersion
from exercises.services import writing
from exercises.words.figures import MEANINGS, PARTS, target_in_words
from figures import MUSCLES, check
from figures.pose import ARROW_JOINTS, TARGETS, whole_poses
from tests.exercises.drawn import STEPS, lying
from tests.exercises.writing_desk import ready_draft
from tests.factories import (
    LONG_AGO,
    ClinicFactory,
    ExerciseFactory,
    ExerciseVersionFactory,
    MembershipFactory,
)

pytestmark = pytest.mark.django_db
AS_IF_BY_SCRIPT = {"HX-Target": "drawing"}


@pytest.fixture
def draft(cast) -> ExerciseVersion:
    return ready_draft(cast.clinic, by=cast.clinician, name="Leg up", steps=STEPS, figure=lying())


@pytest.fixture
def staff(cast, as_user) -> Client:
    return as_user(cast.clinician)


def page_of(draft, pose=None) -> str:
    return reverse("exercises:figure", args=[draft.pk]) + (f"?pose={pose}" if pose else "")


def gallery_of(draft) -> str:
    return reverse("exercises:choose_figure", args=[draft.pk])


def typed(draft, pose, **changes) -> dict:
    """What the page of a pose sends as it stands, with some fields typed differently."""
    draft = ExerciseVersion.objects.get(pk=draft.pk)
    form = PoseForm(figure=draft.figure, frame=pose - 1, draft=draft)
    sent = {name: form[name].value() for name in form.fields}
    sent |= {"seen": draft.mark, "do": "save", **changes}
    return {name: value for name, value in sent.items() if value is not None}


def stored(draft) -> dict:
    return ExerciseVersion.objects.get(pk=draft.pk).figure


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def errors(response) -> set[str]:
    return set(response.context["form"].errors)


# --- choose


def test_the_gallery_shows_shared_figures_and_the_clinics_own(staff, cast, draft):
    elsewhere = ClinicFactory()
    MembershipFactory(clinic=elsewhere, user=cast.clinician)
    for clinic, name in [(None, "Shared"), (cast.clinic, "Ours"), (elsewhere, "Theirs")]:
        exercise = ExerciseFactory(clinic=clinic)
        ExerciseVersionFactory(exercise=exercise, name=name, figure=lying())
    ExerciseVersionFactory(name="Not drawn")
    page = staff.get(gallery_of(draft)).content.decode()
    tiles = re.findall(r'name="version" value="[^"]+"> (.+?)</span>', page)
    assert tiles == ["No figure", "Ours", "Shared"]


def test_a_chosen_figure_is_copied_for_the_steps_that_there_are(staff, draft):
    ExerciseVersion.objects.filter(pk=draft.pk).update(figure={}, steps=STEPS[:3])
    source = ExerciseVersionFactory(name="Shared", figure=lying())
    assert staff.get(page_of(draft))["Location"] == gallery_of(draft)
    sent = {"version": str(source.pk), "seen": draft.mark}
    assert staff.post(gallery_of(draft), sent)["Location"] == page_of(draft)
    assert [frame.get("step") for frame in stored(draft)["frames"]] == [[1], [2, 3], None, None]
    draft.refresh_from_db()
    assert draft.saved_at > LONG_AGO
    assert AuditEvent.objects.filter(action="exercise_drawn", subject_id=draft.exercise_id).exists()
    staff.post(page_of(draft, 2), typed(draft, 2, near_knee="60"))
    source.refresh_from_db()
    assert source.figure == lying()


def test_no_figure_takes_it_away(staff, draft):
    response = staff.post(gallery_of(draft), {"version": "none", "seen": draft.mark})
    assert response.status_code == 302
    assert stored(draft) == {}


@pytest.mark.parametrize("chosen", [None, "", "x", "../", "\0", "9" * 5000, "not drawn", "theirs"])
def test_what_cannot_be_chosen(staff, draft, chosen):
    theirs = ExerciseVersionFactory(exercise__clinic=ClinicFactory(), figure=lying())
    keys = {"not drawn": str(ExerciseVersionFactory().pk), "theirs": str(theirs.pk)}
    sent = {"seen": draft.mark} | ({} if chosen is None else {"version": chosen})
    if chosen in keys:
        sent["version"] = keys[chosen]
    response = staff.post(gallery_of(draft), sent)
    assert response.status_code == 422
    assert errors(response) == {"version"}
    assert 'id="id_version_error"' in response.content.decode()
    assert stored(draft) == lying()


def test_the_gallery_asks_the_database_as_often_for_many(
    staff, draft, django_assert_num_queries, django_assert_max_num_queries
):
    ExerciseVersionFactory(figure=lying())
    with django_assert_max_num_queries(20) as few:
        staff.get(gallery_of(draft))
    for number in range(19):
        ExerciseVersionFactory(figure=lying() | {"cover": number % 4 + 1})
    with django_assert_num_queries(len(few)):
        response = staff.get(gallery_of(draft))
    assert len(gzip.compress(response.content)) < 20_000
    assert len(gzip.compress(staff.get(page_of(draft, 2)).content)) < 20_000


# --- adjust


def test_a_pose_saved(staff, draft):
    sent = typed(
        draft,
        2,
        near_knee="60",
        says="Knee half  straight.",
        shows=["2"],
        pause="0.5",
        arrow="near knee",
        muscles=["near calf"],
        cover="2",
    )
    response = staff.post(page_of(draft, 2), sent)
    assert response["Location"] == page_of(draft, 2)
    assert said(response) == ["Figure saved."]
    figure = stored(draft)
    assert check(figure) == []
    frame = figure["frames"][1]
    assert (figure["muscles"], figure["cover"]) == (["near calf"], 2)
    assert (frame["says"], frame["step"], frame["pause"]) == ("Knee half straight.", [2], 0.5)
    assert (frame["near shank"], frame["arrow"]) == (32, "near knee")
    assert whole_poses(figure)[2:] == whole_poses(lying())[2:]


def test_a_page_saved_as_it_stands_keeps_every_pose_and_arrow(staff, draft):
    for pose in (1, 2, 3, 4):
        assert staff.post(page_of(draft, pose), typed(draft, pose)).status_code == 302
    figure = stored(draft)
    assert whole_poses(figure) == whole_poses(lying())
    assert [frame.get("arrow") for frame in figure["frames"]] == [
        None,
        "near ankle, ahead",
        None,
        None,
    ]


HOSTILE = [
    *(
        ("near_knee", bad)
        for bad in ("", "161", "-11", "NaN", "inf", "1e9", "6o", "9" * 5000, "\0")
    ),
    ("near_hip", "151"),
    ("lean", "-91"),
    *(("says", bad) for bad in ("", "   ", "\0", "word " * 26, "x" * 201)),
    *(("pause", bad) for bad in ("", "-1", "11", "nan", "Infinity", "x")),
    *(("shows", bad) for bad in (["7"], ["0"], ["x"], ["1", "99"])),
    *(("arrow", bad) for bad in ("", "far nose", "near ankle, ahead")),
    *(("muscles", bad) for bad in (["heart"], list(MUSCLES[:7]))),
    *(("cover", bad) for bad in ("", "0", "5", "x")),
    *(("to_near_hand", bad) for bad in ("", "moon", "near hand", "floor 999999", "<script>")),
    ("to_far_foot", "x"),
]


@pytest.mark.parametrize(("field", "bad"), HOSTILE)
@pytest.mark.parametrize("do", ["save", "show"])
def test_what_is_wrong_is_said_beside_its_field_and_all_stays_typed(staff, draft, field, bad, do):
    sent = typed(draft, 2, says="Typed by hand.", low_back="7") | {field: bad, "do": do}
    response = staff.post(page_of(draft, 2), sent)
    assert response.status_code == 422
    assert errors(response) == {field}
    page = response.content.decode()
    assert f'id="id_{field}_error"' in page
    assert 'id="id_low_back" min="-60" max="60" value="7"' in page
    assert "Typed by hand." in page or field == "says"
    assert stored(draft) == lying()
    assert (
        staff.post(page_of(draft, 2), sent | {"do": "show"}, headers=AS_IF_BY_SCRIPT).status_code
        == 422
    )


def test_a_field_that_is_missing(staff, draft):
    whole = typed(draft, 2)
    for field in whole.keys() - {"seen", "do", "shows", "muscles"}:
        sent = {name: value for name, value in whole.items() if name != field}
        response = staff.post(page_of(draft, 2), sent)
        assert (response.status_code, errors(response)) == (422, {field})
    assert staff.post(page_of(draft, 2)).status_code == 422
    assert stored(draft) == lying()


@pytest.mark.parametrize("pose", ["0", "-1", "x", "99", "9" * 5000, "²", "1.5"])
def test_an_address_that_asks_for_no_pose(staff, draft, pose):
    assert staff.get(page_of(draft, pose)).context["number"] in (1, 4)


def paths(page: str) -> list[str]:
    """The shapes of the picture that follows what is typed."""
    return re.findall(r' d="([^"]+)"', page.split('id="drawing"')[1].split("</svg>")[0])


def test_without_scripts_a_button_shows_what_is_typed(staff, draft):
    before = staff.get(page_of(draft, 2)).content.decode()
    sent = typed(draft, 2, near_knee="20", do="show")
    response = staff.post(page_of(draft, 2), sent)
    after = response.content.decode()
    assert response.status_code == 200
    assert paths(before) != paths(after)
    assert 'data-unsaved="yes"' in after
    assert stored(draft) == lying()
    assert staff.post(page_of(draft, 2), sent | {"do": "save"}).status_code == 302
    assert paths(staff.get(page_of(draft, 2)).content.decode()) == paths(after)


def test_a_script_gets_the_drawing_alone(staff, draft):
    sent = typed(draft, 2, near_knee="20", do="show")
    response = staff.post(page_of(draft, 2), sent, headers=AS_IF_BY_SCRIPT)
    page = response.content.decode()
    assert page.count("<svg") == 1
    assert "<form" not in page
    moving = staff.post(page_of(draft, 2), sent | {"do": "play"}, headers=AS_IF_BY_SCRIPT)
    assert "data-moving" in moving.content.decode()
    wrong = staff.post(page_of(draft, 2), sent | {"near_knee": "x"}, headers=AS_IF_BY_SCRIPT)
    assert (wrong.status_code, wrong["HX-Retarget"]) == (422, "#refused")
    assert stored(draft) == lying()


def test_a_hand_set_free_begins_where_it_was(staff, draft):
    sent = typed(draft, 2, to_near_hand="free", do="show")
    assert "near_elbow" not in sent
    page = staff.post(page_of(draft, 2), sent).content.decode()
    elbow = re.search(r'id="id_near_elbow" min="-10" max="160" value="(\d+)"', page)
    assert elbow
    sent |= {"near_shoulder": "90", "near_elbow": "10", "do": "save"}
    assert staff.post(page_of(draft, 2), sent).status_code == 302
    hands = [(pose["near hand"], pose["far hand"]) for pose in whole_poses(stored(draft))]
    held = "behind near knee"
    assert hands == [("floor 3", "floor 3"), ("free", held), (held, held), (held, held)]


# --- poses


@pytest.mark.parametrize(
    ("do", "pose", "order", "then"),
    [
        ("add", 2, [1, 2, 2, 3, 4], 3),
        ("remove", 2, [1, 3, 4], 1),
        ("earlier", 3, [1, 3, 2, 4], 2),
        ("later", 1, [2, 1, 3, 4], 2),
        ("earlier", 1, [1, 2, 3, 4], 1),
        ("later", 4, [1, 2, 3, 4], 4),
        ("next", 2, [1, 2, 3, 4], 3),
        ("dance", 2, [1, 2, 3, 4], 2),
    ],
)
def test_poses_put_in_order(staff, draft, do, pose, order, then):
    response = staff.post(page_of(draft, pose), typed(draft, pose, do=do))
    assert response["Location"] == page_of(draft, then)
    was = whole_poses(lying())
    assert whole_poses(stored(draft)) == [was[number - 1] for number in order]


def test_never_more_than_twelve_poses_nor_fewer_than_two(staff, draft):
    for _ in range(9):
        staff.post(page_of(draft, 1), typed(draft, 1, do="add"))
    assert len(stored(draft)["frames"]) == 12
    assert 'value="add"' not in staff.get(page_of(draft)).content.decode()
    for _ in range(13):
        staff.post(page_of(draft, 1), typed(draft, 1, do="remove"))
    assert len(stored(draft)["frames"]) == 2
    assert 'value="remove"' not in staff.get(page_of(draft)).content.decode()


# --- whose, and when


def test_somebody_else_has_saved_since(staff, cast, draft):
    sent = typed(draft, 2, near_knee="20")
    theirs = deepcopy(lying())
    theirs["frames"][1]["says"] = "Theirs."
    writing.draw(
        draft,
        figure=theirs,
        seen=sent["seen"],
        by=cast.colleague,
        now=LONG_AGO + timedelta(hours=1),
    )
    response = staff.post(page_of(draft, 2), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "changed this draft" in page
    assert 'id="id_near_knee" min="-10" max="160" value="20"' in page
    assert stored(draft) == theirs
    sent["seen"] = response.context["seen"]
    assert staff.post(page_of(draft, 2), sent).status_code == 302
    assert stored(draft)["frames"][1]["near shank"] == 72


def test_what_is_published_cannot_be_changed(staff, draft, cast):
    sent = typed(draft, 2, near_knee="20")
    writing.publish(draft, by=cast.clinician, now=LONG_AGO)
    detail = reverse("exercises:detail", args=[draft.exercise.slug])
    chosen = {"version": "none", "seen": sent["seen"]}
    answers = [
        staff.get(page_of(draft)),
        staff.post(page_of(draft, 2), sent),
        staff.post(page_of(draft, 2), sent | {"do": "show"}),
        staff.get(gallery_of(draft)),
        staff.post(gallery_of(draft), chosen),
    ]
    assert {answer["Location"] for answer in answers} == {detail}
    assert stored(draft) == lying()
    with pytest.raises(writing.Frozen):
        writing.draw(draft, figure={}, seen=sent["seen"], by=cast.clinician, now=LONG_AGO)


def test_nobody_elses_draft(draft, cast, as_user):
    stranger = MembershipFactory(clinic=ClinicFactory()).user
    for client in (as_user(stranger), as_user(cast.patient)):
        for address in (page_of(draft), gallery_of(draft)):
            assert client.get(address).status_code == 404
            assert client.post(address, {"version": "none"}).status_code == 404
    assert stored(draft) == lying()


def test_a_shared_exercise_is_nobodys_draft(staff):
    shared = ExerciseVersionFactory(figure=lying())
    assert staff.get(page_of(shared)).status_code == 404


def test_a_figure_that_cannot_be_drawn_is_never_stored(draft, cast):
    with pytest.raises(ValueError, match="frames must be"):
        writing.draw(draft, figure={"from": "standing"}, seen="", by=cast.clinician, now=LONG_AGO)


# --- words


def test_every_part_that_can_be_chosen_has_words():
    assert {*MUSCLES, *ARROW_JOINTS} <= PARTS.keys()
    assert set(MEANINGS) >= {"lean", "turn", "elbow"}


@pytest.mark.parametrize(
    ("target", "limb", "words"),
    [
        ("behind near knee", "far hand", "Follows the near knee, from behind"),
        ("other knee", "near ankle", "Follows the far knee"),
        ("floor 27", "near ankle", "Rests on the floor, at 27"),
        ("wall 80", "near hand", "Touches the wall, 80 high"),
        ("outside far knee", "near ankle", "Stands outside the far knee"),
        ("behind head", "near hand", "Holds behind the head"),
        ("tummy", "near hand", "Follows the tummy"),
    ],
)
def test_where_a_limb_goes_in_words(target, limb, words):
    assert TARGETS[limb.split()[1]].fullmatch(target)
    assert target_in_words(target, limb) == words
