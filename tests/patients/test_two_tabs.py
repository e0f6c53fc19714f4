"""A record, a review date, a session and a time zone in two tabs: nothing is overwritten unseen."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.formats import date_format
from pytest_django.asserts import assertContains

import clock
from patients.models import Patient, Session
from patients.results import Went
from patients.services import sessions
from tests.at_once import all_at_once
from tests.patients.scene import running
from tests.tabs import Tab


@pytest.fixture
def record_tab(cast, as_user):
    def opened(user=None) -> Tab:
        client = as_user(user or cast.clinician)
        return Tab(client, reverse("caseload:edit", args=[cast.record.pk]), form="clinician")

    return opened


@pytest.fixture
def colleague(cast):
    cast.colleague.name = "Amira Khan"
    cast.colleague.save()
    return cast.colleague


def now(cast) -> Patient:
    return Patient.objects.get(pk=cast.record.pk)


def test_a_record_keeps_what_two_people_changed_in_it(cast, record_tab, colleague):
    here, there = record_tab(), record_tab(colleague)
    there.send(name="Samuel Reed", clinician=str(colleague.pk), precautions=["OST"])
    assert here.send(telephone="0161 496 0001").status_code == 302
    record = now(cast)
    assert (record.name, record.clinician) == ("Samuel Reed", colleague)
    assert (record.telephone, record.precautions) == ("+441614960001", ["OST"])


@pytest.mark.parametrize(("answer", "kept"), [("mine", ["KNEE"]), ("theirs", ["OST"])])
def test_precautions_that_both_changed_are_asked_about(cast, record_tab, colleague, answer, kept):
    here, there = record_tab(), record_tab(colleague)
    there.send(precautions=["OST"])
    response = here.send(precautions=["KNEE"], name="Samuel Reed")
    assertContains(response, "Meanwhile Amira Khan set this to", status_code=422)
    assert (now(cast).precautions, now(cast).name) == (["OST"], "Sam Reed")
    assert here.send(**{"settle-precautions": answer}).status_code == 302
    assert (now(cast).precautions, now(cast).name) == (kept, "Samuel Reed")


def test_who_looks_after_a_patient_is_asked_by_name(cast, record_tab, colleague):
    here, there = record_tab(), record_tab(colleague)
    there.send(clinician=str(colleague.pk))
    response = here.send(clinician=str(cast.lead.pk))
    assertContains(response, "Meanwhile Amira Khan set this to Amira Khan.", status_code=422)
    here.send(**{"settle-clinician": "mine"})
    assert now(cast).clinician == cast.lead


def test_an_address_changed_in_another_tab_is_not_changed_back(cast, record_tab, colleague):
    here, there = record_tab(), record_tab(colleague)
    there.send(email="new@example.org", close_access="on")
    here.send(name="Samuel Reed")
    assert now(cast).email == "new@example.org"


def test_a_record_repeated_by_an_old_page_is_saved_as_before(cast, record_tab):
    here = record_tab()
    here.shows = {name: v for name, v in here.shows.items() if not name.startswith("given")}
    assert here.send(name="Samuel Reed").status_code == 302
    assert now(cast).name == "Samuel Reed"


@pytest.fixture
def review_tab(cast, as_user):
    address = reverse("caseload:change_review", args=[cast.record.pk])
    return lambda user=None: Tab(as_user(user or cast.clinician), address, form="review_on")


def test_a_review_date_in_two_tabs(cast, review_tab, colleague):
    today = clock.today(cast.record.time_zone)
    first, second = today + timedelta(days=10), today + timedelta(days=20)
    here, there, idle = review_tab(), review_tab(colleague), review_tab()
    there.send(review_on=first.isoformat())
    assert idle.send().status_code == 302  # only repeats the old date
    cast.assignment.refresh_from_db()
    assert cast.assignment.review_on == first
    response = here.send(review_on=second.isoformat())
    assertContains(response, "Keep " + date_format(first, "D j M Y"), status_code=422)
    cast.assignment.refresh_from_db()
    assert cast.assignment.review_on == first
    here.send(**{"settle-review_on": "mine"})
    cast.assignment.refresh_from_db()
    assert cast.assignment.review_on == second


def test_a_time_zone_in_two_tabs(cast, as_user):
    tabs = [
        Tab(as_user(cast.patient), reverse("today:settings"), form="given-time_zone")
        for _tab in "ab"
    ]
    tabs[0].send(time_zone="Europe/Paris")
    tabs[1].send()
    assert now(cast).time_zone == "Europe/Paris"
    tabs[0] = Tab(as_user(cast.patient), reverse("today:settings"), form="given-time_zone")
    tabs[0].send(time_zone="Europe/Rome")
    response = tabs[1].send(time_zone="Europe/Berlin")
    assertContains(response, "In another tab you set this to", status_code=422)
    assert now(cast).time_zone == "Europe/Rome"


def own_settings(cast, as_user) -> Tab:
    return Tab(as_user(cast.patient), reverse("today:settings"), form="given-called")


def test_the_clinic_and_the_patient_say_what_to_call_them(cast, as_user, record_tab):
    """Each is asked which counts; a page that only repeats it overwrites nothing."""
    own, clinics = own_settings(cast, as_user), record_tab()
    assert own.send(called="Sammy").status_code == 302
    assert clinics.send(telephone="0161 496 0001").status_code == 302
    assert now(cast).called == "Sammy"
    clinics, theirs = record_tab(), own_settings(cast, as_user)
    assert clinics.send(called="Mr Reed").status_code == 302
    response = theirs.send(called="S. Reed")
    said = "Meanwhile Priya Shah set this to “Mr Reed”. You set it to “S. Reed”."
    assertContains(response, said, status_code=422)
    assert now(cast).called == "Mr Reed"
    assert theirs.send(**{"settle-called": "mine"}).status_code == 302
    assert now(cast).called == "S. Reed"


def test_the_clinic_reads_that_the_patient_has_changed_it(cast, as_user, record_tab):
    clinics = record_tab()
    own_settings(cast, as_user).send(called="Sammy")
    response = clinics.send(called="Mr Reed")
    said = f"Meanwhile {cast.patient} set this to “Sammy”."
    assertContains(response, said, status_code=422)


@pytest.fixture
def session(cast, as_user) -> Session:
    """One that the patient has just ticked off."""
    assignment = running(
        patient=fresh(cast), starts_on=clock.today("Europe/London"), now=clock.now()
    )
    day = assignment.days.get(on=assignment.starts_on)
    return sessions.log_session(
        day, client_id=day.pk, programme_id=day.programme_id, by=cast.patient, now=clock.now()
    )


def fresh(cast) -> Patient:
    cast.record.assignments.all().delete()
    return cast.record


@pytest.fixture
def session_tab(session, cast, as_user):
    address = reverse("today:session_describe", args=[session.pk])
    return lambda: Tab(as_user(cast.patient), address, form="given-note")


def test_a_note_in_one_tab_keeps_the_pain_told_in_another(session, session_tab):
    here, there = session_tab(), session_tab()
    there.send(pain_after="6", effort="hard")
    here.send(note="It was fine\nlater.")
    session.refresh_from_db()
    assert (session.pain_after, session.effort) == (6, "hard")
    assert session.note == "It was fine\nlater."


@pytest.mark.parametrize(("answer", "kept"), [("mine", 2), ("theirs", 6)])
def test_pain_told_twice_is_asked_about(session, session_tab, answer, kept):
    here, there = session_tab(), session_tab()
    there.send(pain_after="6")
    response = here.send(pain_after="2", note="Better.")
    words = "In another tab you set this to 6. Here you set it to 2."
    assertContains(response, words, status_code=422)
    session.refresh_from_db()
    assert (session.pain_after, session.note) == (6, "")
    here.send(**{"settle-pain_after": answer})
    session.refresh_from_db()
    assert (session.pain_after, session.note) == (kept, "Better.")


@pytest.fixture
def item(session):
    return session.programme.items.get()


def test_how_an_exercise_went_in_one_tab_keeps_how_many_were_told_in_another(
    session, session_tab, item
):
    here, there = session_tab(), session_tab()
    there.send(**{f"result-{item.pk}": "part", f"amount-{item.pk}": "2"})
    here.send(note="Stiff.")
    assert sessions.results_of(session) == {item.pk: Went("part", amount=2)}


@pytest.mark.parametrize(
    ("answer", "kept"), [("mine", Went("skipped")), ("theirs", Went("hurt", pain=5))]
)
def test_how_an_exercise_went_told_twice_is_asked_about(session, session_tab, item, answer, kept):
    here, there = session_tab(), session_tab()
    there.send(**{f"result-{item.pk}": "hurt", f"pain-{item.pk}": "5"})
    response = here.send(**{f"result-{item.pk}": "skipped"})
    words = "In another tab you set this to It hurt. Here you set it to Left out."
    assertContains(response, words, status_code=422)
    assertContains(response, "data-result open", status_code=422)
    assert sessions.results_of(session) == {item.pk: Went("hurt", pain=5)}
    here.send(**{f"settle-result-{item.pk}": answer})
    assert sessions.results_of(session) == {item.pk: kept}


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once_cannot_both_pass(cast, record_tab):
    tabs = [record_tab() for _each in range(4)]
    answers = all_at_once(lambda n: tabs[n].send(name=f"Sam {n}"), times=4)
    assert sorted(answer.status_code for answer in answers) == [302, 422, 422, 422]


@pytest.mark.django_db(transaction=True)
def test_two_phones_at_once_cannot_both_pass(session, session_tab):
    tabs = [session_tab() for _each in range(4)]
    answers = all_at_once(lambda n: tabs[n].send(pain_after=str(n)), times=4)
    assert sorted(answer.status_code for answer in answers) == [302, 422, 422, 422]
