"""Only a script of ours can post what was done; whatever else is sent is refused, and is no fault."""

import json
from itertools import chain

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts import limits
from accounts.not_saved import person_id
from offline.reading import LARGEST, MOST
from patients.models import HeldEntry, LateSign, Session, WarningSign
from tests.accounts.used_up import use_up
from tests.offline.phone import ADDRESS, Phone, iso, one, sign_of
from tests.patients.scene import DAY, NOW, items_of, running

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hands():
    with time_machine.travel(NOW, tick=False) as hands:
        yield hands


@pytest.fixture
def plan():
    return running()


@pytest.fixture
def phone(plan) -> Phone:
    return Phone(plan.patient.user)


def nothing_happened() -> bool:
    models = (Session, HeldEntry, WarningSign, LateSign)
    return not any(model.objects.exists() for model in models)


def both(plan) -> dict:
    return {"now": iso(NOW), "entries": [one(plan), sign_of(plan.patient)]}


FOREIGN = [
    {"Origin": "https://elsewhere.example"},
    {"Origin": "https://testserver"},  # the same name without its own lock
    {"Origin": "http://testserver:8080"},
    {"Origin": "null"},
    {"Origin": None},
    {"Origin": None, "Sec_Fetch_Site": None},
    {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-site"},
    {"Sec_Fetch_Site": "none"},
    {"Content_Type": "text/plain"},
    {"Content_Type": "application/x-www-form-urlencoded"},
    {"Content_Type": "multipart/form-data; boundary=x"},
    {"X_Person": None},
    {"X_Person": ""},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_another_sites_page_can_post_nothing(phone, plan, headers):
    response = phone.post(both(plan), **headers)
    assert (response.status_code, response["X-Not-Saved"]) == (403, "foreign")
    assert nothing_happened()


def test_a_form_of_another_site_leaves_no_message_behind(client):
    """It comes without cookies: whoever is signed in would read that they were signed out."""
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
    answer = client.post(ADDRESS, "x=y", content_type="text/plain", headers=headers)
    assert (answer.status_code, answer["X-Not-Saved"]) == (401, "signed-out")
    assert not answer.cookies


def test_a_browser_that_says_nothing_of_the_kind_is_asked_for_its_origin_alone(phone, plan):
    assert phone.post(both(plan), Sec_Fetch_Site=None).status_code == 200
    assert WarningSign.objects.exists()


def test_it_needs_a_sign_in_by_the_person_whose_it_is(phone, plan):
    other = running().patient.user
    response = phone.post(both(plan), X_Person=person_id(other))
    assert (response.status_code, response["X-Not-Saved"]) == (409, "other-person")
    headers = {"X-Person": person_id(other), "Origin": "http://testserver", "X-Background": "1"}
    signed_out = Client().post(ADDRESS, "{}", content_type="application/json", headers=headers)
    assert (signed_out.status_code, signed_out["X-Not-Saved"]) == (401, "signed-out")
    staff = Phone(plan.patient.clinician).post(both(plan))
    assert staff.status_code == 404
    assert nothing_happened()


def test_it_is_only_posted(as_user, plan):
    assert as_user(plan.patient.user).get(reverse("offline:sessions")).status_code == 405


NO_BODY = [
    " ", "{", "[]", "null", "7", '"x"', "{}", '{"now": "2026-05-04T09:00:00Z"}', b"\xff\xfe",
    '{"entries": []}', '{"now": "soon", "entries": []}', '{"now": 7, "entries": []}',
    '{"now": "2026-05-04T09:00:00", "entries": []}', '{"now": "2026-05-04T09:00:00Z", "entries": {}}',
    '{"now": NaN, "entries": []}', '{"now": "2026-05-04T09:00:00Z", "entries": [Infinity]}',
    "[" * 100_000, '{"now": "2026-05-04T09:00:00Z", "entries": ' + "[" * 50_000 + "]" * 50_000 + "}",
    '{"now": ' + "9" * 5000 + ', "entries": []}', '{"now": "2026-13-04T09:00:00Z", "entries": []}',
]  # fmt: skip


@pytest.mark.parametrize("body", NO_BODY, ids=lambda body: str(body)[:30])
def test_what_is_no_queue_is_not_understood(phone, body):
    response = phone.post(body)
    assert (response.status_code, response["X-Not-Saved"]) == (422, "not-understood")


def test_too_many_and_too_much_are_said_in_words(phone, plan):
    many = phone.post({"now": iso(NOW), "entries": [one(plan) for _ in range(MOST + 1)]})
    assert many.status_code == 422
    assert many.json()["words"] == "Send 50 at once, and then the others."
    much = phone.post({"now": iso(NOW), "entries": [one(plan, note="x" * LARGEST)]})
    assert (much.status_code, much.json()["words"]) == (413, "This is too much to send at once.")
    assert nothing_happened()
    assert phone.answers(*[one(plan) for _ in range(MOST)]) == ["taken"] * MOST


ODD = [
    None, True, 0, -1, 1.5, 2**200, "", "x", "\x00", "\ud800", "é" * 9, [], {}, [[]], {"a": {}},
    "2026-05-04T09:00:00Z\x00", "00000000-0000-0000-0000-000000000000", "9999-12-31T23:59:59-14:00",
    "0001-01-01T00:00:00+14:00", "Europe", "../../etc/passwd",
]  # fmt: skip
DECIDES_NOTHING = {"on", "guided"}


def test_any_field_may_be_anything_and_is_refused_or_passed_over(phone, plan, hands):
    """Never a fault, and never more than what was meant."""
    item = items_of(plan)[0].pk
    sessions = [{**one(plan), name: odd} for name in one(plan) for odd in ODD]
    results = [
        one(plan, results=[{"item": str(item), "result": "done", name: odd}])
        for name in ("item", "result", "amount", "pain", "skip_reason")
        for odd in ODD
    ]
    for n, entry in enumerate(chain(sessions, results)):
        [answer] = phone.send(json.loads(json.dumps(entry)))
        assert answer["answer"] in {"taken", "known", "refused"}, (n, entry)
        assert answer["answer"] != "refused" or answer["reason"], entry
        if n % 150 == 149:
            limits.forget_old(now=NOW + DAY)


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_a_sign_is_told_whatever_else_is_odd(phone, plan, odd):
    entry = {**sign_of(plan.patient), "which": odd, "told_at": odd, "zone": odd}
    assert phone.answers(entry) == ["taken"]
    sign = WarningSign.objects.get()
    assert (sign.which, sign.told_at) == ([], NOW)


def test_so_often_that_no_queue_meets_it(phone, plan):
    use_up(limits.OFFLINE, str(plan.patient.user.pk))
    response = phone.post(both(plan))
    assert (response.status_code, response["X-Not-Saved"]) == (429, "too-many")
    assert response.json()["words"] == "Try again in 1 hour."
    assert int(response["Retry-After"]) == 3600
    assert nothing_happened()
