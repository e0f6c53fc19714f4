"""Every form of the product, sent in the background and not accepted: never a page nobody sees."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse
from pytest_django.asserts import assertContains

import clock
from accounts import limits
from accounts.not_saved import Reason, person_id
from exercises.services import writing
from programmes import services
from tests.access_routes import OPEN, Route
from tests.accounts.used_up import use_up
from tests.cast import Cast
from tests.exercises.writing_desk import ready_draft
from tests.factories import LONG_AGO, ItemFactory, ProgrammeFactory
from tests.test_access import ROUTES

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Background": "yes"}
HTMX = {"HX-Request": "true"}
FORM = "application/x-www-form-urlencoded"
# The home page sends signed-out people on by itself, and takes nothing.
WITH_SIGN_IN = [r for r in ROUTES if r.audience not in OPEN and r.name != "home"]


def send(client: Client, route: Route, cast: Cast, **headers: str) -> HttpResponse:
    route.prepare(cast)
    address = reverse(route.name, kwargs=route.kwargs(cast))
    return client.post(address, route.data(cast), headers=headers)


def told(response: HttpResponse) -> tuple[int, str]:
    assert response["Content-Type"] == "text/plain"
    return response.status_code, response["X-Not-Saved"]


@pytest.mark.parametrize("headers", [SCRIPT, HTMX], ids=["script", "htmx"])
@pytest.mark.parametrize("route", WITH_SIGN_IN, ids=str)
def test_signed_out_is_said_and_never_a_sign_in_page(route, cast, headers) -> None:
    assert told(send(Client(), route, cast, **headers)) == (401, "signed-out")


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_a_page_made_for_somebody_else_saves_nothing(route, cast, as_user) -> None:
    headers = {**SCRIPT, "X-Person": person_id(cast.colleague)}
    response = send(as_user(cast.clinician), route, cast, **headers)
    assert told(response) == (409, "other-person")


@pytest.mark.parametrize("route", WITH_SIGN_IN, ids=str)
def test_an_expired_form_is_said(route, cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.lead)
    headers = {**SCRIPT, "X-Person": person_id(cast.lead), "X-CSRFToken": "of-another-time"}
    response = send(client, route, cast, **headers)
    if response.status_code == 404:  # photos are read only once it is known who sends them
        assert told(response) == (404, "gone")
    else:
        assert told(response) == (403, "form-expired")


def test_a_form_let_go_from_a_page_of_somebody_else_saves_nothing(cast, as_user) -> None:
    client, address = as_user(cast.colleague), reverse("accounts:settings")
    client.cookies["saving"] = f"{person_id(cast.clinician)}.one-form"
    name = cast.colleague.name
    assertContains(client.post(address, {"name": "X"}), "Nothing was saved", status_code=403)
    cast.colleague.refresh_from_db()
    assert cast.colleague.name == name
    assert client.get(address).status_code == 200


def test_whose_page_it_is_comes_before_the_age_of_its_form(cast) -> None:
    client = Client(enforce_csrf_checks=True)
    address = reverse("accounts:settings")
    headers = {**SCRIPT, "X-Person": person_id(cast.clinician)}
    assert told(client.post(address, headers=headers)) == (401, "signed-out")
    client.force_login(cast.colleague)
    assert told(client.post(address, headers=headers)) == (409, "other-person")


def test_a_sign_in_that_has_lasted_too_long_is_said(cast, as_user) -> None:
    client = as_user(cast.clinician)
    headers = {**SCRIPT, "X-Person": person_id(cast.clinician)}
    with time_machine.travel(clock.now() + timedelta(minutes=31), tick=False):
        response = client.post(reverse("accounts:settings"), {"name": "X"}, headers=headers)
    assert told(response) == (401, "signed-out")


def test_a_page_and_its_background_requests_name_the_same_person(cast, as_user) -> None:
    client = as_user(cast.clinician)
    mine = person_id(cast.clinician)
    assert str(cast.clinician.pk) not in mine
    for name in ("caseload:caseload", "accounts:settings"):
        assertContains(client.get(reverse(name)), f'<meta name="person" content="{mine}"')
    assertContains(as_user(cast.patient).get(reverse("today:today")), 'name="person"')
    assert b'name="person"' not in Client().get(reverse("account_login")).content


@pytest.fixture
def draft(cast: Cast):
    draft = ProgrammeFactory(clinic=cast.clinic, created_by=cast.clinician)
    ItemFactory(programme=draft, position=1)
    return draft


def test_a_change_to_what_was_published_since_is_said_and_stays_on_the_page(
    draft, cast, as_user
) -> None:
    item = draft.items.get()
    services.publish(draft, by=cast.colleague, now=LONG_AGO)
    address = reverse("programmes:change_item", args=[draft.pk, item.pk])
    response = as_user(cast.clinician).post(address, {"note": "Slowly"}, headers=HTMX)
    assert told(response) == (409, "changed")
    assert as_user(cast.clinician).post(address, {"note": "Slowly"}).status_code == 302


def test_writing_on_in_an_exercise_published_since_is_said_and_not_called_saved(cast, as_user):
    draft = ready_draft(cast.clinic, by=cast.clinician)
    writing.publish(draft, by=cast.colleague, now=LONG_AGO)
    client = as_user(cast.clinician)
    client.cookies["saving"] = f"{person_id(cast.clinician)}.one-form"
    address = reverse("exercises:edit", args=[draft.pk])
    response = client.post(address, {"do": "save"})
    assert response.status_code == 302
    assert "saved" not in response.cookies
    assert told(client.post(address, {"do": "steps add"}, headers=HTMX)) == (409, "changed")


def test_a_change_to_what_is_gone_is_said(draft, cast, as_user) -> None:
    item = draft.items.get()
    services.remove_item(item, by=cast.colleague, now=LONG_AGO)
    address = reverse("programmes:change_item", args=[draft.pk, item.pk])
    response = as_user(cast.clinician).post(address, {"note": "Slowly"}, headers=HTMX)
    assert told(response) == (404, "gone")


def test_more_than_a_form_may_hold_is_said(draft, cast, as_user) -> None:
    address = reverse("programmes:edit", args=[draft.pk])
    body = "title=Low+back&advice=" + "x" * 1_100_000
    client = as_user(cast.clinician)
    response = client.post(address, body, content_type=FORM, headers=HTMX)
    assert told(response) == (413, "too-large")
    page = client.post(address, body, content_type=FORM)
    assertContains(page, "more than we can take", status_code=413)


@login_not_required
def without_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError


@login_not_required
def busy(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<h1>", status=429, headers={"Retry-After": "7"})


@login_not_required
def closed(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<h1>", status=503)


handler400 = "accounts.not_saved.not_understood"
urlpatterns = [
    path("without-database/", without_database),
    path("busy/", busy),
    path("closed/", closed),
    path("", include("config.urls")),
]


@pytest.mark.parametrize(
    ("address", "status", "reason", "wait"),
    [
        ("/without-database/", 500, Reason.TROUBLE, None),
        ("/closed/", 503, Reason.TROUBLE, None),
        ("/busy/", 429, Reason.TOO_MANY, "7"),
    ],
)
def test_trouble_and_too_many_tries_are_said(settings, address, status, reason, wait) -> None:
    settings.ROOT_URLCONF = __name__
    client = Client(raise_request_exception=False)
    response = client.post(address, headers=HTMX)
    assert told(response) == (status, reason.value)
    assert response.headers.get("Retry-After") == wait


def test_too_many_tries_say_how_long_to_wait(client) -> None:
    use_up(limits.PASSWORD, "address:a@example.org")
    sent = {"login": "a@example.org", "password": "x"}
    response = client.post(reverse("account_login"), sent, headers=SCRIPT)
    assert told(response) == (429, "too-many")
    assert 800 < int(response["Retry-After"]) <= 900


def test_a_form_with_something_to_put_right_is_still_a_page(draft, cast, as_user) -> None:
    address = reverse("programmes:edit", args=[draft.pk])
    response = as_user(cast.clinician).post(address, {"title": ""}, headers=HTMX)
    assert response.status_code == 422
    assert "X-Not-Saved" not in response


def test_without_scripts_the_sign_in_page_says_that_nothing_was_saved(cast) -> None:
    page = reverse("accounts:clinic", args=[cast.clinic.pk])
    sign_in = {"follow": True, "headers": {"Referer": f"http://testserver{page}"}}
    response = Client().post(page, {"name": "X"}, **sign_in)
    assertContains(response, "what you sent was not saved")
    assertContains(response, f'name="next" value="{page}"')


def test_after_signing_in_nobody_meets_an_address_that_takes_only_forms(draft) -> None:
    address = reverse("programmes:publish", args=[draft.pk])
    for referer in ("", "https://elsewhere.example/"):
        response = Client().post(address, headers={"Referer": referer})
        assert response["Location"] == f"{reverse('account_login')}?next=/"


def test_who_is_signed_in_now(cast, as_user) -> None:
    address = reverse("accounts:who")
    assert Client().get(address).json()["person"] == ""
    answer = as_user(cast.clinician).get(address).json()
    assert answer["person"] == person_id(cast.clinician)
    assert answer["name"] == str(cast.clinician)
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.clinician)
    token = client.get(address).json()["token"]
    response = client.post(reverse("accounts:settings"), headers={"X-CSRFToken": token})
    assert response.status_code != 403


def test_signing_out_has_the_browser_throw_away_what_it_keeps(cast, as_user) -> None:
    response = as_user(cast.clinician).post(reverse("account_logout"))
    assert response["Clear-Site-Data"] == '"cache"'  # what it may not throw away: docs/adr/0049
    assert "Clear-Site-Data" not in as_user(cast.clinician).get(reverse("accounts:settings"))


def test_only_an_accepted_form_is_said_to_be_saved(cast, as_user) -> None:
    client, address = as_user(cast.clinician), reverse("accounts:settings")
    client.cookies["saving"] = f"{person_id(cast.clinician)}.one-form"
    assert "saved" not in client.post(address, {"name": ""}).cookies
    client.cookies["saving"] = f"{person_id(cast.clinician)}.one-form"
    form = client.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"name": "Priya"}
    response = client.post(address, sent)
    assert response.status_code == 302
    assert response.cookies["saved"].value == "one-form"
    guest = Client()
    guest.cookies["saving"] = f"{person_id(cast.clinician)}.one-form"
    assert "saved" not in guest.post(address, sent).cookies
