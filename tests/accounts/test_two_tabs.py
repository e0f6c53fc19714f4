"""Settings in two tabs: what a page only repeats overwrites nothing; a conflict is asked about."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from accounts.models import Clinic, Membership
from tests.at_once import all_at_once
from tests.factories import MembershipFactory
from tests.tabs import Tab


@pytest.fixture
def lead(db) -> Membership:
    membership = MembershipFactory(role=Membership.Role.LEAD, user__name="Lee Lead")
    Clinic.objects.filter(pk=membership.clinic_id).update(telephone="+441614960000")
    return membership


@pytest.fixture
def tab(lead, as_user):
    def opened(user=None) -> Tab:
        address = reverse("accounts:clinic", args=[lead.clinic_id])
        return Tab(as_user(user or lead.user), address, form="given-name")

    return opened


@pytest.fixture
def second(lead):
    return MembershipFactory(
        clinic=lead.clinic, role=Membership.Role.LEAD, user__name="Amira Khan"
    ).user


def now(lead) -> Clinic:
    return Clinic.objects.get(pk=lead.clinic_id)


def test_two_leads_who_change_different_settings_keep_both(tab, lead, second):
    here, there = tab(), tab(second)
    there.send(telephone="0161 496 0001", time_zone="Europe/Paris")
    assert here.send(opening_hours="Mon to Fri").status_code == 302
    assert now(lead).telephone == "+441614960001"
    assert (now(lead).time_zone, now(lead).opening_hours) == ("Europe/Paris", "Mon to Fri")


@pytest.mark.parametrize(("answer", "kept"), [("mine", "9 to 5"), ("theirs", "8 to 4")])
def test_two_leads_who_change_one_setting_are_asked(tab, lead, second, answer, kept):
    here, there = tab(), tab(second)
    there.send(opening_hours="8 to 4")
    response = here.send(opening_hours="9 to 5", name="Riverside Physio")
    words = "Meanwhile Amira Khan set this to “8 to 4”. You set it to “9 to 5”."
    assertContains(response, words, status_code=422)
    assertContains(response, "Use “9 to 5”", status_code=422)
    assert now(lead).opening_hours == "8 to 4"
    assert here.send(**{"settle-opening_hours": answer}).status_code == 302
    assert (now(lead).opening_hours, now(lead).name) == (kept, "Riverside Physio")


def test_numbers_that_two_tabs_would_make_one_are_refused(tab, lead, second):
    here, there = tab(), tab(second)
    there.send(emergency_number="101")
    response = here.send(advice_number="101")
    assert response.status_code == 422
    assert now(lead).emergency_number == "101"
    assert now(lead).advice_number == "111"


def test_a_country_changed_in_another_tab_is_the_one_a_number_is_read_in(tab, lead, second):
    here, there = tab(), tab(second)
    there.send(country="FR", emergency_number="112", advice_number="")
    assert here.send(opening_hours="9 to 5").status_code == 302
    assert (now(lead).country, now(lead).emergency_number) == ("FR", "112")


@pytest.mark.parametrize("name", ["", "  "])
def test_a_clinic_without_a_name_is_refused_in_plain_words(tab, name):
    assertContains(tab().send(name=name), "Type the name of the clinic.", status_code=422)


def test_one_s_own_name_in_two_tabs(lead, as_user):
    address = reverse("accounts:settings")
    here, there = (Tab(as_user(lead.user), address, form="given-name") for _tab in range(2))
    there.send(name="Lee Long")
    here.send()
    lead.user.refresh_from_db()
    assert lead.user.name == "Lee Long"
    response = Tab(as_user(lead.user), address, form="given-name").send(name="Lea Long")
    response = here.send(name="Leo Long")
    words = "In another tab you set this to “Lea Long”. Here you set it to “Leo Long”."
    assertContains(response, words, status_code=422)
    here.send(**{"settle-name": "mine"})
    lead.user.refresh_from_db()
    assert lead.user.name == "Leo Long"


@pytest.mark.django_db(transaction=True)
def test_two_leads_at_once_cannot_both_pass(tab, lead):
    tabs = [tab() for _each in range(4)]
    answers = all_at_once(lambda n: tabs[n].send(opening_hours=f"{n} to 5"), times=4)
    assert sorted(answer.status_code for answer in answers) == [302, 422, 422, 422]
