"""Writes on the texts: save, publish, plan, withdraw, restore. None commits."""

from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.actions import record
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.publishing.fixed import fixed_keys
from pioneers.publishing.models import SitePage, SitePageRevision
from pioneers.publishing.rules import Words, check_key, check_moments, check_words
from pioneers.publishing.texts import find_page, revision

AnySession = Session | scoped_session[Session]


def add_page(
    session: AnySession, *, programme: Programme, key: str, words: Words, actor_id: int | None
) -> SitePage:
    """A page of the programme's own, as a draft. Raises Refused: key_shape, key_taken,
    title_missing, text_long."""
    check_key(key, fixed_keys())
    if find_page(session, programme, key, words.language) is not None:
        raise Refused("key_taken", "key")
    kept = save_draft(
        session, programme=programme, key=key, words=words, version=0, actor_id=actor_id
    )
    return session.get_one(SitePage, kept.page_id)


def save_draft(
    session: AnySession,
    *,
    programme: Programme,
    key: str,
    words: Words,
    version: int,
    actor_id: int | None,
) -> SitePageRevision:
    """Keep new words of a text; the site stays as it is. `version` is 0 for the first words.

    Raises Stale(the page); Refused: title_missing, text_long.
    """
    check_words(words)
    page = _locked(session, programme, key, words.language)
    if page is None:
        page = SitePage(
            programme_id=programme.id,
            key=key,
            language=words.language,
            changed_at=clock.now(),
            version=0,
        )
        session.add(page)
        session.flush()
        page.is_own = key not in fixed_keys()
    if page.version != version:
        raise Stale(page)
    return _keep(session, page, words, actor_id=actor_id)


def restore(
    session: AnySession, *, page: SitePage, number: int, actor_id: int | None
) -> SitePageRevision:
    """Let an earlier version be the draft again; a version of its own, so that nothing is lost."""
    session.refresh(page, with_for_update=True)
    old = revision(session, page, number)
    words = Words(old.title, old.lead, old.body, page.language)
    return _keep(session, page, words, actor_id=actor_id, restored_from=number)


def publish(
    session: AnySession,
    *,
    page: SitePage,
    version: int,
    at: datetime | None = None,
    until: datetime | None = None,
    actor_id: int | None,
) -> SitePageRevision:
    """Put the newest words on the site, now or at a moment to come; perhaps until another one.

    Raises Stale(the page); Refused: moment_past, until_before.
    """
    check_moments(now=clock.now(), at=at, until=until)
    session.refresh(page, with_for_update=True)
    if page.version != version:
        raise Stale(page)
    newest = session.scalars(
        select(SitePageRevision)
        .where(SitePageRevision.page_id == page.id)
        .order_by(SitePageRevision.number.desc())
        .limit(1)
    ).one()
    unplan(session, page)
    page.withdraw_at = until
    page.version += 1
    if at is None:
        _go_live(page, newest)
    else:
        newest.publish_at = at
        newest.published_at = None
    _note(session, page, "site.published" if at is None else "site.planned", actor_id)
    return newest


def withdraw(
    session: AnySession,
    *,
    page: SitePage,
    version: int,
    at: datetime | None = None,
    actor_id: int | None,
) -> None:
    """Take a text off the site, now or at a moment to come. A fixed page then shows its standard
    words. Raises Stale(the page); Refused: moment_past."""
    check_moments(now=clock.now(), at=at, until=None)
    session.refresh(page, with_for_update=True)
    if page.version != version:
        raise Stale(page)
    page.version += 1
    if at is None:
        unplan(session, page)
        _take_off(page)
    else:
        page.withdraw_at = at
    _note(session, page, "site.withdrawn" if at is None else "site.planned", actor_id)


def place(session: AnySession, *, page: SitePage, in_menu: bool, actor_id: int | None) -> None:
    """Put the links to an own page into the menu, or below every page; in all its languages."""
    session.execute(
        update(SitePage)
        .where(SitePage.programme_id == page.programme_id, SitePage.key == page.key)
        .values(in_menu=in_menu, changed_at=clock.now())
    )
    session.refresh(page)
    _note(session, page, "site.placed", actor_id)


def unplan(session: AnySession, page: SitePage) -> None:
    """No version of a text goes to the site by itself any more."""
    session.execute(
        update(SitePageRevision)
        .where(SitePageRevision.page_id == page.id, SitePageRevision.published_at.is_(None))
        .values(publish_at=None)
    )


def due_pages(session: AnySession) -> list[int]:
    """The texts of which something is to happen by now."""
    now = clock.now()
    planned = select(SitePageRevision.page_id).where(
        SitePageRevision.publish_at <= now, SitePageRevision.published_at.is_(None)
    )
    return list(
        session.scalars(
            select(SitePage.id)
            .where(or_(SitePage.withdraw_at <= now, SitePage.id.in_(planned)))
            .order_by(SitePage.id)
        )
    )


def do_due(session: AnySession, page_id: int) -> bool:
    """Do what was planned for a text, in the order of its moments; False when it was done."""
    now = clock.now()
    page = session.get_one(SitePage, page_id, with_for_update=True, populate_existing=True)
    planned = session.scalar(
        select(SitePageRevision)
        .where(
            SitePageRevision.page_id == page.id,
            SitePageRevision.publish_at <= now,
            SitePageRevision.published_at.is_(None),
        )
        .order_by(SitePageRevision.publish_at.desc(), SitePageRevision.number.desc())
        .limit(1)
    )
    ends = page.withdraw_at is not None and page.withdraw_at <= now
    if planned is not None and planned.publish_at is not None:
        first = ends and page.withdraw_at is not None and page.withdraw_at <= planned.publish_at
        if first:
            page.withdraw_at, ends = None, False
        _go_live(page, planned)
        unplan(session, page)
        _note(session, page, "site.published", None, origin="worker")
    if ends:
        _take_off(page)
        _note(session, page, "site.withdrawn", None, origin="worker")
    if planned is not None or ends:
        page.version += 1
        return True
    return False


def _locked(session: AnySession, programme: Programme, key: str, language: str) -> SitePage | None:
    """The row of a text, held until the transaction ends; whoever makes it holds the programme."""
    page = find_page(session, programme, key, language)
    if page is None:
        session.refresh(programme, with_for_update=True)
        page = find_page(session, programme, key, language)
    if page is not None:
        session.refresh(page, with_for_update=True)
    return page


def _keep(
    session: AnySession,
    page: SitePage,
    words: Words,
    *,
    actor_id: int | None,
    restored_from: int | None = None,
) -> SitePageRevision:
    last = session.scalar(
        select(func.max(SitePageRevision.number)).where(SitePageRevision.page_id == page.id)
    )
    kept = SitePageRevision(
        page_id=page.id,
        number=(last or 0) + 1,
        saved_at=clock.now(),
        title=words.title,
        lead=words.lead,
        body=words.body,
        saved_by_id=actor_id,
        restored_from=restored_from,
    )
    session.add(kept)
    page.version += 1
    _note(session, page, "site.saved", actor_id)
    session.flush()
    return kept


def _go_live(page: SitePage, version: SitePageRevision) -> None:
    now = clock.now()
    page.title, page.lead, page.body = version.title, version.lead, version.body
    page.published_at = page.changed_at = version.published_at = now


def _take_off(page: SitePage) -> None:
    page.published_at = page.withdraw_at = None
    page.changed_at = clock.now()


def _note(
    session: AnySession, page: SitePage, action: str, actor_id: int | None, origin: str = "web"
) -> None:
    record(
        session,
        action,
        object_type="site_page",
        object_id=page.id,
        programme_id=page.programme_id,
        actor_id=actor_id,
        origin=origin,
    )
    session.flush()
