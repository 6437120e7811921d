"""Themes of events, pioneers and news: the four levers of social innovation (after Volberda)."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

THEMES: dict[str, LazyString] = {
    "flexible_organising": _l("Flexible organising"),
    "dynamic_management": _l("Dynamic management"),
    "smarter_working": _l("Smarter working and developing talent"),
    "co_creation": _l("Co-creation with other organisations"),
}


def known_themes(text: str) -> tuple[str, ...]:
    """The themes among keys with commas between them, in the order of the table."""
    given = set(text.split(","))
    return tuple(key for key in THEMES if key in given)


def theme_words(text: str) -> str:
    """Their words, in the person's language; empty for none."""
    return ", ".join(str(THEMES[key]) for key in known_themes(text))
