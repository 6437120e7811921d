"""What is not kept: photos and quotes whose consent ended thirty days ago. None commits.

They are seen by nobody from the day after the end on; in the thirty days that follow the pioneer
can agree anew without sending everything again. The consents stay as proof of what was asked.
"""

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.media.actions import delete_photo
from pioneers.media.models import Photo
from pioneers.profiles.models import ConsentPurpose, Profile, ProfileConsent, Quote
from pioneers.profiles.noting import note
from pioneers.profiles.rules import KEPT

AnySession = Session | scoped_session[Session]


def forget_quote(session: AnySession, quote: Quote) -> None:
    """Delete a quote; its consents stay and name none any more."""
    session.execute(
        update(ProfileConsent)
        .where(ProfileConsent.quote_id == quote.id)
        .values(quote_id=None)
        .execution_options(synchronize_session=False)
    )
    session.delete(quote)
    session.flush()


def with_leftovers(session: AnySession) -> list[int]:
    """Pioneers with a photo or quote that nobody may see and that was kept long enough."""
    photos = select(Profile.pioneer_id).where(Profile.photo_id.is_not(None), ~_lately_of_photo())
    quotes = select(Quote.pioneer_id).where(~_lately_of_quote())
    return sorted({*session.scalars(photos), *session.scalars(quotes)})


def clean(session: AnySession, pioneer: Pioneer) -> int:
    """Delete what is past its time; answers how many things. The log says how many, not which."""
    session.refresh(pioneer, with_for_update=True)
    done = 0
    profile = session.scalar(
        select(Profile).where(
            Profile.pioneer_id == pioneer.id,
            Profile.photo_id.is_not(None),
            ~_lately_of_photo(),
        )
    )
    if profile is not None:
        photo = session.get_one(Photo, profile.photo_id)
        profile.photo_id = None
        session.flush()
        delete_photo(session, photo=photo)
        done += 1
    over = select(Quote).where(Quote.pioneer_id == pioneer.id, ~_lately_of_quote())
    for quote in session.scalars(over.order_by(Quote.id)).all():
        forget_quote(session, quote)
        done += 1
    if done:
        note(session, pioneer, "profile.cleaned", None, origin="worker", count=done)
    return done


def _lately_of_photo() -> ColumnElement[bool]:
    return exists().where(
        ProfileConsent.pioneer_id == Profile.pioneer_id,
        ProfileConsent.purpose == ConsentPurpose.PHOTO,
        *_recent(),
    )


def _lately_of_quote() -> ColumnElement[bool]:
    return exists().where(ProfileConsent.quote_id == Quote.id, *_recent())


def _recent() -> list[ColumnElement[bool]]:
    """A consent that holds, or that ended or was taken back less than thirty days ago."""
    return [
        ProfileConsent.ends_on >= clock.today() - KEPT,
        or_(
            ProfileConsent.withdrawn_at.is_(None),
            ProfileConsent.withdrawn_at >= clock.now() - KEPT,
        ),
    ]
