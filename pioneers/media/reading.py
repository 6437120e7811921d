"""Making a photo of what somebody sent: upright, in two sizes, with nothing else in it.

The file is decoded and written anew, so that neither the place where it was taken nor anything that
hides in a file comes along. What is decoded is limited before it is decoded.
"""

import io
import struct
import threading
import zlib
from dataclasses import dataclass
from typing import IO

from PIL import Image, ImageCms, ImageOps

from pioneers.media.rules import (
    LARGE,
    MOST_BYTES,
    MOST_PIXELS,
    SMALL,
    Crop,
    PhotoRefused,
    check_bytes,
    check_pixels,
    not_taken,
)

FORMATS = ("JPEG", "PNG")
QUALITY = 84
PAPER = (255, 255, 255)  # behind what is transparent
LARGEST_PROFILE = 1_000_000
HEAD = 1024
# What decoders raise of files that lie about themselves.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    ArithmeticError,
    struct.error,
    zlib.error,
)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# One at a time in each process: an open photo takes up to 200 megabytes.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Pictures:
    """A photo in two sizes, each a JPEG without metadata."""

    large: bytes
    small: bytes
    width: int  # of the large one
    height: int


def read_photo(source: IO[bytes], crop: Crop | None = None) -> Pictures:
    """The pictures of a file that somebody sent; raises PhotoRefused."""
    content = source.read(MOST_BYTES + 1)
    check_bytes(len(content))
    with _one_at_a_time:
        upright = _opened(content)
        return Pictures(
            _jpeg(upright), square(upright, crop or Crop()), upright.width, upright.height
        )


def crop_anew(large: bytes, crop: Crop) -> bytes:
    """Another square of a picture that we made."""
    with Image.open(io.BytesIO(large), formats=("JPEG",)) as image:
        return square(image.convert("RGB"), crop)


def square(image: Image.Image, crop: Crop) -> bytes:
    """The square of a picture, as a JPEG."""
    box = crop.box(image.width, image.height)
    return _jpeg(image.resize((SMALL, SMALL), Image.Resampling.LANCZOS, box=box))


def _opened(content: bytes) -> Image.Image:
    """The picture, upright, no larger than we show it, in plain colours, with a fresh head."""
    image = _unopened(content)
    check_pixels(*image.size)
    try:
        image.draft("RGB", (2 * LARGE, 2 * LARGE))  # a JPEG need not be decoded in full
        image.load()
        reduced = _reduced(image)
        plain = _in_plain_colours(ImageOps.exif_transpose(reduced))
    except BROKEN as problem:
        raise PhotoRefused("photo_broken") from problem
    fresh = Image.new("RGB", plain.size)  # else Pillow writes what it still knows of the file
    fresh.paste(plain)
    return fresh


def _unopened(content: bytes) -> Image.Image:
    """Its format and size are known, nothing is decoded."""
    try:
        return Image.open(io.BytesIO(content), formats=FORMATS)
    except BOMBS as bomb:
        raise PhotoRefused("photo_pixels", limit=MOST_PIXELS // 1_000_000) from bomb
    except BROKEN as problem:
        began = content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
        raise (PhotoRefused("photo_broken") if began else not_taken(content[:HEAD])) from problem


def _reduced(image: Image.Image) -> Image.Image:
    """As large as we show it: first of all, since each further step makes a copy."""
    if image.mode.startswith("I"):  # 16 bits for each grey
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    elif image.mode in ("P", "PA", "1"):  # numbers of colours cannot be mixed
        image = image.convert("RGBA")
    image.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS)
    return image


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """RGB, as on a screen; white shines through what is transparent."""
    if image.has_transparency_data:
        full = image.convert("RGBA")
        behind = Image.new("RGBA", full.size, (*PAPER, 255))
        return Image.alpha_composite(behind, full).convert("RGB")
    return _for_screens(image).convert("RGB")


def _for_screens(image: Image.Image) -> Image.Image:
    """The colours of a camera's own space in that of the web, where the file says which it is."""
    profile = image.info.get("icc_profile")
    if image.mode != "RGB" or not profile or len(profile) > LARGEST_PROFILE:
        return image
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        found = ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, *BROKEN):
        return image  # colours that are slightly off
    return found or image


def _jpeg(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return written.getvalue()
