"""Where other features point at the knowledge base: items for a theme, items to choose from."""

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.knowledge.models import ItemKind, KnowledgeItem
from pioneers.knowledge.queries import is_public

AnySession = Session | scoped_session[Session]


def for_themes(
    session: AnySession,
    programme_id: int,
    *,
    themes: tuple[str, ...],
    kinds: tuple[ItemKind, ...],
    now: datetime,
    most: int,
) -> list[KnowledgeItem]:
    """What everybody may read on one of these themes (any, where none is given), newest first."""
    query = select(KnowledgeItem).where(
        KnowledgeItem.programme_id == programme_id,
        KnowledgeItem.kind.in_(kinds),
        is_public(now),
    )
    if themes:
        spread = "," + KnowledgeItem.themes + ","
        query = query.where(or_(*(spread.contains(f",{one},", autoescape=True) for one in themes)))
    newest = KnowledgeItem.first_published_at.desc(), KnowledgeItem.id.desc()
    return list(session.scalars(query.order_by(*newest).limit(most)))


def to_choose(session: AnySession, programme_id: int, now: datetime) -> list[tuple[str, str]]:
    """(piece of the address, title) of every item that everybody may read, by title."""
    rows = session.execute(
        select(KnowledgeItem.slug, KnowledgeItem.title)
        .where(KnowledgeItem.programme_id == programme_id, is_public(now))
        .order_by(func.lower(KnowledgeItem.title), KnowledgeItem.id)
        .limit(500)
    )
    return [(slug, title) for slug, title in rows]
