"""Themes of events and pioneers; the table is the programmes', since news has the same ones."""

from pioneers.programmes.themes import THEMES, known_themes, theme_words

__all__ = ["THEMES", "known_themes", "theme_words"]
