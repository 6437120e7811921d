"""What a page says of a profile, in the person's language."""

from dataclasses import dataclass

from pioneers.events.themes import THEMES
from pioneers.profiles.labels import LEVELS, OFFERS
from pioneers.profiles.rules import PublicProfile

SUMMARY = 155  # what search engines show of a description


@dataclass(frozen=True)
class Words:
    """The labels of a profile, and the sentence that stands for it elsewhere."""

    themes: tuple[str, ...]
    levels: tuple[str, ...]
    offers: tuple[str, ...]
    summary: str
    host: str  # of the website


def words_of(shown: PublicProfile) -> Words:
    """The words for a profile."""
    told = shown.headline or (shown.paragraphs[0] if shown.paragraphs else "")
    return Words(
        themes=tuple(str(THEMES[key]) for key in shown.themes),
        levels=tuple(str(LEVELS[level]) for level in shown.levels),
        offers=tuple(str(OFFERS[offer]) for offer in shown.offers),
        summary=told if len(told) <= SUMMARY else told[: SUMMARY - 1].rstrip() + "…",
        host=shown.website.partition("://")[2].split("/")[0].removeprefix("www."),
    )
