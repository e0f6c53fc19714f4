"""The people of every access test: one patient, and everybody around her."""

from dataclasses import dataclass

from accounts.models import Clinic, Membership, User
from patients.models import Assignment, Day, Patient
from tests.factories import (
    LONG_AGO,
    AssignmentFactory,
    ClinicFactory,
    DayFactory,
    MembershipFactory,
    PatientFactory,
    UserFactory,
)


@dataclass(frozen=True)
class Cast:
    """Named by what they are to the patient's record."""

    clinic: Clinic
    record: Patient
    assignment: Assignment
    day: Day
    patient: User
    clinician: User
    colleague: User
    lead: User
    deactivated: User
    other_patient: User
    other_clinician: User
    stranger: User
    operator: User


def make_cast() -> Cast:
    clinic = ClinicFactory(name="Riverside")
    clinician = MembershipFactory(clinic=clinic, user__name="Priya Shah").user
    record = PatientFactory(
        clinic=clinic, clinician=clinician, name="Sam Reed", user__email="sam@example.org"
    )
    assignment = AssignmentFactory(patient=record)
    return Cast(
        clinic=clinic,
        record=record,
        assignment=assignment,
        day=DayFactory(assignment=assignment),
        patient=record.user,
        clinician=clinician,
        colleague=MembershipFactory(clinic=clinic).user,
        lead=MembershipFactory(clinic=clinic, role=Membership.Role.LEAD).user,
        deactivated=MembershipFactory(clinic=clinic, deactivated_at=LONG_AGO).user,
        other_patient=PatientFactory(clinic=clinic, clinician=clinician).user,
        other_clinician=MembershipFactory().user,
        stranger=UserFactory(),
        operator=UserFactory(is_operator=True),
    )
