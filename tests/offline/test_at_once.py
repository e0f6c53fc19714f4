"""The same key at the same moment, on real connections: one session, one sign."""

import pytest

from offline import sync
from patients.models import LateSign, Session, WarningSign
from tests.at_once import THREADS, all_at_once
from tests.factories import PatientFactory
from tests.offline.phone import one, sign_of
from tests.patients.scene import NOW, running

pytestmark = pytest.mark.django_db(transaction=True)


def answers_at_once(by, entries: list[dict]) -> list[str]:
    """Each request brings one of them, in turn."""

    def send(n: int) -> str:
        [answer] = sync.take([entries[n % len(entries)]], sync.Phone(by, NOW, NOW))
        return answer["answer"]

    return all_at_once(send)


def test_one_key_sent_many_times_at_once_is_one_session():
    plan = running()
    answers = answers_at_once(plan.patient.user, [one(plan)])
    assert set(answers) <= {"taken", "known"}
    assert Session.objects.get().ticks.count() == 1


def test_one_key_sent_at_once_for_two_records_is_one_session():
    plan = running()
    childs = running(patient=PatientFactory(user=plan.patient.user))
    entry = one(plan)
    of_child = one(childs, client_id=entry["client_id"])
    answers = answers_at_once(plan.patient.user, [entry, of_child])
    assert len(answers) == THREADS
    assert set(answers) <= {"taken", "known"}
    assert Session.objects.get().ticks.count() == 1


def test_one_sign_sent_many_times_at_once_is_one():
    patient = running().patient
    answers = answers_at_once(patient.user, [sign_of(patient)])
    assert sorted(answers) == ["known"] * (THREADS - 1) + ["taken"]
    assert WarningSign.objects.count() == LateSign.objects.count() == 1


def test_one_key_sent_at_once_for_two_records_is_a_sign_of_each():
    patient = running().patient
    child = running(patient=PatientFactory(user=patient.user)).patient
    entry = sign_of(patient)
    of_child = sign_of(child) | {"client_id": entry["client_id"]}
    answers = answers_at_once(patient.user, [entry, of_child])
    assert sorted(answers) == ["known"] * (THREADS - 2) + ["taken"] * 2
    assert {sign.patient for sign in WarningSign.objects.all()} == {patient, child}


def test_a_sign_and_a_session_done_after_it_at_once_leave_the_session_held():
    plan = running()
    by, entries = plan.patient.user, [sign_of(plan.patient), one(plan)]
    assert not any(isinstance(one, Exception) for one in answers_at_once(by, entries))
    assert not Session.objects.not_undone().exists()
    assert WarningSign.objects.get().held.count() == 1
