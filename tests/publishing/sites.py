"""A public site for tests."""

from typing import Any

from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.programmes.models import Programme
from pioneers.publishing.models import SitePage, SiteSettings
from pioneers.publishing.rules import Words
from pioneers.publishing.texts import find_page
from pioneers.publishing.writing import publish, save_draft


def open_site(session: Session, programme: Programme, **facts: Any) -> SiteSettings:
    """The site of `programme`, open to everybody."""
    given = {"programme_id": programme.id, "changed_at": clock.now(), "is_open": True}
    settings = SiteSettings(**given | facts)
    session.add(settings)
    session.flush()
    return settings


def write(
    session: Session, programme: Programme, key: str, title: str, body: str = "", lang: str = "nl"
) -> SitePage:
    """New words of a text, as a draft."""
    page = find_page(session, programme, key, lang)
    save_draft(
        session,
        programme=programme,
        key=key,
        words=Words(title, "", body, lang),
        version=page.version if page else 0,
        actor_id=None,
    )
    page = find_page(session, programme, key, lang)
    assert page is not None
    return page


def put_on_site(session: Session, page: SitePage, **moments: Any) -> None:
    """Publish the newest words."""
    publish(session, page=page, version=page.version, actor_id=None, **moments)
