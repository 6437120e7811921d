"""What becomes of the files that people send, hostile ones included."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from pioneers.media.reading import Pictures, crop_anew, read_photo
from pioneers.media.rules import LARGE, MOST_BYTES, SMALL, Crop, PhotoRefused
from tests.media.pictures import BLUE, RED, halves, jpeg, located, png_of, saved, text_bomb


def read(content: bytes, crop: Crop | None = None) -> Pictures:
    return read_photo(io.BytesIO(content), crop)


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def near(colour: object, wanted: tuple[int, ...], by: int = 12) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(one - other) <= by for one, other in zip(colour, wanted, strict=True))


def refused(content: bytes) -> str:
    with pytest.raises(PhotoRefused) as caught:
        read(content)
    return caught.value.code


def test_a_photo_becomes_two_jpegs() -> None:
    found = read(jpeg((3200, 2400)))
    large, small = opened(found.large), opened(found.small)
    assert (large.format, large.size) == ("JPEG", (LARGE, 1200))
    assert (found.width, found.height) == large.size
    assert (small.format, small.size) == ("JPEG", (SMALL, SMALL))


def test_a_small_photo_is_not_blown_up() -> None:
    assert opened(read(jpeg((400, 330))).large).size == (400, 330)


def test_nothing_is_left_of_where_and_by_whom_it_was_taken() -> None:
    given_file = located()
    assert b"Geheime Camera" in given_file
    assert b"Kantoorweg" in given_file
    found = read(given_file)
    for content in (found.large, found.small):
        image = opened(content)
        assert not dict(image.getexif())
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"} | {
            "progressive",
            "progression",
        }
        for told in (b"Exif", b"Geheime", b"Anne", b"Thuis", b"Kantoorweg", b"GPS", b"http"):
            assert told not in content


@pytest.mark.parametrize(
    ("orientation", "size", "place"),
    [
        (1, (800, 600), (100, 300)),
        (3, (800, 600), (700, 300)),
        (6, (600, 800), (300, 100)),
        (8, (600, 800), (300, 700)),
    ],
)
def test_a_photo_is_turned_upright(
    orientation: int, size: tuple[int, int], place: tuple[int, int]
) -> None:
    large = opened(read(located(orientation)).large)
    assert large.size == size
    assert near(large.getpixel(place), RED)


def test_the_square_is_the_one_that_was_chosen() -> None:
    left = opened(read(jpeg(), Crop(0, 50, 150)).small)
    right = opened(read(jpeg(), Crop(100, 50, 150)).small)
    assert near(left.getpixel((240, 240)), RED)
    assert near(right.getpixel((240, 240)), BLUE)
    again = opened(crop_anew(read(jpeg()).large, Crop(100, 50, 150)))
    assert (again.size, near(again.getpixel((240, 240)), BLUE)) == ((SMALL, SMALL), True)


def _in_a_palette() -> bytes:
    palette = halves().quantize(4)
    palette.info["transparency"] = palette.getpixel((700, 300))
    return saved(palette, "PNG", transparency=palette.info["transparency"])


def _transparent() -> bytes:
    image = halves().convert("RGBA")
    image.paste((0, 0, 0, 0), (400, 0, 800, 600))
    return saved(image, "PNG")


@pytest.mark.parametrize("content", [_in_a_palette(), _transparent()], ids=["palette", "alpha"])
def test_white_shines_through_what_is_transparent(content: bytes) -> None:
    large = opened(read(content).large)
    assert large.mode == "RGB"
    assert near(large.getpixel((100, 300)), RED)
    assert near(large.getpixel((700, 300)), (255, 255, 255))


@pytest.mark.parametrize("mode", ["L", "1", "LA", "CMYK", "I;16", "P"])
def test_other_ways_to_write_colours_are_read(mode: str) -> None:
    if mode == "I;16":
        image = Image.new("I;16", (800, 600), 60_000)
    else:
        image = halves().convert("L").convert(mode) if mode == "LA" else halves().convert(mode)
    content = saved(image, "JPEG" if mode == "CMYK" else "PNG")
    large = opened(read(content).large)
    assert (large.mode, large.size) == ("RGB", (800, 600))
    if mode == "CMYK":
        assert near(large.getpixel((100, 300)), RED, by=30)
    if mode == "I;16":
        assert near(large.getpixel((100, 300)), (234, 234, 234))


def test_colours_of_a_camera_become_those_of_a_screen() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    large = opened(read(jpeg(icc_profile=profile)).large)
    assert near(large.getpixel((100, 300)), RED)
    assert "icc_profile" not in large.info
    assert read(jpeg(icc_profile=b"geen profiel")).width == 800


def test_what_hides_behind_a_photo_does_not_come_along() -> None:
    hidden = b"<script>alert(1)</script>PK\x03\x04 verborgen"
    found = read(jpeg() + hidden)
    assert b"script" not in found.large + found.small
    assert b"verborgen" not in found.large + found.small


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "photo_missing"),
        (b"naam;bedrijf\nAnne;Drost\n", "photo_none"),
        (b"<html><script>alert(1)</script></html>", "photo_none"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "photo_format"),
        (saved(halves(), "GIF"), "photo_format"),
        (saved(halves(), "WEBP"), "photo_format"),
        (saved(halves(), "TIFF"), "photo_format"),
        (saved(halves(), "BMP"), "photo_format"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "photo_format"),
        (jpeg((200, 200)), "photo_small"),
        (jpeg((10_000, 6_000)), "photo_pixels"),
        (png_of(10_000, 6_000), "photo_pixels"),
        (png_of(10_000, 10_000), "photo_pixels"),
        (png_of(60_000, 60_000), "photo_pixels"),
        (png_of(800, 600), "photo_broken"),
        (jpeg()[:2000], "photo_broken"),
        (jpeg()[:300], "photo_broken"),
        (jpeg()[:20], "photo_broken"),
        (saved(halves(), "PNG")[:900], "photo_broken"),
        (b"\x89PNG\r\n\x1a\n", "photo_broken"),
        (b"\xff\xd8\xff\xe0", "photo_broken"),
        (text_bomb(), "photo_broken"),
        (jpeg() + b"\0" * MOST_BYTES, "photo_bytes"),
    ],
)
def test_what_is_no_photo_for_us_is_refused_in_words(content: bytes, code: str) -> None:
    assert refused(content) == code


BASES = (located(6), _transparent(), _in_a_palette())
CHANGES = st.lists(st.tuples(st.integers(0, 1499), st.integers(0, 255)), min_size=1, max_size=12)


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, about what is wrong with the file
@settings(max_examples=150)
@given(st.integers(0, len(BASES) - 1), CHANGES)
def test_a_file_with_anything_in_it_is_a_photo_or_is_refused(
    base: int, changes: list[tuple[int, int]]
) -> None:
    whole = bytearray(BASES[base])
    for at, value in changes:
        whole[min(at, len(whole) - 1)] = value
    try:
        found = read(bytes(whole))
    except PhotoRefused:
        return
    assert opened(found.small).size == (SMALL, SMALL)
