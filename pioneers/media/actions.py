"""Taking in photos: read safely, turned upright, made small, rid of all but the picture."""

import io
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.media.models import Photo
from pioneers.media.rules import LARGE, MOST_BYTES, MOST_PIXELS, SMALL, Crop, PhotoRefused
from pioneers.web.tokens import new_code

AnySession = Session | scoped_session[Session]


def add_photo(
    session: AnySession,
    *,
    programme_id: int,
    source: IO[bytes],
    crop: Crop | None,  # noqa: ARG001 - the middle square until photos can be cut
    alt: str,
    actor_id: int | None,
) -> Photo:
    """Keep a photo in two sizes. Raises PhotoRefused: photo_bytes, photo_pixels, photo_none."""
    data = source.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise PhotoRefused("photo_bytes")
    picture = _open(data)
    large = picture.copy()
    large.thumbnail((LARGE, LARGE))
    photo = Photo(
        programme_id=programme_id,
        code=new_code(16),
        large=_jpeg(large),
        small=_jpeg(ImageOps.fit(picture, (SMALL, SMALL))),
        width=large.width,
        height=large.height,
        added_at=clock.now(),
        added_by_id=actor_id,
        alt=alt,
    )
    session.add(photo)
    session.flush()
    return photo


def _open(data: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as found:
            if found.width * found.height > MOST_PIXELS:
                raise PhotoRefused("photo_pixels")
            return ImageOps.exif_transpose(found).convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as wrong:
        raise PhotoRefused("photo_none") from wrong


def _jpeg(picture: Image.Image) -> bytes:
    """The picture alone: what the file told of place and camera is not written again."""
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()
