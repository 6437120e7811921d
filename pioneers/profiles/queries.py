"""Reads of profiles: what everybody may see today."""

from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.ambassadors.models import Pioneer
from pioneers.companies.models import Company, Person
from pioneers.companies.names import display_name
from pioneers.events.themes import known_themes
from pioneers.profiles.models import ConsentPurpose, Profile, ProfileConsent, Quote
from pioneers.profiles.rules import PublicProfile

AnySession = Session | scoped_session[Session]


def public_profile(session: AnySession, pioneer_id: int, today: date) -> PublicProfile | None:
    """What everybody may see of a pioneer today; None when that is nothing."""
    stands = (ProfileConsent.withdrawn_at.is_(None), ProfileConsent.ends_on >= today)
    agreed = exists().where(
        ProfileConsent.pioneer_id == Pioneer.id,
        ProfileConsent.purpose == ConsentPurpose.PROFILE,
        *stands,
    )
    row = session.execute(
        select(Pioneer, Profile, Person, Company)
        .join(Profile, Profile.pioneer_id == Pioneer.id)
        .join(Person, Person.id == Pioneer.person_id)
        .join(Company, Company.id == Pioneer.company_id)
        .where(
            Pioneer.id == pioneer_id,
            Pioneer.appointed_on <= today,
            or_(Pioneer.ended_on.is_(None), Pioneer.ended_on > today),
            agreed,
        )
    ).first()
    return None if row is None else _shown(session, *row, today)


def _shown(
    session: AnySession,
    pioneer: Pioneer,
    profile: Profile,
    person: Person,
    company: Company,
    today: date,
) -> PublicProfile:
    quotes = session.scalars(
        select(Quote.words)
        .join(ProfileConsent, ProfileConsent.quote_id == Quote.id)
        .where(
            Quote.pioneer_id == pioneer.id,
            ProfileConsent.withdrawn_at.is_(None),
            ProfileConsent.ends_on >= today,
        )
    )
    return PublicProfile(
        pioneer_id=pioneer.id,
        programme_id=pioneer.programme_id,
        code=profile.code,
        name=display_name(person),
        company=company.name,
        municipality="",
        headline=profile.headline,
        paragraphs=tuple(part for part in profile.story.splitlines() if part.strip()),
        themes=known_themes(pioneer.themes),
        levels=(),
        offers=(),
        quotes=tuple(quotes),
        region=profile.region,
        website=profile.website,
        photo_id=None,
    )
