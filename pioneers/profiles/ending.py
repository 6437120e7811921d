"""Consents that end soon: of which the pioneer is told, and of which the project leader."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.models import User
from pioneers.accounts.queries import addresses_with
from pioneers.accounts.rules import Role
from pioneers.ambassadors.models import Pioneer
from pioneers.companies.models import Person
from pioneers.companies.names import display_name
from pioneers.profiles.models import ConsentPurpose, Profile, ProfileConsent
from pioneers.profiles.rules import LAST_DAYS, SOON
from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Ending:
    """What of a pioneer is seen up to a day, and no longer; None as `address`: no account that can
    prolong it."""

    pioneer_id: int
    name: str
    until: date
    purposes: tuple[ConsentPurpose, ...]
    quote_ids: tuple[int, ...]
    address: str | None

    def asks_leader(self, today: date) -> bool:
        """Whether somebody has to call: nobody can be mailed, or the mail was not enough."""
        return self.address is None or self.until <= today + LAST_DAYS


def endings(session: AnySession, programme: Programme, today: date) -> list[Ending]:
    """What ends within thirty days of pioneers who are one still, by pioneer and day; the soonest
    first. Nothing once the programme is over."""
    if programme.ends_on is not None and today > programme.ends_on:
        return []
    rows = session.execute(
        select(ProfileConsent, Pioneer, Person, User.email)
        .join(Pioneer, Pioneer.id == ProfileConsent.pioneer_id)
        .join(Person, Person.id == Pioneer.person_id)
        .join(Profile, Profile.pioneer_id == Pioneer.id)
        .outerjoin(User, User.id == Pioneer.user_id)
        .where(
            Pioneer.programme_id == programme.id,
            or_(Pioneer.ended_on.is_(None), Pioneer.ended_on > today),
            ProfileConsent.withdrawn_at.is_(None),
            ProfileConsent.ends_on.between(today, today + SOON),
            _is_of_something(),
        )
        .order_by(ProfileConsent.ends_on, Pioneer.id, ProfileConsent.id)
    ).all()
    accounts = addresses_with(session, programme.id, Role.PIONEER)
    grouped: dict[tuple[date, int], list[ProfileConsent]] = defaultdict(list)
    people: dict[int, tuple[str, str | None]] = {}
    for consent, pioneer, person, email in rows:
        grouped[consent.ends_on, pioneer.id].append(consent)
        own = (email or person.email or "").lower()
        people[pioneer.id] = display_name(person), own if own in accounts else None
    found = []
    for (until, pioneer_id), consents in grouped.items():
        name, address = people[pioneer_id]
        purposes = tuple(one for one in ConsentPurpose if any(c.purpose == one for c in consents))
        quotes = tuple(one.quote_id for one in consents if one.quote_id is not None)
        if name:
            found.append(Ending(pioneer_id, name, until, purposes, quotes, address))
    return found


def _is_of_something() -> ColumnElement[bool]:
    """Whether a photo or quote is there that the consent is for."""
    return or_(
        ProfileConsent.purpose == ConsentPurpose.PROFILE,
        and_(ProfileConsent.purpose == ConsentPurpose.PHOTO, Profile.photo_id.is_not(None)),
        ProfileConsent.quote_id.is_not(None),
    )
