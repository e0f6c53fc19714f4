"""Reminder times in two tabs, or in a tab and from an e-mail."""

from datetime import time

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from reminders import services, tokens
from tests.at_once import all_at_once
from tests.reminders.routes import remind
from tests.tabs import Tab


@pytest.fixture
def signed_in(cast, as_user):
    return lambda: Tab(as_user(cast.patient), reverse("reminders:settings"), form="given-when")


@pytest.fixture
def by_mail(cast):
    link = tokens.make(remind(cast), purpose="change")
    address = reverse("reminders:from_email", args=[link])
    return lambda: Tab(Client(), address, form="given-when")


def test_a_time_set_from_the_e_mail_stays_when_another_is_added(cast, signed_in, by_mail):
    signed_in().send(when="own", first="08:00")
    here, there = signed_in(), by_mail()
    there.send(first="09:00")
    here.send(second="18:00")
    assert services.chosen(cast.record).times == (time(9), time(18))


def test_a_page_that_only_repeats_does_not_turn_stopped_reminders_on(cast, signed_in, by_mail):
    signed_in().send(when="own", first="08:00")
    here = signed_in()
    by_mail().send(when="never")
    here.send()
    assert not services.chosen(cast.record).is_on


@pytest.mark.parametrize(("answer", "kept"), [("mine", time(10)), ("theirs", time(9))])
def test_one_time_set_twice_is_asked_about(cast, signed_in, by_mail, answer, kept):
    signed_in().send(when="own", first="08:00")
    here, there = signed_in(), by_mail()
    there.send(first="09:00")
    response = here.send(first="10:00")
    words = "Meanwhile this was set to 09:00. You set it to 10:00."
    assertContains(response, words, status_code=422)
    assert services.chosen(cast.record).times == (time(9),)
    here.send(**{"settle-first": answer})
    assert services.chosen(cast.record).times == (kept,)


def test_times_that_two_tabs_would_bring_too_near_are_refused(cast, signed_in, by_mail):
    signed_in().send(when="own", first="08:00", second="18:00")
    here, there = signed_in(), by_mail()
    there.send(first="12:00")
    response = here.send(second="13:00")
    assertContains(response, "Leave at least 2 hours between", status_code=422)
    assertContains(response, "Meanwhile this was set to 12:00.", status_code=422)
    assert services.chosen(cast.record).times == (time(12), time(18))


def test_undo_takes_back_only_what_this_page_has_changed(cast, signed_in):
    signed_in().send(when="own", first="08:00")
    here = signed_in()
    saved = here.client.post(here.page, here.shows | {"second": "18:00"})
    signed_in().send(first="09:00")
    here.client.post(here.page, saved.context["undo"])
    assert services.chosen(cast.record).times == (time(9),)


@pytest.mark.django_db(transaction=True)
def test_two_phones_at_once_cannot_both_pass(signed_in):
    signed_in().send(when="own", first="08:00")
    tabs = [signed_in() for _each in range(4)]
    answers = all_at_once(lambda n: tabs[n].send(first=f"1{n}:00"), times=4)
    assert sorted(answer.status_code for answer in answers) == [200, 422, 422, 422]
