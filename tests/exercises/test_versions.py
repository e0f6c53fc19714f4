"""What exercises and programmes share: drafts, published versions, the newest of each line."""

from uuid import uuid4

import pytest

from exercises.models import ExerciseVersion
from exercises.services import writing
from exercises.versions import Frozen, Version
from programmes import services
from programmes.models import Programme
from tests.factories import LONG_AGO, ExerciseFactory, ExerciseVersionFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


def versions_of_an_exercise() -> list[Version]:
    exercise = ExerciseFactory()
    moments = [LONG_AGO, LONG_AGO, None]
    return [
        ExerciseVersionFactory(exercise=exercise, number=number, published_at=at)
        for number, at in enumerate(moments, start=1)
    ]


def versions_of_a_programme() -> list[Version]:
    line = uuid4()
    moments = [LONG_AGO, LONG_AGO, None]
    return [
        ProgrammeFactory(line_id=line, version=number, published_at=at)
        for number, at in enumerate(moments, start=1)
    ]


@pytest.mark.parametrize(
    ("model", "make"),
    [(ExerciseVersion, versions_of_an_exercise), (Programme, versions_of_a_programme)],
)
def test_the_newest_of_a_line_is_the_last_one_published(model, make):
    first, second, draft = make()
    make()  # another line has a newest one of its own
    versions = model.objects.filter(pk__in=[first.pk, second.pk, draft.pk])
    assert list(versions.newest()) == [second]
    assert set(versions.published()) == {first, second}
    assert list(versions.drafts()) == [draft]
    assert [one.is_published for one in (first, second, draft)] == [True, True, False]


def test_both_refuse_a_change_of_what_is_published_in_their_own_words():
    assert issubclass(writing.Frozen, Frozen)
    assert issubclass(services.Frozen, Frozen)
    assert str(writing.Frozen()).startswith("This version has been published")
    assert str(services.Frozen()).startswith("This programme is published")
