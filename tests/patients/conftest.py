"""A clinician at work, a programme to give, and somebody to give it to."""

from datetime import timedelta

import pytest

from patients.models import Assignment, Patient
from patients.services import plans
from programmes.models import Programme
from tests.cast import Cast
from tests.factories import PatientFactory, published_programme
from tests.patients.past import NOW, TODAY, ago


@pytest.fixture
def physio(cast: Cast, as_user):
    return as_user(cast.clinician)


@pytest.fixture
def template(cast: Cast) -> Programme:
    return published_programme(
        clinic=cast.clinic, created_by=cast.clinician, title="Tight hamstrings", items=2
    )


@pytest.fixture
def free(cast: Cast) -> Patient:
    """A patient without a programme."""
    return PatientFactory(clinic=cast.clinic, clinician=cast.clinician, name="Lena Wolf")


@pytest.fixture
def given(cast: Cast, free, template) -> Assignment:
    """Lena's running programme, given yesterday."""
    return plans.assign(
        template,
        to=free,
        starts_on=ago(1),
        review_on=TODAY + timedelta(42),
        by=cast.clinician,
        now=NOW - timedelta(1),
    )
