"""Precautions of a record: noted, seen by staff, and compared with what is prescribed."""

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

import programmes.services as programmes
from patients.models import Assignment, Patient
from patients.services import plans
from tests.caseload.test_record_pages import NEW, page, typed
from tests.factories import LONG_AGO, ExerciseVersionFactory, PatientFactory
from tests.patients.scene import NOW, TODAY, items_of, running, template_for

pytestmark = pytest.mark.django_db
WARNING = "Look twice: Sam Reed should ask first"


@pytest.fixture(autouse=True)
def clock_hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def physio(cast, as_user):
    return as_user(cast.clinician)


@pytest.fixture
def patient(cast):
    return PatientFactory(
        clinic=cast.clinic,
        clinician=cast.clinician,
        name="Sam Reed",
        precautions=["NECK", "HERNIA"],
    )


def curl_up(**fields):
    tags = ["OST", "NECK", "HERNIA"]
    return ExerciseVersionFactory(name="Curl-up", precautions=tags, is_sided=False, **fields)


def test_they_are_noted_with_a_new_patient(cast, physio):
    physio.post(NEW, typed(cast, precautions=["THR", "OST"]))
    lena = Patient.objects.get(name="Lena Wolf")
    assert set(lena.precautions) == {"OST", "THR"}
    record = physio.get(page("record", lena))
    assertContains(record, "weak bones (osteoporosis)")
    assertContains(record, "hip replacement")


def test_they_stand_right_under_the_name_of_a_new_patient(physio):
    page = physio.get(reverse("caseload:create")).content.decode()
    order = [page.index(f'id="div_id_{name}"') for name in ("name", "precautions", "email")]
    assert order == sorted(order)


def test_they_are_changed_and_taken_away(cast, physio, patient):
    form = physio.get(page("edit", patient)).context["form"]
    assert form["precautions"].value() == ["NECK", "HERNIA"]
    values = typed(cast, name="Sam Reed", email=patient.email, precautions=["BP"])
    physio.post(page("edit", patient), values)
    patient.refresh_from_db()
    assert patient.precautions == ["BP"]
    physio.post(page("edit", patient), typed(cast, name="Sam Reed", email=patient.email))
    patient.refresh_from_db()
    assert patient.precautions == []
    assertNotContains(physio.get(page("record", patient)), "Precautions:")


@pytest.mark.parametrize("bad", ["XYZ", "a\x00b", "x" * 10_000])
def test_what_is_no_tag_is_refused_beside_the_list_and_nothing_is_lost(cast, physio, bad):
    response = physio.post(NEW, typed(cast, precautions=["THR", bad]))
    assert response.status_code == 422
    assertContains(response, "Choose from the list.", status_code=422)
    assertContains(response, 'value="THR" id="id_precautions_1" checked', status_code=422)
    assertContains(response, "Lena Wolf", status_code=422)
    assert not Patient.objects.filter(name="Lena Wolf").exists()


def test_the_record_points_out_what_the_programme_asks_first(physio, patient):
    running({"exercise_version": curl_up(), "side": ""}, patient=patient)
    record = physio.get(page("record", patient))
    assertContains(record, WARNING)
    assertContains(record, "<li>Curl-up: neck trouble, hernia</li>", html=True)
    assertContains(record, "?avoid=NECK&amp;avoid=HERNIA")


def test_nothing_is_pointed_out_where_nothing_matches(physio, patient):
    running(patient=patient)
    assertNotContains(physio.get(page("record", patient)), "Look twice")


def test_the_list_of_programmes_says_which_to_look_at_twice(physio, patient):
    safe = template_for(patient)
    risky = template_for(patient, {"exercise_version": curl_up(), "side": ""})
    answer = physio.get(page("assign", patient))
    assertContains(answer, f"{risky.title} (look twice)")
    assertNotContains(answer, f"{safe.title} (look twice)")
    assertContains(answer, "Sam Reed should ask first (neck trouble, hernia)")
    assertContains(answer, "<li>Curl-up: neck trouble, hernia</li>", html=True)


def test_it_is_assigned_all_the_same(physio, patient):
    risky = template_for(patient, {"exercise_version": curl_up(), "side": ""})
    dates = {"starts_on": TODAY, "review_on": TODAY}
    answer = physio.post(page("assign", patient), {"programme": risky.pk, **dates}, follow=True)
    assert Assignment.objects.running().filter(patient=patient).exists()
    assertContains(answer, WARNING)


def test_a_programme_says_for_which_patients_to_look_twice(physio, patient, cast):
    other = PatientFactory(clinic=cast.clinic, name="Ana Lund", precautions=["KNEE"])
    risky = template_for(patient, {"exercise_version": curl_up(), "side": ""})
    answer = physio.get(reverse("caseload:assign_from"), {"programme": risky.pk})
    assertContains(answer, "Sam Reed (look twice)")
    assertNotContains(answer, f"{other.name} (look twice)")
    assertContains(answer, "<li>Curl-up: neck trouble, hernia</li>", html=True)


def test_the_builder_of_a_patients_draft_points_it_out_as_it_changes(physio, patient, cast):
    plan = running(patient=patient)
    draft = plans.start_change(plan, by=cast.clinician, now=NOW)
    edit = reverse("programmes:edit", args=[draft.pk])
    quiet = physio.get(edit)
    assertNotContains(quiet, WARNING)
    assertContains(quiet, "Leave these out of the library")
    add = reverse("programmes:add_item", args=[draft.pk])
    changed = physio.post(add, {"version": curl_up().pk}, headers={"HX-Request": "true"})
    assertContains(changed, WARNING)
    assertContains(physio.get(edit), "<li>Curl-up: neck trouble, hernia</li>", html=True)


def test_a_template_is_built_for_nobody(physio, patient, cast):
    draft = programmes.create(cast.clinic, title="Low back", by=cast.clinician, now=LONG_AGO)
    programmes.add_item(draft, curl_up(), by=cast.clinician, now=LONG_AGO)
    answer = physio.get(reverse("programmes:edit", args=[draft.pk]))
    assertNotContains(answer, "Look twice")


def test_the_patient_never_reads_what_was_noted_of_them(as_user, patient):
    plan = running({"exercise_version": curl_up(), "side": ""}, patient=patient)
    phone = as_user(patient.user)
    for address in (
        reverse("today:today"),
        reverse("today:item", args=[items_of(plan)[0].pk]),
        reverse("today:settings"),
    ):
        answer = phone.get(address)
        assertNotContains(answer, "Look twice")
        assertNotContains(answer, "Precautions")


def test_how_to_do_it_on_today_says_who_should_ask_first(as_user, patient):
    [item] = items_of(running({"exercise_version": curl_up(), "side": ""}, patient=patient))
    how = as_user(patient.user).get(reverse("today:how", args=[item.pk]))
    for words in ("Ask first if", "you have neck trouble", "you have a hernia"):
        assertContains(how, words)


@pytest.mark.parametrize("many", [1, 10])
def test_queries_do_not_grow_with_programmes(physio, patient, django_assert_max_num_queries, many):
    for _number in range(many):
        template_for(patient, {"exercise_version": curl_up(), "side": ""})
    with django_assert_max_num_queries(14):
        assertContains(physio.get(page("assign", patient)), "(look twice)")
