"""The builder at work: each change is saved at once, and nobody's typing is disturbed."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

import clock
from programmes import services
from programmes.models import Item, Programme
from tests.factories import LONG_AGO, ExerciseVersionFactory, MembershipFactory
from tests.journeys.look import Eye
from tests.journeys.saving import wait_for

DESKTOP = {"width": 1440, "height": 900}


@pytest.fixture
def draft(transactional_db: None) -> Programme:
    physio = MembershipFactory()
    for name in ("Bridge", "Hamstring stretch", "Tummy tightening"):
        ExerciseVersionFactory(name=name)
    return services.create(physio.clinic, title="Low back", by=physio.user, now=LONG_AGO)


@pytest.fixture
def builder(open_page, draft: Programme) -> Iterator[Eye]:
    """The draft's page, opened by the clinician who began it."""
    eye = open_page("builder", user=draft.created_by, viewport=DESKTOP)
    eye.page.goto(f"/programmes/{draft.pk}/")
    yield eye
    assert eye.troubles == []


def add(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("button", name=f"Add {name}").click()
        expect(card(page, name)).to_be_visible()


def card(page: Page, name: str):
    return page.locator(".dose-card").filter(has=page.get_by_role("heading", name=name))


def order(page: Page) -> list[str]:
    return page.locator(".dose-card h3").all_inner_texts()


def test_a_changed_range_is_saved_and_seen(builder: Eye, draft: Programme) -> None:
    page = builder.page
    add(page, "Bridge", "Hamstring stretch")
    bridge = card(page, "Bridge")
    bridge.get_by_label("Hold, at least").fill("10")
    bridge.get_by_label("Hold, at most").fill("15")
    bridge.get_by_label("Side").select_option("left")
    preview = page.locator("#preview")
    expect(preview).to_contain_text("Hold for 10 to 15 seconds.")
    expect(preview).to_contain_text("Left leg")
    expect(
        bridge.locator(".dose-card__fields").get_by_text("The library says 20–30 seconds.")
    ).to_be_visible()
    page.reload()
    expect(bridge).to_contain_text("10–15 s × 2–3, 2–3 a day, left leg")
    expect(bridge.get_by_text("The library says 20–30 seconds.")).to_be_visible()
    expect(bridge.get_by_label("Hold, at most")).to_have_count(0)
    bridge.locator("summary").first.press("Enter")
    expect(bridge.get_by_label("Hold, at most")).to_have_value("15")
    bridge.get_by_label("Note").press_sequentially("Slowly.")
    expect(page.locator("#preview")).to_contain_text("Slowly.")  # without leaving the field
    expect(bridge.get_by_label("Note")).to_be_focused()
    builder.look("changed")


def test_what_is_saved_is_not_sent_again_by_leaving(builder: Eye, draft: Programme) -> None:
    """A choice is one change: saved once, the page has nothing left to save or to put back."""
    page = builder.page
    add(page, "Bridge")
    bridge = card(page, "Bridge")
    bridge.get_by_label("Side").select_option("left")
    expect(page.locator("#preview")).to_contain_text("Left leg")
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.reload()
    expect(bridge).to_contain_text("left leg")
    page.wait_for_load_state("networkidle")
    expect(bridge.locator("details").first).not_to_have_attribute("open", "")
    assert sent == []


def test_what_was_half_typed_is_on_the_next_page(builder: Eye, draft: Programme) -> None:
    """The page is asked for before it is left: its lines are older than what is sent by leaving."""
    page = builder.page
    add(page, "Bridge")
    bridge = card(page, "Bridge")
    bridge.get_by_label("Hold, at least").fill("7")
    page.reload()
    expect(bridge.get_by_label("Hold, at least")).to_have_value("7")
    expect(bridge.locator("summary").first).to_contain_text("7–30 s")
    expect(page.locator("#preview")).to_contain_text("Hold for 7 to 30 seconds.")
    page.locator("[name=title]").fill("For stairs")
    page.reload()
    expect(page.locator("[name=title]")).to_have_value("For stairs")
    expect(page.get_by_text("and it was not saved")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("For stairs")


def test_what_was_refused_is_on_the_next_page_however_often_it_is_left(
    builder: Eye, draft: Programme
) -> None:
    page = builder.page
    add(page, "Bridge")
    bridge, advice = card(page, "Bridge"), page.get_by_label("Advice for the patient")
    low = bridge.get_by_label("Hold, at least")
    low.fill("0")
    advice.fill("Slowly. " * 300)
    for leave in (page.reload, page.reload, lambda: away_and_back(page, draft)):
        expect(page.get_by_text("Use 2,000 letters at most")).to_be_visible()
        expect(low).to_have_attribute("aria-invalid", "true")
        leave()
        expect(low).to_have_value("0")
        expect(bridge.locator("summary").first).to_contain_text("20–30 s")
        expect(advice).to_have_value("Slowly. " * 300)
    assert draft.items.get().hold_seconds_min == 20
    low.fill("7")
    advice.fill("Slowly.")
    page.locator("[name=title]").focus()
    expect(page.locator("#preview")).to_contain_text("Hold for 7 to 30 seconds.")
    away_and_back(page, draft)
    expect(bridge.locator("summary").first).to_contain_text("7–30 s")
    expect(bridge.locator("details").first).not_to_have_attribute("open", "")


def away_and_back(page: Page, draft: Programme) -> None:
    page.goto("/programmes/")
    page.goto(f"/programmes/{draft.pk}/")


def test_a_title_that_is_missing_is_marked(builder: Eye) -> None:
    title = builder.page.locator("[name=title]")
    title.fill("")
    title.press("Tab")
    expect(title).to_have_attribute("aria-invalid", "true")
    expect(title).to_have_class(re.compile("is-invalid"))
    builder.page.reload()
    expect(title).to_have_value("")
    expect(title).to_have_attribute("aria-invalid", "true")


def test_leaving_sends_what_was_typed_once(builder: Eye, draft: Programme, caplog) -> None:
    page = builder.page
    add(page, "Bridge")
    card(page, "Bridge").get_by_label("Hold, at least").fill("7")
    caplog.clear()
    page.goto("/programmes/")
    wait_for(lambda: draft.items.get().hold_seconds_min == 7)
    page.wait_for_timeout(500)  # a second one would be 20 ms behind
    assert [record.method for record in caplog.records if hasattr(record, "route")].count(
        "POST"
    ) == 1


def test_fields_newer_than_their_page_bring_it_up_to_date(builder: Eye, draft: Programme) -> None:
    """A colleague changed the dose since: a line that says otherwise does not stay beside it."""
    page = builder.page
    add(page, "Bridge")
    page.reload()
    bridge = card(page, "Bridge")
    holds = {"hold_seconds_min": 7, "hold_seconds_max": 15}
    item = draft.items.get()
    services.change_item(
        item, **holds, side=item.side, note="", by=draft.created_by, now=clock.now()
    )
    line = bridge.locator("summary").first
    expect(line).to_contain_text("20–30 s")
    line.click()
    expect(bridge.get_by_label("Hold, at most")).to_have_value("15")
    expect(line).to_contain_text("7–15 s")
    expect(page.locator("#preview")).to_contain_text("Hold for 7 to 15 seconds.")


def test_typing_goes_on_while_a_refusal_comes(builder: Eye, draft: Programme) -> None:
    """The answer to the first number leaves the second one, half typed, as it is."""
    page = builder.page
    add(page, "Bridge")
    bridge = card(page, "Bridge")
    low, high = bridge.get_by_label("Hold, at least"), bridge.get_by_label("Hold, at most")
    low.fill("40")
    high.press("End")
    high.press_sequentially("5")
    expect(bridge.get_by_text("Enter 40 or more.")).to_be_visible()
    expect(high).to_be_focused()
    expect(high).to_have_value("305")
    expect(high).to_have_attribute("aria-invalid", "true")
    high.fill("60")
    high.press("Tab")
    expect(bridge.get_by_text("Enter 40 or more.")).to_have_count(0)
    expect(high).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#preview")).to_contain_text("Hold for 40 to 60 seconds.")


def test_nothing_marked_is_published(builder: Eye, draft: Programme) -> None:
    page = builder.page
    add(page, "Bridge")
    low = card(page, "Bridge").get_by_label("Repeat, at least")
    low.fill("0")
    page.get_by_role("button", name="Publish").click()
    expect(low).to_be_focused()
    draft.refresh_from_db()
    assert not draft.is_published
    low.fill("1")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("link", name="Assign to a patient")).to_be_visible()
    assert str(Item.objects.get().dose.repetitions) == "1–3"


def test_order_removal_and_return(builder: Eye, draft: Programme) -> None:
    page = builder.page
    add(page, "Bridge", "Hamstring stretch", "Tummy tightening")
    # What is still coming in would take the focus from what is pressed next.
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    page.get_by_role("button", name="Move Tummy tightening up").press("Enter")
    expect(page.locator(".dose-card h3")).to_have_text(
        ["Bridge", "Tummy tightening", "Hamstring stretch"]
    )
    expect(page.get_by_role("button", name="Move Tummy tightening up")).to_be_focused()
    page.get_by_role("button", name="Move Bridge down").click()
    expect(page.locator("#preview h3")).to_have_text(
        ["Tummy tightening", "Bridge", "Hamstring stretch"]
    )
    page.get_by_role("button", name="Remove Bridge").click()
    expect(page.get_by_text("Removed Bridge")).to_be_visible()
    expect(page.get_by_role("button", name="Add Bridge")).to_be_visible()
    builder.look("removed")
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator(".dose-card h3")).to_have_text(
        ["Tummy tightening", "Bridge", "Hamstring stretch"]
    )
    assert order(page) == [str(item) for item in draft.items.all()]


def test_a_search_overtaken_by_an_addition_does_not_offer_it_again(builder: Eye) -> None:
    page = builder.page
    late: list[tuple[Route, APIResponse]] = []
    page.route(re.compile("q=bridge"), lambda route: late.append((route, route.fetch())), times=1)
    page.get_by_label("Find an exercise").fill("bridge")
    while not late:
        page.wait_for_timeout(20)
    add(page, "Bridge")
    [(route, answer)] = late
    route.fulfill(response=answer)
    expect(page.locator(".pick")).to_have_count(1)
    expect(page.get_by_role("link", name="Added Bridge")).to_be_visible()


def test_leaving_the_search_box_asks_nothing(builder: Eye) -> None:
    page = builder.page
    box = page.get_by_label("Find an exercise")
    box.fill("bridge")
    expect(page.locator(".pick")).to_have_count(1)
    asked: list[str] = []
    page.on("request", lambda one: asked.extend([one.method] * (one.resource_type == "xhr")))
    box.blur()
    add(page, "Bridge")
    assert asked == ["POST"]


def test_adding_keeps_its_place_in_the_library(builder: Eye, draft: Programme) -> None:
    page = builder.page
    page.get_by_label("Find an exercise").fill("bridge")
    expect(page.locator(".pick")).to_have_count(1)
    expect(page).to_have_url(re.compile("q=bridge"))
    page.get_by_role("button", name="Add Bridge").dblclick()
    expect(page.get_by_role("link", name="Added Bridge")).to_be_focused()
    expect(page.locator(".dose-card")).to_have_count(1)
    note = card(page, "Bridge").get_by_label(re.compile("Note"))
    note.press_sequentially("Slowly.")
    expect(page.locator("#preview")).to_contain_text("Slowly.")  # without leaving the field
