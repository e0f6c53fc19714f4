"""A picture is drawn before somebody asks for it, and once for all processes."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse
from redis.exceptions import RedisError

import clock
from exercises import drawing, kept_drawings, kept_pictures, tasks
from exercises.models import ExerciseVersion
from figures import Figure
from tests.exercises.drawn import lying
from tests.exercises.writing_desk import address, ready_draft, typed
from tests.factories import ExerciseFactory, ExerciseVersionFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> ExerciseVersion:
    return ExerciseVersionFactory(figure=lying())


@pytest.fixture
def drawn(monkeypatch) -> list[str]:
    """What is drawn from now on."""
    shown: list[str] = []
    draw = drawing.picture
    monkeypatch.setattr(
        drawing, "picture", lambda version, one: [shown.append(one), draw(version, one)][1]
    )
    return shown


def asked(client, version, shown="whole"):
    mark = drawing.picture_mark(drawing.drawn(version))
    return client.get(reverse("exercises:picture", args=[version.pk, shown, mark]))


def test_a_worker_draws_what_the_library_shows_and_nobody_waits(as_user, version, drawn):
    tasks.draw_pictures()
    assert sorted(drawn) == sorted(drawing.PICTURES)
    staff = as_user(MembershipFactory().user)
    for shown in drawing.PICTURES:
        assert asked(staff, version, shown).content.startswith(b"<svg")
    tasks.draw_pictures()
    assert len(drawn) == len(drawing.PICTURES)


def test_what_was_not_drawn_before_is_kept_for_the_next_who_asks(as_user, version, drawn):
    staff = as_user(MembershipFactory().user)
    first, second = asked(staff, version), asked(staff, version)
    assert first.content == second.content
    assert drawn == ["whole"]


@pytest.mark.parametrize("draws", ["still", "motion"])
def test_what_one_process_drew_no_other_draws(version, draws, monkeypatch):
    def shown():
        drawing._still.cache_clear()  # as in a process that has drawn nothing yet
        drawing.motion.cache_clear()
        return drawing.resting(version, "left"), drawing.motion(drawing.drawn(version))

    first = shown()
    monkeypatch.setattr(Figure, draws, lambda *_, **__: pytest.fail("drawn again"))
    assert shown() == first


def test_neither_drafts_nor_what_was_replaced_nor_what_has_no_figure_is_drawn(drawn):
    exercise = ExerciseFactory()
    old = lying() | {"arrow": "near knee"}
    ExerciseVersionFactory(exercise=exercise, number=1, figure=old)
    ExerciseVersionFactory(exercise=exercise, number=2, figure={})
    ExerciseVersionFactory(figure=lying(), published_at=None)
    tasks.draw_pictures()
    assert drawn == []


def test_drawn_anew_it_is_another_picture(version, drawn, monkeypatch):
    tasks.draw_pictures()
    monkeypatch.setattr(drawing, "mark", lambda: "of another way to draw")
    tasks.draw_pictures()
    assert len(drawn) == 2 * len(drawing.PICTURES)


def test_every_night_what_is_shown_is_kept_for_longer(version, drawn):
    tasks.draw_pictures()
    [key] = {kept_pictures._key(version, "whole")}
    cache.touch(key, 60)
    tasks.draw_pictures()
    client = cache._cache.get_client(key)  # type: ignore[attr-defined]
    assert client.ttl(cache.make_key(key)) > kept_pictures.DAYS * kept_drawings.DAY - 60


def test_without_the_cache_it_is_drawn_all_the_same(as_user, version, drawn, monkeypatch):
    staff = as_user(MembershipFactory().user)

    def broken(*_args, **_kwargs):
        raise RedisError

    monkeypatch.setattr(kept_drawings.cache, "get", broken)
    assert asked(staff, version).status_code == 200
    monkeypatch.undo()
    assert cache.get(kept_pictures._key(version, "whole")) is None


@pytest.fixture
def called(monkeypatch) -> list[str]:
    """The tasks that a worker is called for."""
    names: list[str] = []
    monkeypatch.setattr("outbox.publish.publish", lambda task: names.append(task.name))
    return names


def test_loading_the_library_calls_a_worker(called, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("load_library", verbosity=0)
    assert called == ["exercises.tasks.draw_pictures"]


def test_publishing_calls_a_worker(cast, as_user, called, django_capture_on_commit_callbacks):
    draft = ready_draft(cast.clinic, by=cast.clinician, now=clock.now())
    with django_capture_on_commit_callbacks(execute=True):
        as_user(cast.clinician).post(address(draft), typed(draft, do="publish"))
    draft.refresh_from_db()
    assert draft.is_published
    assert called == ["exercises.tasks.draw_pictures"]
