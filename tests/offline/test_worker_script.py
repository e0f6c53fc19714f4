"""The worker as phones get it: which release it is, what it keeps of the site, and its end."""

import json
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import resolve, reverse
from django.utils.html import strip_tags
from pytest_django.asserts import assertContains, assertNotContains

from accounts.not_saved import person_id
from offline import notices, release

SCRIPT = reverse("offline:worker")


def told(text: str) -> dict:
    first = text.partition("\n")[0]
    return json.loads(first.removeprefix("self.RELEASE = ").removesuffix(";"))


def test_browsers_ask_for_the_worker_again_each_time():
    answer = Client().get(SCRIPT)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/javascript"
    assert answer["Cache-Control"] == "no-cache"
    assert SCRIPT == "/worker.js"


def test_a_worker_that_has_not_changed_is_not_sent_again(build):
    known = Client().get(SCRIPT, headers={"Accept-Encoding": "gzip"})["ETag"]
    again = Client().get(SCRIPT, headers={"If-None-Match": known})
    assert (again.status_code, again.content) == (304, b"")
    build.change("patient.js")
    assert Client().get(SCRIPT, headers={"If-None-Match": known}).status_code == 200


@pytest.mark.parametrize("name", [*release.SHELL, release.WORKER])
def test_another_file_of_the_shell_is_another_release(build, name):
    before = told(release.script())["release"]
    assert told(release.script())["release"] == before
    build.change(name)
    assert told(release.script())["release"] != before


def test_nothing_else_is_another_release(build):
    before = release.script()
    build.change("clinic.css", "clinic.js", "worker-off.js")
    assert release.script() == before


def test_the_release_is_worked_out_once(build, monkeypatch):
    first = release.script()
    monkeypatch.setattr(release, "_name", lambda: pytest.fail("worked out again"))
    assert release.script() == first


@pytest.mark.django_db
def test_the_shell_holds_nothing_personal(cast, as_user):
    shell = told(release.script())["shell"]
    assert [url.partition("?")[0] for url in shell] == [
        *(f"/static/{name}" for name in release.SHELL),
        reverse("offline:without_network"),
        notices.address("en-gb"),
    ]
    page = as_user(cast.patient).get(reverse("offline:without_network"))
    says_who = ("csrf", 'name="person"', 'name="signed-in"')
    for personal in (cast.record.name, cast.clinic.name, person_id(cast.patient), *says_who):
        assert personal not in page.content.decode()
    assert page.content == Client().get(reverse("offline:without_network")).content


def test_without_a_network_the_page_says_what_to_do():
    page = Client().get(reverse("offline:without_network")).content.decode()
    words = " ".join(strip_tags(page).split())
    assert "What you have done is kept on this phone." in words
    assert "for today and the next 3 days. After that it needs a network once." in words
    assert 'href="">Try again</a>' in page  # the address that was asked for
    assert f'href="{reverse("today:help")}"' in page


def test_pages_of_the_clinic_are_left_alone():
    clinic = release.clinic_addresses()
    assert "/patients/" in clinic
    own = [reverse(f"today:{name}") for name in ("today", "progress", "help", "choose")]
    assert [page for page in own if page.startswith(tuple(clinic))] == []
    assert resolve("/clinics/00000000-0000-0000-0000-000000000000/logo/a/").view_name == (
        "accounts:logo"
    )  # static/js/worker/release.js counts on it


@pytest.mark.django_db
def test_a_patients_page_names_the_worker(cast, as_user):
    page = as_user(cast.patient).get(reverse("today:today")).content.decode()
    assert f'<meta name="worker" content="{SCRIPT}">' in page
    staff = as_user(cast.clinician).get(reverse("caseload:caseload")).content.decode()
    assert 'name="worker"' not in staff


@pytest.mark.django_db
def test_the_worker_can_be_switched_off(cast, as_user, settings):
    settings.WORKER = False
    answer = Client().get(SCRIPT)
    assert answer.content == Path(str(finders.find("worker-off.js"))).read_bytes()
    assert answer["Cache-Control"] == "no-cache"
    page = as_user(cast.patient).get(reverse("today:today")).content.decode()
    assert 'name="worker"' not in page


@pytest.mark.django_db
def test_a_page_that_is_only_kept_takes_no_message(cast, as_user):
    patient = as_user(cast.patient)
    form = {"time_zone": "Europe/Paris"}
    assert patient.post(reverse("today:settings"), form).status_code == 302
    kept = patient.get(reverse("today:today"), headers={"X-Background": "keep"})
    looked_at = patient.get(reverse("today:today"))
    assertNotContains(kept, "Your days now follow")
    assertContains(looked_at, "Your days now follow")


@pytest.mark.django_db
def test_a_repeat_visit_takes_less_than_15_kilobytes(cast, as_user):
    """The page, the list of what is kept, and that the worker has not changed; the rest is kept."""
    patient, packed = as_user(cast.patient), {"Accept-Encoding": "gzip"}
    known = patient.get(SCRIPT, headers=packed)["ETag"]
    answers = [
        patient.get(reverse("today:today"), headers=packed),
        patient.get(reverse("offline:kept"), headers=packed),
        patient.get(SCRIPT, headers=packed | {"If-None-Match": known}),
    ]
    sent = [len(answer.content) + len(answer.serialize_headers()) for answer in answers]
    assert sum(sent) < 15 * 1024, sent
