"""Texts that name other exercises."""

import pytest

from exercises import mentions
from exercises.mentions import Piece
from tests.factories import (
    LONG_AGO,
    ClinicFactory,
    ExerciseFactory,
    ExerciseVersionFactory,
    MembershipFactory,
)


@pytest.mark.parametrize(
    ("text", "known", "cut"),
    [
        ("", {"bridge"}, []),
        ("Nothing known.", {"bridge"}, [Piece("Nothing known.")]),
        (
            "Do the Bridge, then rest.",
            {"bridge"},
            [Piece("Do the "), Piece("Bridge", "bridge"), Piece(", then rest.")],
        ),
        (
            "The side plank on knees",
            {"side-plank", "side-plank-on-knees"},
            [Piece("The "), Piece("side plank on knees", "side-plank-on-knees")],
        ),
        ("Bridges", {"bridge"}, [Piece("Bridges")]),
    ],
)
def test_a_text_is_cut_where_it_names_an_exercise(text, known, cut):
    assert list(mentions.pieces(text, known)) == cut


@pytest.mark.django_db
def test_only_what_the_reader_may_see_is_linked(django_assert_num_queries):
    staff = MembershipFactory().user
    ExerciseVersionFactory(exercise__slug="bridge")
    ExerciseVersionFactory(exercise=ExerciseFactory(slug="theirs", clinic=ClinicFactory()))
    ExerciseVersionFactory(exercise__slug="gone", exercise__archived_at=LONG_AGO)
    ExerciseVersionFactory(exercise__slug="draft", published_at=None)
    ExerciseVersionFactory(exercise__slug="itself")
    with django_assert_num_queries(1):
        read = mentions.read("Bridge, theirs, gone, draft, itself", by=staff, apart_from="itself")
    assert [piece.slug for piece in read if piece.slug] == ["bridge"]


@pytest.mark.django_db
def test_nothing_written_asks_nothing(django_assert_num_queries):
    staff = MembershipFactory().user
    with django_assert_num_queries(0):
        assert mentions.read("", by=staff) == [Piece("")]
