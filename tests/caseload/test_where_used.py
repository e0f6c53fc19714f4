"""Where an exercise is used, on its page: the reader's own clinics, and nobody else's."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from exercises.models import ExerciseVersion
from programmes import services
from tests.factories import (
    LONG_AGO,
    ExerciseFactory,
    ExerciseVersionFactory,
    ItemFactory,
    MembershipFactory,
    PatientFactory,
    ProgrammeFactory,
)
from tests.patients.scene import TODAY, running, template_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def bridge() -> ExerciseVersion:
    return ExerciseVersionFactory(name="Bridge", exercise__slug="bridge")


@pytest.fixture
def physio():
    return MembershipFactory().user


@pytest.fixture
def clinic(physio):
    return physio.clinics_as_staff().get()


def shown(version: ExerciseVersion, user) -> str:
    request = RequestFactory().get("/")
    request.user = user
    page = Template("{% load where_used %}{% where_used version.exercise %}")
    return " ".join(page.render(Context({"request": request, "version": version})).split())


def given(version: ExerciseVersion, clinic, **fields):
    """A patient of this clinic with a running programme of this exercise, made from a template."""
    patient = PatientFactory(clinic=clinic, **fields)
    return running({"exercise_version": version}, patient=patient)


def test_templates_and_running_programmes_are_counted_and_named(bridge, physio, clinic):
    assignment = given(bridge, clinic, name="Ana Lund")
    page = shown(bridge, physio)
    assert "<h3>In 1 template</h3>" in page
    assert "<h3>In 1 running programme</h3>" in page
    template = clinic.programmes.templates().get()
    assert f'<a href="/programmes/{template.pk}/">{template.title}</a>' in page
    assert f'<a href="/patients/{assignment.patient_id}/">Ana Lund</a>' in page


def test_what_other_exercises_are_in_is_not_counted(bridge, physio, clinic):
    given(ExerciseVersionFactory(), clinic)
    assert "In none of your programmes yet." in shown(bridge, physio)


def test_another_clinics_programmes_are_never_counted(bridge, physio):
    other = MembershipFactory()
    given(bridge, other.clinic, name="Secret Person")
    page = shown(bridge, physio)
    assert "In none of your programmes yet." in page
    assert "Secret Person" not in page
    assert "In 1 template" in shown(bridge, other.user)


def test_a_clinicians_own_treatment_elsewhere_is_not_counted(bridge, physio):
    given(bridge, MembershipFactory().clinic, user=physio)
    assert "In none of your programmes yet." in shown(bridge, physio)


def test_whoever_has_left_the_clinic_sees_nothing(bridge, physio, clinic):
    given(bridge, clinic)
    physio.memberships.update(deactivated_at=LONG_AGO)
    assert "In none of your programmes yet." in shown(bridge, physio)


def test_an_ended_programme_is_not_running(bridge, physio, clinic):
    assignment = given(bridge, clinic)
    assignment.ended_on = TODAY
    assignment.save()
    assert "In 0 running programmes" in shown(bridge, physio)


def test_an_earlier_version_and_a_clinics_own_count_too(bridge, physio, clinic):
    given(bridge, clinic)
    newer = ExerciseVersionFactory(exercise=bridge.exercise, number=2)
    own = ExerciseVersionFactory(exercise=ExerciseFactory(slug="bridge", clinic=clinic))
    for version in (newer, own):
        assert "In 1 running programme<" in shown(version, physio)


def test_a_template_and_the_draft_of_its_next_version_are_one(bridge, physio, clinic):
    template = template_for(PatientFactory(clinic=clinic), {"exercise_version": bridge})
    services.revise(template, by=physio, now=LONG_AGO)
    page = shown(bridge, physio)
    assert "<h3>In 1 template</h3>" in page
    assert page.count(template.title) == 1


def test_a_replaced_version_of_a_template_is_not_counted(bridge, physio, clinic):
    template = template_for(PatientFactory(clinic=clinic), {"exercise_version": bridge})
    draft = services.revise(template, by=physio, now=LONG_AGO)
    draft.items.all().delete()
    ItemFactory(programme=draft)
    services.publish(draft, by=physio, now=LONG_AGO)
    assert "In none of your programmes yet." in shown(bridge, physio)


def test_titles_and_names_are_words_never_markup(bridge, physio, clinic):
    ItemFactory(
        programme=ProgrammeFactory(clinic=clinic, title="<b>Low</b> back"), exercise_version=bridge
    )
    given(bridge, clinic, name="<i>Ana</i>")
    page = shown(bridge, physio)
    assert "&lt;b&gt;Low&lt;/b&gt; back" in page
    assert "&lt;i&gt;Ana&lt;/i&gt;" in page


@pytest.mark.parametrize("many", [1, 20])
def test_a_few_are_named_and_the_queries_do_not_grow(
    bridge, physio, clinic, django_assert_num_queries, many
):
    for _ in range(many):
        given(bridge, clinic)
    with django_assert_num_queries(5):
        page = shown(bridge, physio)
    assert page.count('href="/patients/') == page.count('href="/programmes/') == min(many, 5)
    assert page.count("and 15 more") == (2 if many == 20 else 0)
