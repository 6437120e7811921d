"""The pioneers whom everybody may see, as a list of faces."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.ambassadors.models import Pioneer
from pioneers.companies.models import Company, Person
from pioneers.companies.names import display_name
from pioneers.events.themes import known_themes
from pioneers.media.models import Photo
from pioneers.profiles.models import ConsentPurpose, Profile, ProfileConsent
from pioneers.programmes.models import Municipality, Programme


@dataclass(frozen=True)
class Face:
    """A pioneer with a public page."""

    code: str  # /pionier/<code>
    name: str
    company: str
    municipality: str
    headline: str
    themes: tuple[str, ...]
    has_photo: bool
    alt: str

    @property
    def initials(self) -> str:
        """In place of a photo."""
        return "".join(part[0] for part in self.name.split()[:2]).upper()


def _agreed(purpose: ConsentPurpose, today: date) -> ColumnElement[bool]:
    return exists().where(
        ProfileConsent.pioneer_id == Pioneer.id,
        ProfileConsent.purpose == purpose,
        ProfileConsent.withdrawn_at.is_(None),
        ProfileConsent.ends_on >= today,
    )


def _open_pages(programme: Programme, today: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Person,
            Company.name.label("company"),
            Municipality.name.label("municipality"),
            Profile.code,
            Profile.headline,
            Pioneer.themes,
            Profile.photo_id,
            Photo.alt,
            _agreed(ConsentPurpose.PHOTO, today).label("shows_photo"),
        )
        .select_from(Pioneer)
        .join(Profile, Profile.pioneer_id == Pioneer.id)
        .join(Person, Person.id == Pioneer.person_id)
        .join(Company, Company.id == Pioneer.company_id)
        .outerjoin(Municipality, Municipality.code == Company.municipality_code)
        .outerjoin(Photo, Photo.id == Profile.photo_id)
        .where(
            Pioneer.programme_id == programme.id,
            Pioneer.appointed_on <= today,
            or_(Pioneer.ended_on.is_(None), Pioneer.ended_on > today),
            _agreed(ConsentPurpose.PROFILE, today),
        )
        .order_by(Pioneer.appointed_on, Pioneer.id)
    )


def public_faces(
    session: Session | scoped_session[Session],
    programme: Programme,
    today: date,
    *,
    most: int = 100,
) -> list[Face]:
    """Pioneers whose page is open today, by appointment; a photo only with its own consent."""
    rows = session.execute(_open_pages(programme, today).limit(most))
    return [
        Face(
            row.code,
            name,
            row.company,
            row.municipality or "",
            row.headline,
            known_themes(row.themes),
            bool(row.photo_id and row.shows_photo),
            row.alt or "",
        )
        for row in rows
        if (name := display_name(row.Person))  # none once somebody was erased
    ]
