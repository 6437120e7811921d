"""An item as its page shows it."""

from flask_babel import gettext as _
from sqlalchemy.orm import Session, scoped_session

from pioneers.events.themes import theme_words
from pioneers.knowledge.labels import DOMAINS, LEVELS
from pioneers.knowledge.models import KnowledgeItem
from pioneers.programmes.models import Municipality
from pioneers.programmes.sectors import section_name
from pioneers.reach.labels import SIZE_CLASSES
from pioneers.web.formats import number
from pioneers.web.i18n import LANGUAGES, language

KILOBYTE = 1024
AnySession = Session | scoped_session[Session]


def facts(session: AnySession, item: KnowledgeItem) -> list[tuple[str, str]]:
    """What an item is about, in words: (term, value), without what is not known."""
    place = session.get(Municipality, item.municipality_code) if item.municipality_code else None
    rows = [
        (_("Themes"), theme_words(item.themes)),
        (_("Level"), str(LEVELS[item.level]) if item.level else ""),
        (_("Where in the company"), str(DOMAINS[item.domain]) if item.domain else ""),
        (_("Sector"), section_name(item.sector, language()) if item.sector else ""),
        (_("Size"), str(SIZE_CLASSES[item.size_class]) if item.size_class else ""),
        (_("Municipality"), place.name if place else ""),
        (_("Source"), item.source),
        (_("Licence"), item.licence),
        (_("Language"), LANGUAGES[item.language] if item.language != language() else ""),
    ]
    return [(term, value) for term, value in rows if value]


def size_words(size: int) -> str:
    """The size of a file, as people say it."""
    if size < KILOBYTE * KILOBYTE:
        return f"{number(max(1, round(size / KILOBYTE)))} kB"
    return f"{number(round(size / KILOBYTE / KILOBYTE))} MB"
