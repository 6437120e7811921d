"""Reads of the knowledge base, each with a stated order."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.knowledge.models import KnowledgeItem, KnowledgeRelation, KnowledgeRevision
from pioneers.programmes.models import Programme
from pioneers.web.errors import NotFound

AnySession = Session | scoped_session[Session]


def is_public(now: datetime) -> ColumnElement[bool]:
    """A condition on KnowledgeItem: everybody may see it at `now`.

    It is published and not withdrawn; and whoever it names has agreed, for this day. The day after
    a consent ends an item is therefore gone without anybody doing anything.
    """
    today = clock.local(now).date()
    nobody_named = and_(
        KnowledgeItem.company_id.is_(None),
        KnowledgeItem.company_name == "",
        KnowledgeItem.pioneer_id.is_(None),
    )
    agreed = and_(
        KnowledgeItem.consent_on <= today,
        or_(KnowledgeItem.consent_until.is_(None), KnowledgeItem.consent_until >= today),
        KnowledgeItem.consent_withdrawn_at.is_(None),
    )
    return and_(
        KnowledgeItem.published_at <= now,
        or_(KnowledgeItem.withdraw_at.is_(None), KnowledgeItem.withdraw_at > now),
        or_(nobody_named, agreed),
    )


def published_item(
    session: AnySession, programme_id: int, slug: str, now: datetime
) -> KnowledgeItem | None:
    """The item at an address, if everybody may see it now."""
    return session.scalar(
        select(KnowledgeItem).where(
            KnowledgeItem.programme_id == programme_id, KnowledgeItem.slug == slug, is_public(now)
        )
    )


def published(session: AnySession, programme_id: int, now: datetime) -> list[KnowledgeItem]:
    """Everything that everybody may see now, the newest first."""
    return list(
        session.scalars(
            select(KnowledgeItem)
            .where(KnowledgeItem.programme_id == programme_id, is_public(now))
            .order_by(KnowledgeItem.first_published_at.desc(), KnowledgeItem.id.desc())
        )
    )


def get_item(session: AnySession, programme: Programme, item_id: int) -> KnowledgeItem:
    """An item of this programme; NotFound for any other."""
    found = session.scalar(
        select(KnowledgeItem).where(
            KnowledgeItem.id == item_id, KnowledgeItem.programme_id == programme.id
        )
    )
    if found is None:
        raise NotFound
    return found


def slugs_like(session: AnySession, programme_id: int, slug: str) -> list[str]:
    """The addresses that begin with `slug`."""
    return list(
        session.scalars(
            select(KnowledgeItem.slug)
            .where(
                KnowledgeItem.programme_id == programme_id,
                KnowledgeItem.slug.startswith(slug, autoescape=True),
            )
            .order_by(KnowledgeItem.slug)
        )
    )


def revisions_of(session: AnySession, item: KnowledgeItem) -> list[KnowledgeRevision]:
    """The versions of an item, the newest first."""
    return list(
        session.scalars(
            select(KnowledgeRevision)
            .where(KnowledgeRevision.item_id == item.id)
            .order_by(KnowledgeRevision.number.desc())
        )
    )


def latest(session: AnySession, item: KnowledgeItem) -> KnowledgeRevision:
    """What was saved last of an item; there is always one."""
    return session.scalars(
        select(KnowledgeRevision)
        .where(KnowledgeRevision.item_id == item.id)
        .order_by(KnowledgeRevision.number.desc())
        .limit(1)
    ).one()


def get_revision(session: AnySession, item: KnowledgeItem, number: int) -> KnowledgeRevision:
    """One version of an item; NotFound for a number that is not there."""
    found = session.scalar(
        select(KnowledgeRevision).where(
            KnowledgeRevision.item_id == item.id, KnowledgeRevision.number == number
        )
    )
    if found is None:
        raise NotFound
    return found


def related_ids(session: AnySession, item: KnowledgeItem) -> list[int]:
    """The items that belong with this one."""
    rows = session.execute(
        select(KnowledgeRelation.item_id, KnowledgeRelation.other_id).where(
            or_(KnowledgeRelation.item_id == item.id, KnowledgeRelation.other_id == item.id)
        )
    )
    return sorted(one if one != item.id else other for one, other in rows)


def related(
    session: AnySession, item: KnowledgeItem, now: datetime | None = None
) -> list[KnowledgeItem]:
    """The items themselves, by title; with `now` only what everybody may see then."""
    query = select(KnowledgeItem).where(KnowledgeItem.id.in_(related_ids(session, item)))
    if now is not None:
        query = query.where(is_public(now))
    return list(session.scalars(query.order_by(KnowledgeItem.title, KnowledgeItem.id)))


def others_than(session: AnySession, item: KnowledgeItem) -> list[KnowledgeItem]:
    """The other items of the same programme, by title."""
    return list(
        session.scalars(
            select(KnowledgeItem)
            .where(KnowledgeItem.programme_id == item.programme_id, KnowledgeItem.id != item.id)
            .order_by(KnowledgeItem.title, KnowledgeItem.id)
        )
    )
