"""The same clinician, programme and patient as for the tests of patients."""

from tests.patients.conftest import free, given, physio, template

__all__ = ["free", "given", "physio", "template"]
