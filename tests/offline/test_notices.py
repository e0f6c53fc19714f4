"""The words of notices that scripts show: one file for all pages, kept by browsers, of nobody."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.not_saved import Reason
from offline import notices

ADDRESS = notices.address("en-gb")


def test_every_reason_why_something_was_not_saved_has_words():
    html = Client().get(ADDRESS).json()["html"]
    assert [one for one in Reason if f'data-reason="{one.value}"' not in html] == []


def test_browsers_keep_them_for_a_year():
    answer = Client().get(ADDRESS)
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"


def test_under_the_address_of_another_release_these_words_come_and_are_not_kept():
    answer = Client().get(reverse("offline:notices", args=["en-gb", "older"]))
    assert answer.json() == Client().get(ADDRESS).json()
    assert answer["Cache-Control"] == "private, no-store"


def test_a_language_that_we_do_not_speak_has_none():
    assert Client().get(reverse("offline:notices", args=["xx", "older"])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "page"), [("patient", "today:today"), ("clinician", "caseload:caseload")]
)
def test_every_page_of_somebody_names_them(cast, as_user, who, page):
    answer = as_user(getattr(cast, who)).get(reverse(page))
    assertContains(answer, f'<meta name="notices" content="{ADDRESS}">')
    for words in ('data-reason="signed-out"', "data-leave-words"):
        assertNotContains(answer, words)  # they are not on it as well


@pytest.mark.django_db
def test_nothing_in_them_is_anybodys(cast, as_user):
    mine = as_user(cast.patient).get(ADDRESS)
    assert mine.content == Client().get(ADDRESS).content
    assert cast.clinic.name not in mine.content.decode()
    assert not mine.has_header("X-Signed-In")


@pytest.mark.django_db
def test_where_nobody_is_signed_in_there_is_nothing_to_say():
    assertNotContains(Client().get(reverse("account_login")), 'name="notices"')
