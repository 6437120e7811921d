"""Reads of profiles: what everybody may see today, and what the pioneer and the leader keep."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.ambassadors.models import Pioneer
from pioneers.companies.models import Company, Person
from pioneers.companies.names import display_name
from pioneers.events.models import Event, EventStatus, Speaker
from pioneers.events.themes import known_themes
from pioneers.media.models import Photo
from pioneers.media.rules import Crop
from pioneers.profiles.models import AwayPeriod, ConsentPurpose, Profile, ProfileConsent, Quote
from pioneers.profiles.rules import (
    Period,
    PublicProfile,
    known_levels,
    known_offers,
    paragraphs,
)
from pioneers.programmes.models import Municipality, Programme
from pioneers.web.errors import NotFound

AnySession = Session | scoped_session[Session]


def _standing(today: date, purpose: ConsentPurpose) -> list[ColumnElement[bool]]:
    return [
        ProfileConsent.purpose == purpose,
        ProfileConsent.withdrawn_at.is_(None),
        ProfileConsent.ends_on >= today,
    ]


def _public(today: date) -> Select[Pioneer, Profile, Person, Company, str | None]:
    """Pioneers whose page everybody may see: appointed by now, not former, with consent."""
    agreed = exists().where(
        ProfileConsent.pioneer_id == Pioneer.id, *_standing(today, ConsentPurpose.PROFILE)
    )
    return (
        select(Pioneer, Profile, Person, Company, Municipality.name)
        .join(Profile, Profile.pioneer_id == Pioneer.id)
        .join(Person, Person.id == Pioneer.person_id)
        .join(Company, Company.id == Pioneer.company_id)
        .outerjoin(Municipality, Municipality.code == Company.municipality_code)
        .where(
            Pioneer.appointed_on <= today,
            or_(Pioneer.ended_on.is_(None), Pioneer.ended_on > today),
            agreed,
        )
    )


def public_profile(session: AnySession, pioneer_id: int, today: date) -> PublicProfile | None:
    """What everybody may see of a pioneer today; None when that is nothing.

    A photo and quotes are part of it as long as the consent for each stands.
    """
    row = session.execute(_public(today).where(Pioneer.id == pioneer_id)).first()
    return None if row is None else _shown(session, *row, today=today)


def public_profile_by_code(session: AnySession, code: str, today: date) -> PublicProfile | None:
    """The same, by the code of the page."""
    row = session.execute(_public(today).where(Profile.code == code)).first()
    return None if row is None else _shown(session, *row, today=today)


def preview(
    session: AnySession, programme: Programme, pioneer_id: int, today: date
) -> PublicProfile | None:
    """The page as it will be, also before the appointment and without consent for it; None when
    the pioneer told nothing yet."""
    row = session.execute(
        select(Pioneer, Profile, Person, Company, Municipality.name)
        .join(Profile, Profile.pioneer_id == Pioneer.id)
        .join(Person, Person.id == Pioneer.person_id)
        .join(Company, Company.id == Pioneer.company_id)
        .outerjoin(Municipality, Municipality.code == Company.municipality_code)
        .where(Pioneer.programme_id == programme.id, Pioneer.id == pioneer_id)
    ).first()
    return None if row is None else _shown(session, *row, today=today)


def _shown(
    session: AnySession,
    pioneer: Pioneer,
    profile: Profile,
    person: Person,
    company: Company,
    municipality: str | None,
    *,
    today: date,
) -> PublicProfile | None:
    name = display_name(person)
    if not name:  # erased
        return None
    photo = _photo_to_show(session, profile, today)
    return PublicProfile(
        pioneer_id=pioneer.id,
        programme_id=pioneer.programme_id,
        code=profile.code,
        name=name,
        company=company.name,
        municipality=municipality or "",
        headline=profile.headline,
        paragraphs=paragraphs(profile.story),
        themes=known_themes(pioneer.themes),
        levels=known_levels(profile.levels),
        offers=known_offers(profile.offers),
        quotes=tuple(_words_to_show(session, pioneer.id, today)),
        region=profile.region,
        website=profile.website,
        photo_id=None if photo is None else photo[0],
        alt="" if photo is None else photo[1],
    )


def _photo_to_show(session: AnySession, profile: Profile, today: date) -> tuple[int, str] | None:
    if profile.photo_id is None:
        return None
    agreed = exists().where(
        ProfileConsent.pioneer_id == profile.pioneer_id, *_standing(today, ConsentPurpose.PHOTO)
    )
    row = session.execute(
        select(Photo.id, Photo.alt).where(Photo.id == profile.photo_id, agreed)
    ).first()
    return None if row is None else (row.id, row.alt)


def _words_to_show(session: AnySession, pioneer_id: int, today: date) -> list[str]:
    agreed = exists().where(
        ProfileConsent.quote_id == Quote.id, *_standing(today, ConsentPurpose.QUOTE)
    )
    return list(
        session.scalars(
            select(Quote.words)
            .where(Quote.pioneer_id == pioneer_id, agreed)
            .order_by(Quote.written_at.desc(), Quote.id.desc())
        )
    )


def get_profile(session: AnySession, pioneer_id: int) -> Profile | None:
    """What a pioneer told; None before the first word."""
    return session.get(Profile, pioneer_id)


def pioneer_by_code(session: AnySession, code: str) -> Pioneer | None:
    """The pioneer whose page had this code, whether it can be seen or not."""
    return session.scalar(
        select(Pioneer).join(Profile, Profile.pioneer_id == Pioneer.id).where(Profile.code == code)
    )


def standing_consent(
    session: AnySession,
    pioneer_id: int,
    purpose: ConsentPurpose,
    today: date,
    *,
    quote_id: int | None = None,
) -> ProfileConsent | None:
    """The consent that stands today for a purpose (of a quote); None when there is none."""
    query = select(ProfileConsent).where(
        ProfileConsent.pioneer_id == pioneer_id, *_standing(today, purpose)
    )
    if quote_id is not None:
        query = query.where(ProfileConsent.quote_id == quote_id)
    return session.scalar(query.order_by(ProfileConsent.id.desc()).limit(1))


@dataclass(frozen=True)
class QuoteRow:
    """A quote with the last day on which it is shown; None when it is not shown any more."""

    id: int
    words: str
    written_at: datetime
    until: date | None


def quotes_of(session: AnySession, pioneer_id: int, today: date) -> list[QuoteRow]:
    """The quotes of a pioneer, the newest first."""
    rows = session.execute(
        select(Quote, func.max(ProfileConsent.ends_on))
        .outerjoin(
            ProfileConsent,
            and_(
                ProfileConsent.quote_id == Quote.id,
                ProfileConsent.withdrawn_at.is_(None),
                ProfileConsent.ends_on >= today,
            ),
        )
        .where(Quote.pioneer_id == pioneer_id)
        .group_by(Quote.id)
        .order_by(Quote.written_at.desc(), Quote.id.desc())
    )
    return [QuoteRow(quote.id, quote.words, quote.written_at, until) for quote, until in rows]


def get_quote(session: AnySession, pioneer_id: int, quote_id: int) -> Quote:
    """A quote of this pioneer; NotFound otherwise."""
    found = session.scalar(
        select(Quote).where(Quote.id == quote_id, Quote.pioneer_id == pioneer_id)
    )
    if found is None:
        raise NotFound
    return found


def away_periods(session: AnySession, pioneer_id: int, since: date) -> list[AwayPeriod]:
    """When a pioneer is away, from `since` on, the soonest first."""
    return list(
        session.scalars(
            select(AwayPeriod)
            .where(AwayPeriod.pioneer_id == pioneer_id, AwayPeriod.to_day >= since)
            .order_by(AwayPeriod.from_day, AwayPeriod.id)
        )
    )


def get_away(session: AnySession, pioneer_id: int, away_id: int) -> AwayPeriod:
    """A period of this pioneer; NotFound otherwise."""
    found = session.scalar(
        select(AwayPeriod).where(AwayPeriod.id == away_id, AwayPeriod.pioneer_id == pioneer_id)
    )
    if found is None:
        raise NotFound
    return found


def away_on(session: AnySession, pioneer_ids: Collection[int], day: date) -> dict[int, Period]:
    """Which of the pioneers are away on `day`, and from when to when."""
    if not pioneer_ids:
        return {}
    rows = session.scalars(
        select(AwayPeriod)
        .where(
            AwayPeriod.pioneer_id.in_(pioneer_ids),
            AwayPeriod.from_day <= day,
            AwayPeriod.to_day >= day,
        )
        .order_by(AwayPeriod.id)
    )
    return {row.pioneer_id: Period(row.from_day, row.to_day, row.remark) for row in rows}


def offers_of(session: AnySession, pioneer_ids: Collection[int]) -> dict[int, str]:
    """What each of the pioneers can be asked for (rules.Offer, with commas)."""
    rows = session.execute(
        select(Profile.pioneer_id, Profile.offers).where(Profile.pioneer_id.in_(pioneer_ids))
    )
    return {row.pioneer_id: row.offers for row in rows}


@dataclass(frozen=True)
class NextTalk:
    """A published event to come at which a pioneer speaks."""

    title: str
    starts_at: datetime
    place: str
    code: str  # /b/<code>


def next_talks(
    session: AnySession, pioneer_id: int, now: datetime, *, most: int = 5
) -> list[NextTalk]:
    """The published events at which a pioneer speaks, the soonest first."""
    rows = session.execute(
        select(Event.title, Event.starts_at, Event.place, Event.public_code)
        .join(Speaker, Speaker.event_id == Event.id)
        .where(
            Speaker.pioneer_id == pioneer_id,
            Event.status == EventStatus.PLANNED,
            Event.published_at.is_not(None),
            Event.public_code.is_not(None),
            Event.starts_at > now,
        )
        .order_by(Event.starts_at, Event.id)
        .limit(most)
    )
    return [NextTalk(row.title, row.starts_at, row.place, row.public_code or "") for row in rows]


@dataclass(frozen=True)
class PhotoRow:
    """A photo without its pictures."""

    id: int
    code: str
    alt: str
    width: int
    height: int
    crop: Crop


def photo_of(session: AnySession, pioneer_id: int) -> PhotoRow | None:
    """The photo of a pioneer, whether it is shown or not."""
    photo = session.scalar(
        select(Photo)
        .join(Profile, Profile.photo_id == Photo.id)
        .where(Profile.pioneer_id == pioneer_id)
    )
    if photo is None:
        return None
    crop = Crop(photo.crop_x, photo.crop_y, photo.crop_zoom)
    return PhotoRow(photo.id, photo.code, photo.alt, photo.width, photo.height, crop)


def get_photo(session: AnySession, photo_id: int) -> Photo:
    """A photo with its pictures."""
    return session.get_one(Photo, photo_id)
