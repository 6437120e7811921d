"""Stories and tools on a card's page, on the themes of its pioneer."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.cards.extras import Link, Provider, Section, register_extra
from pioneers.knowledge.labels import KINDS
from pioneers.knowledge.models import ItemKind, KnowledgeItem
from pioneers.knowledge.pointing import for_themes
from pioneers.knowledge.queries import is_public
from pioneers.programmes.models import Programme
from pioneers.publishing.queries import site_of

AnySession = Session | scoped_session[Session]
SHOWN = (ItemKind.STORY, ItemKind.TOOL, ItemKind.SCAN)
MOST = 3


def find(
    session: AnySession,
    programme_id: int,
    themes: tuple[str, ...],
    language: str,  # noqa: ARG001 - the interface's: an item says its own language
) -> Section | None:
    """The newest on these themes, while the programme has an open site to read them on."""
    programme = session.get_one(Programme, programme_id)
    site = site_of(session, programme)
    if site is None or not site.settings.is_open:
        return None
    found = for_themes(
        session, programme_id, themes=themes, kinds=SHOWN, now=clock.now(), most=MOST
    )
    links = tuple(
        Link(
            item.title,
            url_for("knowledge.page", slug=programme.slug, item_slug=item.slug),
            str(KINDS[item.kind]),
        )
        for item in found
    )
    return Section(_("To read and to use"), links)


def stamp(connection: Connection, programme_id: int) -> object:
    """Differs when an item is changed, comes or goes."""
    return tuple(
        connection.execute(
            select(
                func.max(KnowledgeItem.changed_at),
                func.count().filter(is_public(clock.now())),
            ).where(KnowledgeItem.programme_id == programme_id)
        ).one()
    )


register_extra(Provider(find, stamp))
