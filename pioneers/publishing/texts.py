"""Reads of the texts: what everybody sees, and what the editor keeps."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.programmes.models import Programme
from pioneers.publishing.fixed import fixed_page
from pioneers.publishing.models import SitePage, SitePageRevision, SiteSettings
from pioneers.publishing.queries import Site
from pioneers.publishing.rules import Standing, State, Words, state_of
from pioneers.web.errors import NotFound

AnySession = Session | scoped_session[Session]


def is_on_site(page: SitePage, now: datetime) -> bool:
    """Whether everybody sees the words of this page."""
    return page.published_at is not None and (page.withdraw_at is None or page.withdraw_at > now)


def words_in(page: SitePage) -> Words:
    """The words that are on the site."""
    return Words(page.title, page.lead, page.body, page.language)


def shown(session: AnySession, site: Site, key: str, language: str) -> Words:
    """What everybody sees of a fixed page: what was published, else the standard words."""
    page = find_page(session, site.programme, key, language)
    if page is not None and is_on_site(page, clock.now()):
        return words_in(page)
    fixed = fixed_page(key)
    if fixed is None:
        raise NotFound
    return fixed.standard(language, site)


def shown_own(session: AnySession, site: Site, key: str, language: str) -> Words:
    """What everybody sees of an own page; in another language where it has none in this one."""
    pages = session.scalars(
        select(SitePage).where(
            SitePage.programme_id == site.programme.id, SitePage.key == key, SitePage.is_own
        )
    ).all()
    found = [one for one in pages if is_on_site(one, clock.now())]
    found.sort(key=lambda one: (one.language != language, one.language != site.programme.language))
    if not found:
        raise NotFound
    return words_in(found[0])


def own_on_site(session: AnySession, programme: Programme) -> list[SitePage]:
    """The own pages that everybody sees, in each of their languages, by address."""
    pages = session.scalars(
        select(SitePage)
        .where(
            SitePage.programme_id == programme.id,
            SitePage.is_own,
            SitePage.published_at.is_not(None),
        )
        .order_by(SitePage.key, SitePage.language)
    )
    return [one for one in pages if is_on_site(one, clock.now())]


def find_page(
    session: AnySession, programme: Programme, key: str, language: str
) -> SitePage | None:
    """The row of a text, on the site or not."""
    return session.scalar(
        select(SitePage).where(
            SitePage.programme_id == programme.id,
            SitePage.key == key,
            SitePage.language == language,
        )
    )


def get_page(session: AnySession, programme: Programme, key: str, language: str) -> SitePage:
    """The same; NotFound for a text that nobody wrote."""
    page = find_page(session, programme, key, language)
    if page is None:
        raise NotFound
    return page


def revisions(session: AnySession, page: SitePage) -> list[SitePageRevision]:
    """Every version of a text, the newest first."""
    return list(
        session.scalars(
            select(SitePageRevision)
            .where(SitePageRevision.page_id == page.id)
            .order_by(SitePageRevision.number.desc())
        )
    )


def revision(session: AnySession, page: SitePage, number: int) -> SitePageRevision:
    """One version; NotFound where there is none."""
    found = session.scalar(
        select(SitePageRevision).where(
            SitePageRevision.page_id == page.id, SitePageRevision.number == number
        )
    )
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Kept:
    """A text in one language with how it stands."""

    page: SitePage
    state: State
    newest: SitePageRevision | None
    planned: SitePageRevision | None


def kept(page: SitePage, versions: Iterable[SitePageRevision]) -> Kept:
    """How a text stands, of its versions in any order."""
    ordered = sorted(versions, key=lambda one: one.number)
    newest = ordered[-1] if ordered else None
    planned = next((one for one in ordered if one.publish_at and not one.published_at), None)
    standing = Standing(
        is_on_site=is_on_site(page, clock.now()),
        was_on_site=any(one.published_at for one in ordered),
        has_newer=newest is not None and newest.published_at is None,
        is_planned=planned is not None,
    )
    return Kept(page, state_of(standing), newest, planned)


def all_kept(session: AnySession, programme: Programme) -> dict[tuple[str, str], Kept]:
    """Every text that somebody wrote, by key and language."""
    pages = session.scalars(
        select(SitePage).where(SitePage.programme_id == programme.id).order_by(SitePage.key)
    ).all()
    versions: dict[int, list[SitePageRevision]] = defaultdict(list)
    for one in session.scalars(
        select(SitePageRevision).where(SitePageRevision.page_id.in_([page.id for page in pages]))
    ):
        versions[one.page_id].append(one)
    return {(page.key, page.language): kept(page, versions[page.id]) for page in pages}


def site_to_edit(session: AnySession, programme: Programme) -> Site:
    """The site of a programme, also before anybody set it up."""
    settings = session.get(SiteSettings, programme.id)
    return Site(
        programme,
        settings or SiteSettings(programme_id=programme.id, changed_at=clock.now(), version=0),
    )


def stamp(connection: Connection, programme_id: int) -> tuple[object, ...]:
    """Something that differs when the look or a text on the site does."""
    look = connection.execute(
        select(SiteSettings.version, SiteSettings.is_open).where(
            SiteSettings.programme_id == programme_id
        )
    ).first()
    texts = connection.execute(
        select(func.max(SitePage.changed_at), func.sum(SitePage.version)).where(
            SitePage.programme_id == programme_id
        )
    ).first()
    return (tuple(look or ()), tuple(texts or ()))
