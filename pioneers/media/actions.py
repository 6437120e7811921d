"""Writes on photos. They take part in the caller's transaction."""

from typing import IO

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.media.models import Photo
from pioneers.media.reading import Pictures, crop_anew, read_photo
from pioneers.media.rules import ALT, Crop
from pioneers.web.tokens import new_code

AnySession = Session | scoped_session[Session]
CODE_LENGTH = 12


def add_photo(
    session: AnySession,
    *,
    programme_id: int,
    source: IO[bytes],
    crop: Crop | None = None,
    alt: str = "",
    actor_id: int | None,
) -> Photo:
    """Take in a photo that somebody sent. Raises PhotoRefused (media.rules).

    To decode takes a moment, in which a transaction that writes holds up others on SQLite: a view
    had better call `read_photo` before its transaction begins, and `keep_photo` in it.
    """
    return keep_photo(
        session,
        programme_id=programme_id,
        pictures=read_photo(source, crop),
        crop=crop,
        alt=alt,
        actor_id=actor_id,
    )


def keep_photo(
    session: AnySession,
    *,
    programme_id: int,
    pictures: Pictures,
    crop: Crop | None = None,
    alt: str = "",
    actor_id: int | None,
) -> Photo:
    """Keep a photo that was read already."""
    shown = crop or Crop()
    photo = Photo(
        programme_id=programme_id,
        code=new_code(CODE_LENGTH),
        large=pictures.large,
        small=pictures.small,
        width=pictures.width,
        height=pictures.height,
        added_at=clock.now(),
        added_by_id=actor_id,
        alt=alt[:ALT],
        crop_x=shown.x,
        crop_y=shown.y,
        crop_zoom=shown.zoom,
    )
    session.add(photo)
    session.flush()
    return photo


def crop_photo(session: AnySession, *, photo: Photo, crop: Crop, alt: str) -> None:
    """Show another square of a photo. It gets another code: nobody is shown the old one from a
    cache."""
    photo.small = crop_anew(photo.large, crop)
    photo.crop_x, photo.crop_y, photo.crop_zoom = crop.x, crop.y, crop.zoom
    photo.code = new_code(CODE_LENGTH)
    photo.alt = alt[:ALT]
    session.flush()


def delete_photo(session: AnySession, *, photo: Photo) -> None:
    """Delete a photo; whoever points at it has let go of it."""
    session.delete(photo)
    session.flush()
