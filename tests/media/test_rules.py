"""The square of a photo, and what a file that is none is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pioneers.media.rules import (
    MOST_BYTES,
    ZOOMS,
    Crop,
    PhotoRefused,
    check_bytes,
    check_pixels,
    not_taken,
)

PERCENT = st.integers(0, 100)


@given(st.integers(1, 10_000), st.integers(1, 10_000), PERCENT, PERCENT, st.integers(*ZOOMS))
def test_a_square_lies_within_the_photo(width: int, height: int, x: int, y: int, zoom: int) -> None:
    left, top, right, bottom = Crop(x, y, zoom).box(width, height)
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert right - left == bottom - top


def test_without_a_choice_it_is_the_middle() -> None:
    assert Crop().box(1000, 600) == (200, 0, 800, 600)
    assert Crop(0, 0, 200).box(1000, 600) == (0, 0, 300, 300)
    assert Crop(100, 100, 200).box(1000, 600) == (700, 300, 1000, 600)


@pytest.mark.parametrize("wrong", [(-1, 0, 100), (0, 101, 100), (0, 0, 99), (0, 0, 401)])
def test_a_square_outside_of_it_is_refused(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(PhotoRefused, match="crop_range"):
        Crop(*wrong)


@pytest.mark.parametrize(
    ("size", "code"), [(0, "photo_missing"), (MOST_BYTES, None), (MOST_BYTES + 1, "photo_bytes")]
)
def test_a_file_has_a_size_that_one_can_send(size: int, code: str | None) -> None:
    if code is None:
        check_bytes(size)
    else:
        with pytest.raises(PhotoRefused, match=code):
            check_bytes(size)


@pytest.mark.parametrize(
    ("size", "code"),
    [
        ((4000, 3000), None),
        ((8160, 6120), None),  # the largest that telephones make by themselves
        ((10_000, 6_000), "photo_pixels"),
        ((319, 4000), "photo_small"),
    ],
)
def test_a_photo_is_neither_a_poster_nor_a_stamp(size: tuple[int, int], code: str | None) -> None:
    if code is None:
        check_pixels(*size)
    else:
        with pytest.raises(PhotoRefused, match=code):
            check_pixels(*size)


@pytest.mark.parametrize(
    ("beginning", "name"),
    [
        (b"GIF89a", "GIF"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "WebP"),
        (b"\0\0\0\x18ftypheic", "HEIC"),
        (b"\0\0\0\x1cftypavif", "AVIF"),
        (b"%PDF-1.7", "PDF"),
        (b'<?xml version="1.0"?><SVG onload="alert(1)">', "SVG"),
    ],
)
def test_a_file_of_another_kind_is_named(beginning: bytes, name: str) -> None:
    refused = not_taken(beginning)
    assert (refused.code, refused.params) == ("photo_format", {"format": name})


@pytest.mark.parametrize("beginning", [b"PK\x03\x04", b"<html>", b"MZ\x90", b"naam;bedrijf"])
def test_anything_else_is_no_photo(beginning: bytes) -> None:
    assert not_taken(beginning).code == "photo_none"
