"""The picture of which part uses which is drawn from the imports, and cannot differ from them."""

from graphlib import CycleError
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tools import floor_plan

USES = {
    "today": {"patients", "accounts", "clock"},
    "reminders": {"patients", "accounts", "outbox", "clock"},
    "patients": {"accounts", "clock"},
    "accounts": {"outbox", "clock"},
    "outbox": set[str](),
    "clock": set[str](),
}


def test_the_picture_is_what_the_code_imports() -> None:
    assert floor_plan.main(is_check=True) == ""


def test_a_picture_that_differs_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    picture = tmp_path / "plan.svg"
    monkeypatch.setattr(floor_plan, "ROOT", tmp_path)
    monkeypatch.setattr(floor_plan, "PICTURE", picture)
    monkeypatch.setattr(floor_plan, "read", lambda: USES)
    assert "run make floor-plan" in floor_plan.main(is_check=True)
    floor_plan.main(is_check=False)
    assert floor_plan.main(is_check=True) == ""
    monkeypatch.setattr(floor_plan, "read", lambda: {**USES, "outbox": {"clock"}})
    assert "plan.svg is not what the code imports" in floor_plan.main(is_check=True)


def test_a_new_part_is_asked_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floor_plan, "read", lambda: {**USES, "letters": set[str]()})
    assert floor_plan.main(is_check=True) == "Say in tools/floor_plan.py what is in letters."


def test_each_part_stands_above_all_that_it_uses() -> None:
    plan = floor_plan.floors(USES)
    assert plan == [["reminders", "today"], ["patients"], ["accounts"], ["outbox", "clock"]]


def test_what_is_used_high_up_only_stands_right_below() -> None:
    uses = {"exercises": {"accounts", "figures"}, "accounts": {"outbox"}, "figures": set[str]()}
    plan = floor_plan.floors({**uses, "outbox": set[str]()})
    assert plan == [["exercises"], ["accounts", "figures"], ["outbox"]]


def test_parts_that_use_each_other_have_no_floor_plan() -> None:
    with pytest.raises(CycleError):
        floor_plan.floors({"outbox": {"accounts"}, "accounts": {"outbox"}})


def test_an_arrow_for_each_use_that_does_not_follow_from_another_and_words_for_the_rest() -> None:
    assert floor_plan.nearest(USES)["reminders"] == {"patients"}
    drawn = ElementTree.fromstring(floor_plan.draw(USES))  # noqa: S314 — our own
    svg = "{http://www.w3.org/2000/svg}"
    arrows = [path for path in drawn.iter(f"{svg}path") if path.get("class") == "uses"]
    assert len(arrows) == len(
        [("today", "patients"), ("reminders", "patients"), ("patients", "accounts")]
        + [("accounts", "outbox"), ("accounts", "clock")]
    )
    words = " ".join(text.text or "" for text in drawn.iter(f"{svg}text"))
    assert "also uses accounts, clock, outbox" in words
    assert "reminders uses accounts, clock, outbox, patients" in drawn.findtext(f"{svg}desc", "")


def test_the_picture_asks_nobody_for_anything() -> None:
    picture = floor_plan.draw(USES).replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "http" not in picture
    assert "prefers-color-scheme: dark" in picture


def test_the_same_imports_give_the_same_picture() -> None:
    turned = {part: set(others) for part, others in reversed(USES.items())}
    assert floor_plan.draw(turned) == floor_plan.draw(USES)
