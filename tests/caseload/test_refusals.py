"""Whoever is refused a page is written down, once it matters, and told nothing."""

import logging
import re
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

import clock
from accounts import limits
from accounts.models import AuditEvent
from tests.factories import PatientFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing_clock():
    with time_machine.travel(clock.now(), tick=False):
        yield


def refused():
    return AuditEvent.objects.filter(action="permission_refused")


def test_another_clinics_record_is_in_that_clinics_trail(cast, as_user):
    stranger = as_user(cast.other_clinician)
    assert stranger.get(reverse("caseload:edit", args=[cast.record.pk])).status_code == 404
    [row] = refused()
    assert (row.actor, row.patient_id) == (cast.other_clinician, cast.record.pk)
    assert (row.clinic, row.page, row.actor_role) == (cast.clinic, "caseload:edit", "")


def test_nothing_is_read_by_whoever_is_refused(cast, as_user):
    as_user(cast.other_clinician).get(reverse("caseload:record", args=[cast.record.pk]))
    assert not AuditEvent.objects.filter(action="record_read").exists()


def test_a_row_that_is_nobodys_is_answered_and_counted_alike(
    cast, as_user, django_assert_num_queries
):
    client = as_user(cast.other_clinician)
    answers = []
    for key in (cast.record.pk, uuid4()):
        address = reverse("caseload:record", args=[key])
        client.get(address)
        with django_assert_num_queries(7):
            answers.append(client.get(address))
    theirs, nobodys = answers
    assert theirs.status_code == nobodys.status_code == 404
    token = rb"[A-Za-z0-9]{64}"  # against forged forms: another one each time
    assert re.sub(token, b"", theirs.content) == re.sub(token, b"", nobodys.content)
    own_clinic = cast.other_clinician.memberships.get().clinic
    assert set(refused().values_list("patient_id", "clinic")) == {
        (cast.record.pk, cast.clinic.pk),
        (None, own_clinic.pk),
    }


@pytest.mark.parametrize("name", ["record", "pause", "handout"])
def test_a_patient_on_a_page_for_staff(cast, as_user, name):
    as_user(cast.other_patient).get(reverse(f"caseload:{name}", args=[cast.record.pk]))
    [row] = refused()
    assert (row.actor, row.patient_id) == (cast.other_patient, cast.record.pk)


def test_somebody_elses_session_day_and_programme(cast, as_user):
    other = as_user(cast.other_patient)
    other.post(reverse("today:session_log", args=[cast.day.pk]))
    clinician = as_user(cast.other_clinician)
    clinician.get(reverse("programmes:edit", args=[cast.assignment.programme_id]))
    assert {row.patient_id for row in refused()} == {cast.record.pk}
    assert {row.page for row in refused()} == {"today:session_log", "programmes:edit"}


def test_a_page_for_leads_in_the_clinicians_own_clinic(cast, as_user):
    as_user(cast.clinician).get(reverse("accounts:team"))
    [row] = refused()
    assert (row.actor, row.clinic, row.patient_id) == (cast.clinician, cast.clinic, None)
    assert (row.page, row.actor_role) == ("accounts:team", "clinician")


def test_a_page_that_has_nothing_to_show_now_is_no_refusal(cast, as_user):
    nobody = PatientFactory(clinic=cast.clinic, clinician=cast.clinician)
    client = as_user(cast.clinician)
    assert client.get(reverse("caseload:pause", args=[nobody.pk])).status_code == 404
    assert client.get("/nowhere/").status_code == 404
    assert not refused().exists()


def test_it_is_kept_though_the_view_took_everything_back(cast, as_user):
    as_user(cast.other_clinician).post(reverse("caseload:edit", args=[cast.record.pk]))
    assert refused().count() == 1


def few(monkeypatch, name, number=3):
    limit = limits.Limit(name.lower(), "", "", number, limits.HOUR)
    monkeypatch.setattr(limits, name, limit)


def left_out():
    return AuditEvent.objects.filter(action="refusals_left_out")


def test_nobody_floods_the_trail_about_one_record(cast, as_user, monkeypatch):
    few(monkeypatch, "REFUSALS_ABOUT")
    client = as_user(cast.other_clinician)
    for _ in range(6):
        client.get(reverse("caseload:record", args=[cast.record.pk]))
    assert refused().count() == 3
    [row] = left_out()
    assert (row.patient_id, row.clinic, row.actor) == (
        cast.record.pk,
        cast.clinic,
        cast.other_clinician,
    )


def test_nobody_floods_the_trail_with_numbers_that_are_nobodys(cast, as_user, monkeypatch):
    few(monkeypatch, "REFUSALS_KEPT")
    client = as_user(cast.other_clinician)
    for _ in range(6):
        client.get(reverse("caseload:record", args=[uuid4()]))
    assert (refused().count(), left_out().count()) == (3, 1)


def test_an_hour_later_they_are_kept_again(cast, as_user, monkeypatch):
    few(monkeypatch, "REFUSALS_ABOUT", 1)
    client, address = as_user(cast.patient), reverse("caseload:record", args=[cast.record.pk])
    start = clock.now()
    for minutes in (0, 59, 61, 120):
        with time_machine.travel(start + minutes * limits.MINUTE, tick=False):
            client.get(address)
    assert (refused().count(), left_out().count()) == (2, 2)


@pytest.mark.parametrize("who", ["other_clinician", "other_patient"])
def test_sixty_guessed_numbers_hide_no_real_record_or_clinic(cast, as_user, who):
    client = as_user(getattr(cast, who))
    for _ in range(70):
        client.get(reverse("caseload:record", args=[uuid4()]))
    client.get(reverse("caseload:record", args=[cast.record.pk]))
    client.post(reverse("accounts:reactivate", args=[cast.deactivated.memberships.get().pk]))
    assert refused().filter(patient_id=cast.record.pk, clinic=cast.clinic).count() == 1
    assert refused().filter(subject_type="clinic", subject_id=cast.clinic.pk).count() == 1


def test_the_work_stays_the_same_however_often_either_is_tried(
    cast, as_user, django_assert_num_queries
):
    client = as_user(cast.other_clinician)
    unknown = uuid4()
    for _ in range(limits.REFUSALS_ABOUT.number + 3):
        for key in (cast.record.pk, unknown):
            client.get(reverse("caseload:record", args=[key]))
    for key in (cast.record.pk, unknown):
        with django_assert_num_queries(7):
            client.get(reverse("caseload:record", args=[key]))


def test_the_log_says_which_page_and_names_nobody(cast, as_user, caplog):
    with caplog.at_level(logging.WARNING, logger="refusals"):
        as_user(cast.other_clinician).get(reverse("caseload:record", args=[cast.record.pk]))
    [line] = [record for record in caplog.records if record.name == "refusals"]
    said = str(line.__dict__)
    assert line.page == "caseload:record"
    assert line.account == str(cast.other_clinician.pk)
    for secret in (cast.other_clinician.email, cast.record.name, str(cast.record.pk)):
        assert secret not in said.replace(str(line.args), "")


def test_somebody_not_signed_in_is_sent_to_sign_in(cast, client):
    client.get(reverse("caseload:record", args=[cast.record.pk]))
    assert not refused().exists()
