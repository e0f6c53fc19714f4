"""A reason is dealt with, leaves the list, and comes back; on a phone the first row stands high."""

import pytest
from playwright.sync_api import expect

import clock
from patients.models import DealtWith
from patients.services import plans
from tests.cast import make_cast
from tests.factories import published_programme
from tests.patients.past import session_on

pytestmark = pytest.mark.django_db(transaction=True)
SMALL = {"viewport": {"width": 320, "height": 640}}


@pytest.fixture
def in_pain():
    """Sam's running programme, and a session of today with much pain."""
    cast = make_cast()
    cast.assignment.delete()
    today = clock.now().date()
    template = published_programme(clinic=cast.clinic, created_by=cast.clinician)
    plan = plans.assign(
        template, to=cast.record, starts_on=today, review_on=today, by=cast.clinician,
        now=clock.now(),
    )  # fmt: skip
    session_on(plan.days.get(on=today), hour=1, pain_after=7, note="It pulls when I sit.")
    return cast, plan


def test_a_reason_is_dealt_with_and_comes_back_worse(in_pain, open_page) -> None:
    cast, plan = in_pain
    physio = open_page("caseload", user=cast.clinician, **SMALL)
    page = physio.page
    page.goto("/patients/")
    expect(page.get_by_label("Search by name")).to_be_hidden()
    row = page.locator(".caseload__row--concern").first
    box = row.bounding_box()
    assert box is not None
    assert box["y"] < 480, "the first row that asks begins too low"
    expect(row.get_by_text("It pulls when I sit.")).to_be_visible()
    physio.look("asks")

    row.get_by_role("link", name="Deal with it").click()
    page.get_by_label("I have looked at it").check()
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("Write a few words: what you found.").first).to_be_visible()
    physio.look("refused")
    page.get_by_label("In a few words").fill("Rang: sits less from now on.")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("Noted on the record of Sam Reed.")).to_be_visible()
    expect(page.locator(".caseload__row--concern")).to_have_count(0)
    physio.look("dealt-with")
    assert DealtWith.objects.get().how == "looked_at"

    session_on(plan.days.order_by("on").first(), hour=2, pain_after=9)
    page.goto("/patients/")
    expect(page.get_by_text("Last pain 9 of 10").first).to_be_visible()
    expect(page.get_by_text("Back since it was dealt with on").first).to_be_visible()
    page.get_by_role("link", name="Sam Reed").first.click()
    expect(page.get_by_text("Rang: sits less from now on.")).to_be_visible()
    physio.look("record")
    assert physio.troubles == []
