"""Drafts and archived exercises: found, discarded, taken out, brought back. Scope."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import AuditEvent
from exercises.models import Exercise, ExerciseVersion
from exercises.services import writing
from tests.cast import Cast
from tests.exercises.writing_desk import address, of_version, published, ready_draft, typed
from tests.factories import (
    LONG_AGO,
    ExerciseVersionFactory,
    ItemFactory,
    MembershipFactory,
    ProgrammeFactory,
)


@pytest.fixture
def physio(cast: Cast, as_user) -> Client:
    return as_user(cast.clinician)


@pytest.fixture
def draft(cast: Cast) -> ExerciseVersion:
    return ready_draft(cast.clinic, by=cast.clinician)


def test_the_library_leads_to_drafts_and_archive(physio, cast, draft):
    page = physio.get("/exercises/")
    assertContains(page, "New exercise")
    assertContains(page, "1 draft")
    assertContains(page, "0 archived")
    assertNotContains(page, "Wall sit")  # a draft is not in the library
    assertContains(physio.get("/exercises/drafts/"), address(draft))


def test_colleagues_cover_for_each_other(as_user, cast, draft):
    for person in (cast.colleague, cast.lead):
        client = as_user(person)
        assertContains(client.get("/exercises/drafts/"), address(draft))
        data = typed(draft, name=f"By {person.pk}")
        assertRedirects(client.post(address(draft), data), address(draft))
    draft.refresh_from_db()
    assert draft.written_by == cast.lead


@pytest.mark.parametrize("who", ["other_clinician", "patient", "stranger", "deactivated"])
def test_nobody_else_sees_or_changes_anything(as_user, cast, draft, who):
    client = as_user(getattr(cast, who))
    version = published(cast.clinic, by=cast.clinician, name="Ours")
    for page in ("", "preview/", "discard/"):
        assert client.get(address(draft, page)).status_code == 404
        assert client.post(address(draft, page), {"name": "Theirs"}).status_code in {404, 405}
    for page in ("own", "start", "revise", "remove", "restore", "history", "review", "withdraw"):
        assert client.post(of_version(version, page)).status_code in {404, 405}
        assert client.get(of_version(version, page)).status_code in {404, 405}
    assertNotContains(as_user(cast.other_clinician).get("/exercises/drafts/"), "Wall sit")
    assert Exercise.objects.filter(clinic=cast.clinic).count() == 2
    draft.refresh_from_db()
    assert draft.name == "Wall sit"


def test_discarding_a_first_draft_takes_the_exercise_too(physio, draft):
    assertContains(physio.get(address(draft, "discard/")), "cannot come back")
    assert ExerciseVersion.objects.filter(pk=draft.pk).exists()
    assertRedirects(physio.post(address(draft, "discard/")), "/exercises/drafts/")
    assert not Exercise.objects.filter(pk=draft.exercise_id).exists()
    assert AuditEvent.objects.filter(action="exercise_draft_discarded").exists()


def test_discarding_a_later_draft_leaves_what_is_published(physio, cast):
    first = published(cast.clinic, by=cast.clinician)
    draft = writing.revise(first.exercise, by=cast.clinician, now=LONG_AGO)
    physio.post(address(draft, "discard/"))
    assert list(first.exercise.versions.all()) == [first]
    assert physio.post(of_version(first, "revise")).status_code == 302


def test_a_published_version_is_not_discarded(physio, cast):
    version = published(cast.clinic, by=cast.clinician)
    assertRedirects(physio.post(address(version, "discard/")), "/exercises/wall-sit/")
    assert ExerciseVersion.objects.filter(pk=version.pk).exists()


def test_what_was_never_prescribed_is_deleted(physio, cast):
    version = published(cast.clinic, by=cast.clinician)
    response = physio.post(of_version(version, "remove"), follow=True)
    assertContains(response, "never in a programme")
    assert not Exercise.objects.filter(pk=version.exercise_id).exists()


def test_what_was_prescribed_is_archived_and_comes_back(physio, cast):
    first = published(cast.clinic, by=cast.clinician)
    item = ItemFactory(
        programme=ProgrammeFactory(clinic=cast.clinic), exercise_version=first, side=""
    )
    writing.revise(first.exercise, by=cast.clinician, now=LONG_AGO)
    assertContains(physio.get(of_version(first, "remove")), "whoever has it keeps it")
    response = physio.post(of_version(first, "remove"), follow=True)
    assertContains(response, "is archived")
    assertContains(response, "1 archived")
    assert physio.get("/exercises/wall-sit/").status_code == 404
    item.refresh_from_db()
    assert item.exercise_version == first
    assert first.exercise.versions.count() == 2  # a refused deletion takes nothing away
    archive = physio.get("/exercises/drafts/?show=archived")
    assertContains(archive, "Bring it back")
    assertContains(physio.get(of_version(first, "history")), "Version 1")
    assertRedirects(physio.post(of_version(first, "restore")), "/exercises/wall-sit/")


def test_archiving_ours_brings_the_shared_one_back(physio, cast):
    shared = ExerciseVersionFactory(exercise__slug="bridge", name="Bridge", is_sided=False)
    own = writing.copy(shared, to=cast.clinic, as_new=False, by=cast.clinician, now=LONG_AGO)
    ready = typed(own, name="Our bridge", regions=["buttock"], feel="It.", position="sitting")
    physio.post(address(own), {**ready, "do": "publish"})
    assertContains(physio.get("/exercises/bridge/"), "Our bridge")
    ItemFactory(programme=ProgrammeFactory(clinic=cast.clinic), exercise_version=own, side="")
    physio.post(of_version(own, "remove"), follow=True)
    assertNotContains(physio.get("/exercises/bridge/"), "Our bridge")
    # Begun again, it starts from the shared words, and publishing brings it back into use.
    physio.post(of_version(shared, "own"))
    draft = ExerciseVersion.objects.drafts().get()
    assert (draft.name, draft.number, draft.exercise) == ("Bridge", 2, own.exercise)
    physio.post(address(draft), {**ready, "seen": draft.mark, "do": "publish"})
    assertContains(physio.get("/exercises/bridge/"), "Our bridge")


def test_copies_keep_the_figure_and_never_carry_photos_to_another_clinic(cast):
    version = published(cast.clinic, by=cast.clinician, figure={"frames": [{"words": "Lie."}]})
    elsewhere = MembershipFactory(user=cast.clinician).clinic
    twin = writing.copy(version, to=elsewhere, as_new=True, by=cast.clinician, now=LONG_AGO)
    assert twin.figure == version.figure
    assert (twin.exercise.clinic, twin.shown.count()) == (elsewhere, 0)


@pytest.mark.parametrize("show", ["", "archived", "\x00"])
def test_the_list_asks_as_much_for_many_as_for_one(as_user, cast, django_assert_num_queries, show):
    physio = as_user(cast.clinician)
    for total in (1, 6):
        for n in range(total):
            version = published(cast.clinic, by=cast.clinician, name=f"Old {total} {n}")
            Exercise.objects.filter(pk=version.exercise_id).update(archived_at=LONG_AGO)
            ready_draft(cast.clinic, by=cast.clinician, name=f"New {total} {n}")
        with django_assert_num_queries(7):  # session, user, two for roles, how many, counts, rows
            physio.get("/exercises/drafts/", {"show": show})
