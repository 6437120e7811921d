"""A programme's logo, made anew of what somebody sent: nothing hidden in the file comes along."""

import hashlib
import io
import struct
import warnings
import zlib
from typing import IO

from PIL import Image
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.files.models import StoredFile
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.web.tokens import new_code

MEGABYTES = 2
MOST_PIXELS = 12_000_000
LEAST_HEIGHT = 72
LARGEST = (900, 216)  # three times what the frame shows
BROKEN = (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, ArithmeticError)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def read_logo(source: IO[bytes]) -> bytes:
    """A PNG of the logo, no larger than it is shown, transparency kept.

    Raises Refused: logo_bytes, logo_svg, logo_none, logo_pixels, logo_small, logo_broken.
    """
    content = source.read(MEGABYTES * 1024 * 1024 + 1)
    if len(content) > MEGABYTES * 1024 * 1024:
        raise Refused("logo_bytes", "logo", limit=MEGABYTES)
    if b"<svg" in content[:4096].lower() or content.lstrip()[:5].lower() == b"<?xml":
        raise Refused("logo_svg", "logo")
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        return _written(_opened(content))


def _opened(content: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
    except BOMBS as bomb:
        raise Refused("logo_pixels", "logo") from bomb
    except (*BROKEN, struct.error, zlib.error) as problem:
        raise Refused("logo_none", "logo") from problem
    if image.width * image.height > MOST_PIXELS:
        raise Refused("logo_pixels", "logo")
    if image.height < LEAST_HEIGHT:
        raise Refused("logo_small", "logo", limit=LEAST_HEIGHT)
    return image


def _written(image: Image.Image) -> bytes:
    try:
        plain = image.convert("RGBA")
    except (*BROKEN, struct.error, zlib.error) as problem:
        raise Refused("logo_broken", "logo") from problem
    plain.thumbnail(LARGEST, Image.Resampling.LANCZOS)
    fresh = Image.new("RGBA", plain.size)
    fresh.paste(plain)
    written = io.BytesIO()
    fresh.save(written, "PNG", optimize=True)
    return written.getvalue()


def keep_logo(
    session: Session | scoped_session[Session],
    programme: Programme,
    logo: bytes,
    actor_id: int | None,
) -> int:
    """Keep a logo that was made anew; answers the id of its file."""
    kept = StoredFile(
        programme_id=programme.id,
        code=new_code(12),
        name="logo.png",
        media_type="image/png",
        size=len(logo),
        sha256=hashlib.sha256(logo).hexdigest(),
        content=logo,
        added_at=clock.now(),
        added_by_id=actor_id,
    )
    session.add(kept)
    session.flush()
    return kept.id
