"""The page of one exercise, for staff: what it shows, to whom, and what it costs."""

import re

import pytest
from django.template.defaultfilters import capfirst
from django.test import Client
from django.urls import reverse

from accounts.models import Clinic
from exercises import library
from exercises.models import ExerciseVersion, Progression
from exercises.services import loading
from exercises.words.dose import instructions, short
from tests.exercises.photos import draft_of, publish, with_photos
from tests.factories import (
    LONG_AGO,
    ClinicFactory,
    ExerciseFactory,
    ExerciseVersionFactory,
    MembershipFactory,
    PatientFactory,
    SignatureFactory,
)
from tests.patients.scene import running

pytestmark = pytest.mark.django_db

FOUNDING = "/exercises/lying-hamstring-stretch/"
BRIDGE = "/exercises/bridge/"


@pytest.fixture
def shipped():
    loading.load(library.read(), now=LONG_AGO)


@pytest.fixture
def staff(as_user):
    return as_user(MembershipFactory().user)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_who_may_read(shipped, cast, as_user):
    response = Client().get(FOUNDING)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
    for person in (cast.patient, cast.deactivated, cast.stranger):
        assert as_user(person).get(FOUNDING).status_code == 404
    for person in (cast.clinician, cast.lead, cast.other_clinician):
        assert as_user(person).get(FOUNDING).status_code == 200


def test_it_is_only_read(staff, shipped):
    assert staff.post(FOUNDING).status_code == 405


@pytest.mark.parametrize(
    "hidden",
    [
        {"exercise__archived_at": LONG_AGO},
        {"published_at": None},
        {"exercise__clinic": "another"},
    ],
)
def test_what_is_not_there_for_this_person_is_nowhere(staff, hidden):
    if "exercise__clinic" in hidden:
        hidden = {"exercise__clinic": ClinicFactory()}
    ExerciseVersionFactory(exercise__slug="gone", **hidden)
    assert staff.get("/exercises/gone/").status_code == 404


@pytest.mark.parametrize("slug", [path.stem for path in sorted(library.FOLDER.glob("*.yaml"))])
def test_every_entry_has_its_page(staff, shipped, slug):
    version = ExerciseVersion.objects.get(exercise__slug=slug)
    page = staff.get(f"/exercises/{slug}/").content.decode()
    for words in (version.name, version.summary, *version.steps, *version.cautions):
        assert words in page
    for words in (version.feel, version.progress, *version.why, version.source):
        assert words in page
    assert version.beside in re.sub("</?a[^>]*>", "", page)
    tags = [words for tag in version.who_asks_first for words in (tag.label, tag.because)]
    for words in (short(version.dose), instructions(version.dose), *map(str, tags)):
        assert words.lower() in page.lower()
    assert version.get_dose_basis_display() in page
    assert "Not yet reviewed by a physiotherapist" in page
    assert "Never bounce. Keep breathing." in page


def test_each_step_has_its_picture(staff, shipped):
    page = text(staff.get(FOUNDING))
    steps = re.search(r'<ol class="steps steps--drawn">(.*?)</ol>', page)[1]
    version = ExerciseVersion.objects.get(exercise__slug="lying-hamstring-stretch")
    drawings = steps.count('<svg class="drawing')
    assert drawings == steps.count("<li ") == len(version.steps)


def test_an_exercise_without_a_drawing_shows_the_sign_of_its_kind(staff):
    ExerciseVersionFactory(exercise__slug="bridge", exercise__kind="strength")
    page = text(staff.get(BRIDGE))
    assert "#kind-strength" in page
    assert 'class="drawing' not in page
    assert "<p>Lie on your back.</p>" in page


def test_a_signed_version_names_who_signed(staff):
    version = ExerciseVersionFactory(exercise__slug="bridge", number=3)
    SignatureFactory(version=version, clinic=Clinic.objects.get(), name="Amira Khan", role="lead")
    page = text(staff.get(BRIDGE))
    assert "Reviewed by Amira Khan, clinic lead, 5 January 2026, version 3" in page
    assert "Not yet reviewed" not in page


def test_what_a_clinician_looks_for_is_in_words(staff):
    words = {"muscles": ["hamstrings"], "regions": ["back of thigh"], "equipment": ["step"]}
    tags = {"position": "lying on the back", "flexes": "forward", "precautions": ["THR"]}
    ExerciseVersionFactory(exercise__slug="bridge", **words, **tags)
    page = text(staff.get(BRIDGE))
    for shown in (*words["muscles"], *words["regions"], *words["equipment"], tags["position"]):
        assert f"<dd>{capfirst(shown)}</dd>" in page
    assert "<dd>Bends the low back forwards</dd>" in page
    assert "<li>Hip replacement<span" in page
    assert "On the side or sides that you choose." in page


def test_what_is_missing_leaves_no_empty_heading(staff):
    ExerciseVersionFactory(exercise__slug="bridge", is_sided=False)
    page = text(staff.get(BRIDGE))
    for heading in ("ask first", "move on", "may help", "beside it", "Take care", "easier"):
        assert heading not in page
    assert "None" not in page


def test_words_are_never_markup(staff):
    bad = "<script>alert(1)</script>"
    lists = dict.fromkeys(("steps", "cautions", "why"), [bad])
    words = dict.fromkeys(("name", "summary", "feel", "progress", "beside", "source"), bad)
    version = ExerciseVersionFactory(exercise__slug="bridge", **lists, **words)
    other = ExerciseVersionFactory(name=bad)
    Progression.objects.create(easier=version.exercise, harder=other.exercise)
    page = text(staff.get(BRIDGE))
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)") >= len(lists) + len(words) + 1


def test_the_ladder_links_every_other_rung(staff, shipped):
    page = text(staff.get(FOUNDING))
    shown = re.findall(r'<a class="ladder__step" href="/exercises/([a-z-]+)/">', page)
    assert shown == [
        "doorway-hamstring-stretch",
        "standing-hamstring-stretch",
        "strap-hamstring-stretch",
        "sitting-hamstring-stretch",
        "two-chair-hamstring-stretch",
    ]
    here = re.search(r'<div class="ladder__step" aria-current="true">.*?</ol>', page)[0]
    assert '<span class="ladder__word">This one</span> Lying hamstring stretch' in here
    assert '<span class="ladder__word">Harder</span> Doorway hamstring stretch' in here
    strap = text(staff.get("/exercises/strap-hamstring-stretch/"))
    assert '<span class="ladder__word">Easier</span> Standing hamstring stretch' in strap
    assert '<span class="ladder__word">Harder</span> Sitting hamstring stretch' in strap


def test_what_belongs_beside_it_is_linked(staff, shipped):
    beside = text(staff.get(FOUNDING)).partition("What belongs beside it")[2]
    for slug, words in (
        ("knee-across-buttock-stretch", "knee-across buttock stretch"),
        ("tummy-tightening", "tummy tightening"),
    ):
        assert f'<a href="/exercises/{slug}/">{words}</a>' in beside


@pytest.mark.parametrize(
    ("slug", "is_told"),
    [
        ("lying-on-elbows", True),
        ("back-press-up", True),
        ("standing-back-bend", True),
        ("lying-hamstring-stretch", False),
    ],
)
def test_whoever_bends_backwards_is_told_of_both_legs(staff, shipped, slug, is_told):
    page = text(staff.get(f"/exercises/{slug}/"))
    assert ("Stop if both legs ache, go numb or go weak." in page) is is_told


def test_a_clinics_own_exercise_stands_in_place_of_the_shared_one(as_user, shipped):
    membership = MembershipFactory()
    own = ExerciseFactory(slug="lying-hamstring-stretch", clinic=membership.clinic)
    ExerciseVersionFactory(exercise=own, name="Our hamstring stretch")
    client = as_user(membership.user)
    assert "<h1>Our hamstring stretch</h1>" in text(client.get(FOUNDING))
    assert "Our hamstring stretch" in text(client.get("/exercises/doorway-hamstring-stretch/"))
    assert "Doorway hamstring stretch" in text(client.get(FOUNDING))
    others = text(as_user(MembershipFactory().user).get(FOUNDING))
    assert "<h1>Lying hamstring stretch</h1>" in others


def test_it_says_where_it_is_used(staff, as_user):
    version = ExerciseVersionFactory(exercise__slug="bridge")
    patient = PatientFactory(name="Ana Lund")
    running({"exercise_version": version}, patient=patient)
    assert "Ana Lund" in text(as_user(patient.clinician).get(BRIDGE))
    assert "Ana Lund" not in text(staff.get(BRIDGE))
    assert "In none of your programmes yet." in text(staff.get(BRIDGE))


def test_the_star_shows_what_is_kept(staff):
    version = ExerciseVersionFactory(exercise__slug="bridge")
    assert 'aria-pressed="false"' in text(staff.get(BRIDGE))
    staff.post(reverse("exercises:favourite", args=[version.exercise_id]), {"next": BRIDGE})
    assert 'aria-pressed="true"' in text(staff.get(BRIDGE))


def test_staff_may_change_review_and_read_its_history(staff):
    version = ExerciseVersionFactory(exercise__slug="bridge")
    page = text(staff.get(BRIDGE))
    for name in ("make_own", "history", "review"):
        assert f'href="{reverse(f"exercises:{name}", args=[version.pk])}"' in page


def test_a_clinics_photos_are_shown(as_user):
    membership = MembershipFactory()
    draft = draft_of(membership.clinic, name="Ours")
    photos = with_photos(draft, "Lying down", "One leg up")
    publish(draft)
    page = text(as_user(membership.user).get(f"/exercises/{draft.exercise.slug}/"))
    for shown in photos:
        assert f'src="{reverse("exercises:photo", args=[shown.photo_id])}"' in page
        assert f'alt="{shown.words}"' in page
    assert "#kind-stretch" not in page  # photos stand in for a drawing


def test_it_prints(staff):
    ExerciseVersionFactory(exercise__slug="bridge")
    assert "data-print hidden" in text(staff.get(BRIDGE))


@pytest.mark.parametrize("many", [1, 20])
def test_queries_do_not_grow(as_user, django_assert_num_queries, many):
    membership = MembershipFactory()
    version = ExerciseVersionFactory(exercise__slug="bridge")
    for _ in range(many):
        harder = ExerciseVersionFactory().exercise
        Progression.objects.create(easier=version.exercise, harder=harder)
        running({"exercise_version": version}, patient=PatientFactory(clinic=membership.clinic))
    client = as_user(membership.user)
    # session, person, two for the roles; the version, its photos and signatures; two for the
    # ladder, four for where it is used, one to write down whose names stand there
    with django_assert_num_queries(14):
        response = client.get(BRIDGE)
    assert text(response).count('<a class="ladder__step"') == many
    assert f"In {many} running programme" in text(response)
