"""Reads of the public site: whether it is open, and what it looks like."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers.programmes.models import Programme
from pioneers.publishing.models import SiteSettings

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Site:
    """A programme with the look of its public site."""

    programme: Programme
    settings: SiteSettings


def site_by_slug(session: AnySession, slug: str) -> Site | None:
    """The public site of the programme `slug`, open or not; None while it has none."""
    row = session.execute(
        select(Programme, SiteSettings)
        .join(SiteSettings, SiteSettings.programme_id == Programme.id)
        .where(Programme.slug == slug)
    ).first()
    return None if row is None else Site(*row)


def site_of(session: AnySession, programme: Programme) -> Site | None:
    """The same for a programme that is at hand."""
    settings = session.get(SiteSettings, programme.id)
    return None if settings is None else Site(programme, settings)


def open_sites(session: AnySession) -> list[Site]:
    """The sites that everybody may see, by name."""
    rows = session.execute(
        select(Programme, SiteSettings)
        .join(SiteSettings, SiteSettings.programme_id == Programme.id)
        .where(SiteSettings.is_open)
        .order_by(Programme.name, Programme.id)
    )
    return [Site(*row) for row in rows]
