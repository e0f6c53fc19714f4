"""Hostile and awkward files, as real bytes: each is made safe, or refused in plain words."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from pictures import sanitiser
from pictures.sanitiser import LONG_SIDE, MAX_BYTES, Picture, Refused, made_safe
from tests.pictures.files import encoded, picture_file

SCRIPT = b"<html><script>alert(1)</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
PLACE = 0x8825  # EXIF: where it was taken
TURNED = 0x0112  # EXIF: how the camera was held
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def made(content: bytes) -> Picture:
    return made_safe(io.BytesIO(content))


def seen(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.content))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header promises a picture of this size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def text_bomb() -> bytes:
    """A small PNG with a comment that unpacks to 100 MB."""
    whole = picture_file("PNG")
    comment = b"Comment\0\0" + zlib.compress(b"\0" * 100_000_000)
    return whole[:33] + chunk(b"zTXt", comment) + whole[33:]


def many_scans(times: int) -> bytes:
    """A JPEG that goes over the same picture again and again."""
    once = picture_file(progressive=True)
    last = once[once.rindex(b"\xff\xda") : -2]
    return once[:-2] + last * times + once[-2:]


def frames(kind: str, **options) -> bytes:
    others = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    return encoded(others[0], kind, save_all=True, append_images=others[1:], **options)


def with_exif() -> Image.Exif:
    exif = Image.Exif()
    exif[TURNED] = 6  # held on its side: to be turned a quarter
    exif[0x010F] = "A camera with a name"
    exif.get_ifd(PLACE).update({1: "N", 2: (51.0, 30.0, 26.0)})
    return exif


def lying(kind: str) -> bytes:
    """Red at the top and blue below, as the camera saw it lying: red is at the left."""
    image = Image.new("RGB", (80, 40), "blue")
    image.paste("red", (0, 0, 40, 40))
    return encoded(image, kind, exif=with_exif(), icc_profile=SRGB)


REFUSED = {
    "nothing": (b"", sanitiser.NOT_A_PICTURE),
    "a drawing that runs scripts": (SVG, sanitiser.NOT_A_PICTURE),
    "a page": (SCRIPT, sanitiser.NOT_A_PICTURE),
    "a moving GIF": (frames("GIF"), sanitiser.NOT_A_PICTURE),
    "a still GIF": (picture_file("GIF"), sanitiser.NOT_A_PICTURE),
    "a TIFF": (picture_file("TIFF"), sanitiser.NOT_A_PICTURE),
    "a BMP": (picture_file("BMP"), sanitiser.NOT_A_PICTURE),
    "a PostScript program": (
        b"%!PS-Adobe-3.0 EPSF-3.0\n(%pipe%id) (w) file\n",
        sanitiser.NOT_A_PICTURE,
    ),
    "a PDF": (b"%PDF-1.7\n", sanitiser.NOT_A_PICTURE),
    "an archive": (b"PK\x03\x04" + b"\0" * 60, sanitiser.NOT_A_PICTURE),
    "a page that begins like a GIF": (b"GIF89a" + SCRIPT, sanitiser.NOT_A_PICTURE),
    "a sound in a RIFF": (b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 40, sanitiser.NOT_A_PICTURE),
    "a phone's HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", sanitiser.FROM_A_PHONE),
    "a phone's HEIF": (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", sanitiser.FROM_A_PHONE),
    "a film in the same box": (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", sanitiser.NOT_A_PICTURE),
    "a moving PNG": (frames("PNG"), sanitiser.MOVES),
    "a moving WebP": (frames("WEBP"), sanitiser.MOVES),
    "half a JPEG": (picture_file(size=(300, 300))[:700], sanitiser.UNREADABLE),
    "half a PNG": (picture_file("PNG", size=(300, 300))[:60], sanitiser.UNREADABLE),
    "half a WebP": (picture_file("WEBP", size=(300, 300))[:40], sanitiser.UNREADABLE),
    "the beginning of a JPEG, then a page": (
        b"\xff\xd8\xff\xe0" + SCRIPT,
        sanitiser.UNREADABLE,
    ),
    "the beginning of a PNG, then a page": (
        b"\x89PNG\r\n\x1a\n" + SCRIPT,
        sanitiser.UNREADABLE,
    ),
    "the beginning of a WebP, then a page": (
        b"RIFF\0\0\0\0WEBP" + SCRIPT,
        sanitiser.UNREADABLE,
    ),
    "a comment that unpacks to 100 MB": (text_bomb(), sanitiser.UNREADABLE),
    "a promise of 3.6 gigapixels": (bomb(60_000, 60_000), sanitiser.TOO_MANY_PIXELS),
    "a promise of 75 megapixels": (bomb(10_000, 7_500), sanitiser.TOO_MANY_PIXELS),
    "a promise of one endless line": (bomb(2_000_000_000, 1), sanitiser.TOO_MANY_PIXELS),
    "a thousand passes over a picture": (many_scans(1000), sanitiser.UNREADABLE),
    "a promise of no pixels": (bomb(0, 0), sanitiser.UNREADABLE),
    "more than 10 MB": (picture_file() + b"\0" * MAX_BYTES, sanitiser.TOO_MANY_BYTES),
}


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=REFUSED)
def test_refused(content: bytes, words) -> None:
    with pytest.raises(Refused) as refusal:
        made(content)
    assert str(refusal.value) == str(words)


def test_a_bomb_is_refused_before_a_pixel_is_decoded(monkeypatch) -> None:
    def decode(image):
        raise AssertionError("decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decode)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)  # by our own guard alone
    with pytest.raises(Refused, match="megapixels"):
        made(bomb(8_000, 7_000))


def test_pillows_own_guard_stands_behind_ours(monkeypatch) -> None:
    monkeypatch.setattr(sanitiser, "_refuse_by_header", lambda image: None)
    for size in ((8_000, 7_000), (60_000, 60_000)):
        with pytest.raises(Refused, match="megapixels"):
            made(bomb(*size))


ACCEPTED = {
    "a JPEG": picture_file(),
    "a progressive JPEG": picture_file(progressive=True),
    "a JPEG in twenty passes": many_scans(12),
    "a JPEG with a film behind it": picture_file() + b"\xff\xda\0\x02" * 1000,
    "a grey JPEG": picture_file(mode="L", colour=120),
    "a JPEG in printing colours": picture_file(mode="CMYK", colour=(0, 200, 100, 20)),
    "a JPEG with a preview behind it": frames("MPO"),
    "a JPEG with a page behind it": picture_file() + SCRIPT,
    "a JPEG with a page in its comment": picture_file(comment=SCRIPT),
    "a PNG": picture_file("PNG"),
    "a PNG with a page behind it": picture_file("PNG") + SCRIPT,
    "a PNG of few colours": picture_file("PNG", mode="P", colour=3),
    "a PNG of few colours, some see-through": picture_file(
        "PNG", mode="P", colour=3, transparency=3
    ),
    "a PNG with a colour that is see-through": picture_file("PNG", transparency=(0, 128, 128)),
    "a PNG in black and white": picture_file("PNG", mode="1", colour=1),
    "a see-through PNG": picture_file("PNG", mode="RGBA", colour=(0, 0, 0, 0)),
    "a see-through grey PNG": picture_file("PNG", mode="LA", colour=(0, 0)),
    "a PNG of sixteen bits": picture_file("PNG", mode="I;16", colour=40_000),
    "a WebP": picture_file("WEBP"),
    "a see-through WebP": picture_file("WEBP", mode="RGBA", colour=(0, 0, 0, 0)),
    "a lossless WebP": picture_file("WEBP", lossless=True),
    "a broken colour profile": picture_file(icc_profile=b"no profile at all" * 20),
    "a profile for other colours": picture_file(mode="L", colour=9, icc_profile=SRGB),
    "a broken account of the camera": picture_file(
        exif=b"Exif\0\0II*\0\xff\xff\xff\xff" + b"\xff" * 40
    ),
    "one pixel": picture_file(size=(1, 1)),
    "one long line": picture_file("PNG", size=(40_000, 1)),
}


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data:UserWarning")
@pytest.mark.parametrize("content", ACCEPTED.values(), ids=ACCEPTED)
def test_accepted_and_written_anew(content: bytes) -> None:
    picture = made(content)
    with seen(picture) as image:
        image.load()
        assert (image.format, image.mode) == ("WEBP", "RGB")
        assert image.size == (picture.width, picture.height)
        assert max(image.size) <= LONG_SIDE
    assert b"script" not in picture.content
    assert chunks_of(picture) == [b"VP8 "]  # pixels, and nothing else


def chunks_of(picture: Picture) -> list[bytes]:
    """The names of the parts of a WebP file, which has nothing behind them."""
    content, names, at = picture.content, [], 12
    assert len(content) == 8 + struct.unpack("<I", content[4:8])[0]
    while at < len(content):
        names.append(content[at : at + 4])
        size = struct.unpack("<I", content[at + 4 : at + 8])[0]
        at += 8 + size + size % 2
    return names


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_stands_upright_and_forgets_where_it_was_taken(kind: str) -> None:
    content = lying(kind)
    with Image.open(io.BytesIO(content)) as before:
        assert before.getexif().get_ifd(PLACE)
    picture = made(content)
    assert (picture.width, picture.height) == (40, 80)
    with seen(picture) as image:
        assert not image.getexif()
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(image.info)
        top, bottom = image.getpixel((20, 15)), image.getpixel((20, 65))
    assert top[0] > 200 > 60 > top[2]
    assert bottom[2] > 200 > 60 > bottom[0]
    assert b"camera" not in picture.content


def test_a_large_photo_becomes_small_enough() -> None:
    picture = made(picture_file(size=(4_000, 3_000)))
    assert (picture.width, picture.height) == (1600, 1200)


def test_a_small_photo_is_not_blown_up() -> None:
    picture = made(picture_file(size=(300, 200)))
    assert (picture.width, picture.height) == (300, 200)


def colour_of(content: bytes) -> tuple[int, ...]:
    with seen(made(content)) as image:
        return image.getpixel((image.width // 2, image.height // 2))


def near(colour: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(one - other) <= 6 for one, other in zip(colour, wanted, strict=True))


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_see_through_lies_on_white(mode: str) -> None:
    clear = (0,) * len(mode)
    assert near(colour_of(picture_file("PNG", mode=mode, colour=clear)), (255, 255, 255))


def test_sixteen_bits_of_grey_keep_their_grey() -> None:
    grey = 40_000 // 256
    content = picture_file("PNG", mode="I;16", colour=40_000)
    assert near(colour_of(content), (grey, grey, grey))


def test_printing_colours_become_those_of_a_screen() -> None:
    content = picture_file(mode="CMYK", colour=(0, 255, 255, 0))
    assert near(colour_of(content), (255, 0, 0))


def test_colours_are_what_the_profile_means() -> None:
    """In a profile whose red is sRGB's green, a red picture is green."""
    swapped = bytearray(SRGB)
    red, green = swapped.index(b"rXYZ"), swapped.index(b"gXYZ")  # in its table of contents
    swapped[red : red + 4], swapped[green : green + 4] = b"gXYZ", b"rXYZ"
    content = picture_file(colour=(250, 0, 0), icc_profile=bytes(swapped))
    colour = colour_of(content)
    assert colour[1] > 200 > 60 > colour[0]
