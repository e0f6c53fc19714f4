"""A programme as a PDF: what is typed stays words, whatever it holds."""

import re

import pytest
import typst
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from programmes import services, typesetting
from programmes.models import Programme
from tests.factories import LONG_AGO, ExerciseVersionFactory, ItemFactory, ProgrammeFactory
from tests.pdf import Read

pytestmark = pytest.mark.django_db
MARKUP = "#panic() $a^2$ @b *c* _d_ `e` <f> // g [h] {i} \\ = j ~ k --- 'l' \"m\""


@pytest.fixture
def published(cast):
    """``published(title="…", name="…")``: the address of a template with one exercise, on paper."""

    def address(*, note="", advice="", title="Low back", **version) -> str:
        programme = ProgrammeFactory(clinic=cast.clinic, title=title, advice=advice)
        exercise = ExerciseVersionFactory(**version)
        ItemFactory(programme=programme, exercise_version=exercise, position=1, note=note)
        Programme.objects.filter(pk=programme.pk).update(published_at=LONG_AGO)
        return reverse("programmes:handout", args=[programme.pk])

    return address


@pytest.fixture
def handout(physio, published):
    """The same, read."""

    def read(**words) -> Read:
        response = physio.get(published(**words), {"form": "long"})
        assert response["Content-Disposition"] == 'inline; filename="exercises.pdf"'
        return Read(response.content)

    return read


@pytest.fixture
def bare_machine(monkeypatch):
    """One without fonts of its own."""
    bundled = typst.Fonts(include_system_fonts=False, font_paths=[typesetting.FONTS])
    monkeypatch.setattr(typesetting, "_fonts", lambda: bundled)


def test_title_advice_and_a_table_without_dates(handout):
    read = handout(title="Low back", advice="On a mat.")
    assert read.is_accessible
    for words in ("Low back", "From your physiotherapist On a mat.", "Week 1", "Week 6"):
        assert words in read.text


def test_markup_stays_words(handout):
    read = handout(
        title=MARKUP, advice=MARKUP, note=MARKUP, name=MARKUP, steps=[MARKUP],
        feel=MARKUP, cautions=[MARKUP],
    )  # fmt: skip
    assert read.text.count("#panic() $a^2$ @b *c* _d_ `e` <f> //") == 7


@pytest.mark.parametrize(
    "words", ["Łódź Şişli Ångström", "Иван Ελένη", "“½ × 3” – 20 °C …", "سامي"]
)
def test_letters_that_every_machine_has(handout, bare_machine, words):
    read = handout(note=words, name="Bridge")
    assert read.is_accessible
    assert "1. Bridge" in read.text
    if words.isascii() or "س" not in words:  # a reader may turn Arabic letters round
        assert words in read.text


def test_a_smiley_goes_before_the_standard_does(handout, bare_machine):
    read = handout(note="Well done 😀 👩\u200d⚕️ and on.")
    assert read.is_accessible
    assert "Well done and on." in read.text


def test_letters_of_a_script_that_no_font_has_are_named_before_it_is_printed(
    cast, physio, published, bare_machine
):
    address = published(name="李雷 bridge", note="Slowly 😀\nЗдравствуйте 雷")
    page = physio.get(address, {"form": "long"})
    assertContains(page, "These letters cannot be printed:")
    assertContains(page, "<bdi>李雷</bdi>")
    assertContains(page, '<li dir="auto">李雷 bridge</li>')
    assertContains(page, "Здравствуйте 雷")
    assertNotContains(page, "😀")
    assertContains(page, 'href="/programmes/')
    assertContains(page, "form=long&amp;boxes=1")


def test_they_are_boxes_for_who_prints_it_all_the_same(physio, published, bare_machine, caplog):
    address = published(name="李雷 bridge", note="Slowly 😀")
    read = Read(physio.get(address, {"form": "long", "boxes": "1"}).content)
    assert not read.is_accessible
    assert read.root["/MarkInfo"]["/Marked"]
    assert "bridge" in read.text
    assert "no font of this machine has all letters of a handout" in caplog.text


@pytest.mark.parametrize("form", ["long", ""])
@pytest.mark.parametrize(
    "words",
    ["قف مستقيماً 3 مرات (10 ثوانٍ)، ٹھیک ہے", "עמוד זקוף 3 פעמים", "Say سلام 3 times, שלום"],
)
def test_text_of_either_direction_is_printed(physio, published, bare_machine, words, form):
    address = published(
        title=words, advice=f"{words}\nEach day", name=words, note=words, steps=[words],
        cautions=[words], feel=words,
    )  # fmt: skip
    read = Read(physio.get(address, {"form": form}).content)
    assert read.is_accessible
    assert "Each day" in read.text


def test_what_has_no_shape_is_left_out(handout, bare_machine):
    read = handout(note="one\x1b\x07two\r\nthree\ufffe")
    assert read.is_accessible
    assert "onetwo three" in read.text


def test_a_word_longer_than_a_line_stays_on_the_page(handout):
    read = handout(name="W" * 120, note="i" * 500)
    text = "".join(page.extract_text() for page in read.reader.pages)
    assert "W" * 120 in text.replace("\n", "")
    assert "i" * 500 in text.replace("\n", "")
    assert max(map(len, re.findall("W+", text))) < 40
    assert max(map(len, re.findall("i+", text))) < 160


def test_the_longest_of_everything(handout):
    long = "Long words of care. " * 25
    read = handout(
        name="n" * 120, note=long, advice=long * 4, steps=[long] * 12, cautions=[long] * 12,
        feel=long,
    )  # fmt: skip
    assert read.is_accessible
    assert read.text.count("Long words of care.") == 25 * (1 + 4 + 12 + 12 + 1)


def test_it_says_who_published_it_and_when(physio, cast, draft, add):
    add("Bridge")
    services.publish(draft, by=cast.clinician, now=LONG_AGO)
    read = Read(physio.get(reverse("programmes:handout", args=[draft.pk])).content)
    role = cast.clinician.memberships.get(clinic=cast.clinic).get_role_display().lower()
    who = f"{cast.clinician.name}, {role} at {cast.clinic.name}"
    assert f"Published by {who}, on 5 January 2026." in read.text
    assert "reviewed" not in read.text.lower()


def test_a_draft_is_given_to_nobody(physio, draft, add):
    add("Bridge")
    assert physio.get(reverse("programmes:handout", args=[draft.pk])).status_code == 404


def test_the_button(physio, draft, add, cast):
    add("Bridge")
    Programme.objects.filter(pk=draft.pk).update(published_at=LONG_AGO)
    page = physio.get(reverse("programmes:edit", args=[draft.pk])).content.decode()
    assert reverse("programmes:handout", args=[draft.pk]) in page


def test_a_mistake_in_the_layout_is_not_taken_for_a_missing_letter(monkeypatch, tmp_path):
    for name in typesetting.Layout.LONG.value[0]:
        (tmp_path / name).write_text("#nothing-of-this-name")
    monkeypatch.setattr(typesetting, "FOLDER", tmp_path)
    with pytest.raises(RuntimeError, match="nothing-of-this-name"):
        typesetting.typeset({}, typesetting.Layout.LONG, now=LONG_AGO)
