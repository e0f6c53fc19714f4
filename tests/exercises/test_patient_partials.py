"""What a patient reads of one exercise, wherever it is shown."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from exercises import library
from exercises.models import ExerciseVersion
from exercises.services import loading
from tests.factories import LONG_AGO, ExerciseVersionFactory

pytestmark = pytest.mark.django_db

VIEW, CARD = "exercises/_patient_view.html", "exercises/_patient_card.html"


def shown(template: str, version: ExerciseVersion, **context) -> str:
    plain = {"side_in_words": "", "note": ""}
    context = {**plain, "version": version, "dose": version.dose, **context}
    return " ".join(render_to_string(template, context).split())


@pytest.fixture
def founding():
    loading.load(library.read(), now=LONG_AGO)
    return ExerciseVersion.objects.select_related("exercise").get(name="Lying hamstring stretch")


@pytest.mark.parametrize("template", [VIEW, CARD])
def test_everything_needed_to_do_it_safely(founding, template):
    page = shown(template, founding, side_in_words="right leg", note="Slowly, please.")
    assert "Hold for 20 to 30 seconds. Do this 2 or 3 times with each leg." in page
    assert "Right leg" in page
    assert "Slowly, please." in page
    for words in (*founding.steps, founding.feel):
        assert f"<p>{words}</p>" in page
    for words in founding.cautions:
        assert f"<li>{words}</li>" in page
    for warning in ("sharp pain", "pain that spreads", "new feelings in your leg", "numb or weak"):
        assert warning in page
    assert "Never bounce. Keep breathing." in page
    assert 'role="img" aria-label="' in page


def test_both_tell_how_in_the_same_words(founding):
    how = re.compile(r'<div class="how">.*Never bounce', re.DOTALL)
    view, card = (how.search(shown(template, founding))[0] for template in (VIEW, CARD))
    assert strip_tags(view).split() == strip_tags(card).split()


@pytest.mark.parametrize(
    ("side", "mirrored"), [("", False), ("right", False), ("left", True), ("both", False)]
)
def test_the_drawing_is_of_the_side_asked_for(founding, side, mirrored):
    """The founding stretch is drawn for the right leg."""
    flip = 'transform="matrix(-1 0 0 1'
    view, card = (shown(template, founding, side=side) for template in (VIEW, CARD))
    assert card.count(flip) == (1 if mirrored else 0)
    assert view.count(flip) == (1 + len(founding.steps) if mirrored else 0)


def test_the_view_has_each_step_drawn_and_the_card_one_still(founding):
    assert shown(VIEW, founding).count('role="img"') == 1 + len(founding.steps)
    assert shown(CARD, founding).count('role="img"') == 1
    assert "data-moving" in shown(VIEW, founding)
    assert "data-moving" not in shown(CARD, founding)


def test_the_whole_view_says_how_often(founding):
    assert "2 or 3 times a day." in shown(VIEW, founding)


def test_the_name_may_be_left_to_the_page(founding):
    assert "<h3>Lying hamstring stretch</h3>" in shown(VIEW, founding)
    assert "<h2>Lying hamstring stretch</h2>" in shown(VIEW, founding, level="h2")
    assert founding.name not in shown(VIEW, founding, hide_name=True)


def test_a_card_links_its_name_and_says_what_is_done(founding):
    page = shown(CARD, founding, url="/today/items/7/", done=True)
    assert (
        '<h3><a class="item-card__link" href="/today/items/7/">Lying hamstring stretch</a></h3>'
        in page
    )
    assert "item-card--done" in page
    assert "<details" in page


@pytest.mark.parametrize("template", [VIEW, CARD])
def test_what_is_missing_leaves_no_empty_heading(template):
    page = shown(template, ExerciseVersionFactory())
    for heading in ("What you should feel", "Take care", "item-card__note"):
        assert heading not in page
    assert "None" not in page


@pytest.mark.parametrize("template", [VIEW, CARD])
def test_a_note_is_words_never_markup(founding, template):
    page = shown(template, founding, note="<b>bold</b>\nsecond line")
    assert "&lt;b&gt;bold&lt;/b&gt;<br>second line" in page


@pytest.mark.parametrize("template", [VIEW, CARD])
def test_a_partial_asks_the_database_nothing(founding, template, django_assert_num_queries):
    with django_assert_num_queries(0):
        shown(template, founding)
