"""A logo as it is kept: what can be seen of it, small, with sharp edges."""

import io

import pytest
from PIL import Image, ImageDraw

from pictures.logo import HEIGHT, NOT_SEEN, WIDTH, as_logo
from pictures.sanitiser import Picture, Refused, made_safe
from tests.pictures.files import encoded, picture_file
from tests.pictures.test_sanitiser import REFUSED, chunks_of, lying, seen


def kept(content: bytes) -> Picture:
    return made_safe(io.BytesIO(content), write=as_logo)


def square_on(ground: object, size: tuple[int, int], box: tuple[int, ...]) -> bytes:
    image = Image.new("RGBA", size, ground)
    ImageDraw.Draw(image).rectangle(box, fill="teal")
    return encoded(image, "PNG")


@pytest.mark.parametrize("ground", [(0, 0, 0, 0), "white", (250, 248, 246, 255)])
def test_an_empty_margin_is_cut_off(ground):
    picture = kept(square_on(ground, (300, 200), (100, 50, 199, 99)))
    assert (picture.width, picture.height) == (100, 50)


def test_a_ground_of_its_own_stays():
    picture = kept(square_on("navy", (300, 100), (100, 20, 199, 79)))
    assert (picture.width, picture.height) == (300, 100)


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((1500, 1500), (HEIGHT, HEIGHT)),
        ((1600, 200), (WIDTH, 60)),
        ((1600, 1), (WIDTH, 1)),
        ((40, 30), (40, 30)),
    ],
    ids=["square", "wide", "a line", "small"],
)
def test_as_large_as_the_head_of_a_page_needs(size, wanted):
    picture = kept(picture_file("PNG", size=size))
    assert (picture.width, picture.height) == wanted


def test_edges_stay_sharp_and_nothing_but_pixels_is_kept():
    picture = kept(square_on((0, 0, 0, 0), (60, 60), (0, 0, 29, 59)))
    with seen(picture) as image:
        assert (image.getpixel((29, 30)), image.mode) == ((0, 128, 128), "RGB")
    assert chunks_of(kept(lying("PNG"))) == [b"VP8L"]


@pytest.mark.parametrize("colour", [(0, 0, 0, 0), "white", (255, 255, 255, 255), (240, 240, 240)])
def test_one_that_cannot_be_seen_on_white_is_refused(colour):
    mode = "RGBA" if isinstance(colour, tuple) and len(colour) == 4 else "RGB"
    with pytest.raises(Refused) as refusal:
        kept(picture_file("PNG", mode=mode, colour=colour))
    assert str(refusal.value) == str(NOT_SEEN)


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_safe_picture_is_no_logo(content, words):
    with pytest.raises(Refused) as refusal:
        kept(content)
    assert str(refusal.value) == str(words)
