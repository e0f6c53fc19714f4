"""A clinic's logo is changed, removed and tidied: its file goes with it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

import clock
from accounts import clinic_logo, tasks
from accounts.models import AuditEvent, Clinic
from tests.accounts.logos import logo, with_logo
from tests.at_once import all_at_once
from tests.exercises.photos import draft_of, with_photos
from tests.factories import LONG_AGO, ClinicFactory, MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clinic():
    return ClinicFactory()


@pytest.fixture
def by(clinic):
    return MembershipFactory(clinic=clinic).user


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.webp")}


def names() -> set[str]:
    return set(Clinic.objects.exclude(logo="").values_list("logo", flat=True))


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("at").values_list("action", flat=True))


def test_given_with_its_size_and_written_down(clinic, by, own_photos):
    clinic_logo.change(clinic, logo(size=(300, 90)), by=by, now=LONG_AGO)
    clinic.refresh_from_db()
    assert (clinic.logo_width, clinic.logo_height) == (240, 72)
    assert files(own_photos) == names() == {clinic.logo.name}
    event = AuditEvent.objects.get()
    assert (event.action, event.actor, event.clinic) == ("clinic_logo_changed", by, clinic)


def test_another_one_takes_its_place_and_its_address(clinic, by, own_photos):
    before = with_logo(clinic).logo_mark
    clinic_logo.change(clinic, logo(), by=by, now=LONG_AGO)
    clinic.refresh_from_db()
    assert clinic.logo_mark != before
    assert files(own_photos) == names()
    assert len(names()) == 1


def test_removed_with_its_file(clinic, by, own_photos):
    with_logo(clinic)
    assert clinic_logo.remove(clinic, by=by, now=clock.now())
    clinic.refresh_from_db()
    assert (clinic.logo.name, clinic.logo_width, clinic.logo_mark) == ("", None, "")
    assert files(own_photos) == set()
    assert actions() == ["clinic_logo_changed", "clinic_logo_removed"]


def test_removed_twice_is_written_down_once(clinic, by):
    assert not clinic_logo.remove(clinic, by=by, now=LONG_AGO)
    assert actions() == []


def test_a_removal_that_is_taken_back_keeps_the_file(clinic, by, own_photos):
    with_logo(clinic)
    with transaction.atomic():
        clinic_logo.remove(clinic, by=by, now=LONG_AGO)
        transaction.set_rollback(True)
    assert files(own_photos) == names()
    assert len(names()) == 1


def test_several_at_once_leave_one(clinic, by, own_photos):
    with_logo(clinic)
    outcomes = all_at_once(lambda n: clinic_logo.change(clinic, logo(), by=by, now=LONG_AGO))
    assert set(outcomes) == {None}
    assert files(own_photos) == names()
    assert len(names()) == 1


def test_what_a_crash_left_behind_goes_at_night_and_nothing_else(clinic, by, own_photos):
    with_logo(clinic)
    with_photos(draft_of(clinic))
    Clinic.objects.update(logo="", logo_width=None, logo_height=None)
    other = with_logo(ClinicFactory())
    assert clinic_logo.tidy(now=clock.now() + timedelta(hours=23)) == 0
    assert clinic_logo.tidy(now=clock.now() + timedelta(hours=25)) == 1
    left = files(own_photos)
    assert other.logo.name in left
    assert len(left) == 2  # that logo and the photo
    tasks.tidy_logos()
    assert files(own_photos) == left


def test_tidied_before_there_is_a_folder():
    assert clinic_logo.tidy(now=LONG_AGO) == 0
