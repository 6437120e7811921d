"""Every page of this feature, on one blueprint, and what it puts into the frame of the site."""

from collections.abc import Iterable

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.knowledge import (
    file_views,
    item_views,
    list_views,
    moment_views,
    public_views,
    queries,
    use_views,
    write_views,
)
from pioneers.knowledge.blueprint import blueprint
from pioneers.knowledge.models import KnowledgeItem
from pioneers.programmes.models import Programme
from pioneers.publishing.frame import (
    PublicAddress,
    PublicEntry,
    register_addresses,
    register_entry,
    register_stamp,
)

__all__ = [
    "blueprint",
    "file_views",
    "item_views",
    "list_views",
    "moment_views",
    "public_views",
    "use_views",
    "write_views",
]

AnySession = Session | scoped_session[Session]


def addresses(session: AnySession, programme: Programme) -> Iterable[PublicAddress]:
    """The list, and the page of each item that everybody may see."""
    yield PublicAddress(url_for("knowledge.index", slug=programme.slug))
    for item in queries.published(session, programme.id, clock.now()):
        path = url_for("knowledge.page", slug=programme.slug, item_slug=item.slug)
        yield PublicAddress(path, item.changed_at)


def stamp(connection: Connection, programme_id: int) -> object:
    """When something that everybody sees was changed last, and how many items are there now: it
    differs too when a moment passes or a consent ends."""
    row = connection.execute(
        select(
            func.max(KnowledgeItem.changed_at),
            func.count().filter(queries.is_public(clock.now())),
        ).where(KnowledgeItem.programme_id == programme_id)
    ).one()
    return tuple(row)


register_entry(PublicEntry(_l("Knowledge base"), "knowledge.index", 20))
register_addresses(addresses)
register_stamp("knowledge", stamp)
