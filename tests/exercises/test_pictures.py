"""The picture of an exercise has a file of its own: browsers keep it until it is drawn anew."""

import re

import pytest
from django.urls import reverse

from exercises import drawing
from tests.exercises.drawn import lying
from tests.factories import ClinicFactory, ExerciseVersionFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return ExerciseVersionFactory(figure=lying(), exercise__slug="drawn")


@pytest.fixture
def staff(as_user):
    return as_user(MembershipFactory().user)


def address(version, *, shown="whole", mark=None) -> str:
    mark = mark or drawing.picture_mark(drawing.drawn(version))
    return reverse("exercises:picture", args=[version.pk, shown, mark])


def test_the_library_shows_it_and_browsers_keep_it(staff, version):
    page = staff.get(reverse("exercises:list")).content.decode()
    [shown] = re.findall(r'<use href="([^"]+/pictures/[^"]+)"', page)
    assert shown == f"{address(version)}#{drawing.PICTURE}"
    picture = staff.get(shown.partition("#")[0])
    assert picture["Content-Type"] == "image/svg+xml"
    assert picture["Cache-Control"] == "private, max-age=31536000, immutable"
    assert picture["Content-Security-Policy"] == "default-src 'none'"
    assert f'<symbol id="{drawing.PICTURE}"' in picture.content.decode()


def test_drawn_anew_it_has_another_address_and_the_old_one_is_not_kept(staff, version, monkeypatch):
    old = address(version)
    monkeypatch.setattr(drawing, "mark", lambda: "of another way to draw")
    assert address(version) != old
    answer = staff.get(old)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"


def test_each_way_to_show_it_is_another_picture(staff, version):
    pictures = {staff.get(address(version, shown=one)).content for one in drawing.PICTURES}
    assert len(pictures) == len(drawing.PICTURES)


def test_there_is_none_of_another_kind_nor_of_an_exercise_without_a_figure(staff, version):
    assert staff.get(address(version, shown="upside-down")).status_code == 404
    plain = ExerciseVersionFactory()
    without = reverse("exercises:picture", args=[plain.pk, "whole", "0"])
    assert staff.get(without).status_code == 404


def test_another_clinics_exercise_shows_none(staff):
    own = ExerciseVersionFactory(figure=lying(), exercise__clinic=ClinicFactory())
    assert staff.get(address(own)).status_code == 404
