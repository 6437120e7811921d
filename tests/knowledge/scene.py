"""Items of the knowledge base, in a programme that runs now and has an open site."""

from typing import Any

from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.knowledge.actions import add_item, publish
from pioneers.knowledge.models import ItemKind, KnowledgeItem
from pioneers.knowledge.rules import ItemDraft
from pioneers.programmes.models import Programme
from pioneers.publishing.models import SiteSettings

TITLE = "Van massa naar maatwerk"


def open_now(session: Session, programme: Programme) -> None:
    """Let a programme run from last year without an end, and open its site."""
    programme.starts_on = clock.today().replace(year=clock.today().year - 1, day=1)
    programme.ends_on = None
    session.add(SiteSettings(programme_id=programme.id, changed_at=clock.now(), is_open=True))
    session.flush()


def item_draft(**facts: Any) -> ItemDraft:
    """A tool about which nobody need agree."""
    given = {
        "kind": ItemKind.TOOL,
        "title": TITLE,
        "summary": "Zo kiest u met uw klanten wat u maakt.",
        "body": "## Begin klein\n\nVraag drie klanten aan tafel.",
    }
    return ItemDraft(**given | facts)


def make_item(session: Session, programme: Programme, **facts: Any) -> KnowledgeItem:
    """An item that nobody sees yet."""
    return add_item(session, programme=programme, draft=item_draft(**facts), user_id=None)


def make_published(session: Session, programme: Programme, **facts: Any) -> KnowledgeItem:
    """An item that everybody sees."""
    item = make_item(session, programme, **facts)
    publish(session, item=item, at=None, user_id=None)
    return item
