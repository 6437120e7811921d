"""What somebody agrees to who wants news, and for how long they can say so. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pioneers.programmes.themes import THEMES, known_themes
from pioneers.subscriptions.models import SubscribedBy

VERSION: Final = "2026-11"
WORDS: Final[dict[str, str]] = {
    "nl": "Houd mij per e-mail op de hoogte van bijeenkomsten, verhalen en nieuws van het"
    " programma {programme}. Ik kan dit altijd stoppen.",
    "en": "Keep me informed by e-mail of events, stories and news of the programme {programme}. I"
    " can stop this at any time.",
}
LAPSES_AFTER: Final = timedelta(days=30)  # a request that nobody confirmed
ONCE_IN: Final = timedelta(minutes=15)  # who asks again within it gets no second mail


@dataclass(frozen=True)
class Asked:
    """Somebody asks for news: how, and in which words they agreed."""

    email: str
    source: SubscribedBy
    version: str
    wording: str
    language: str = "nl"
    themes: str = ""
    name: str = ""  # never in a mail before the address is confirmed
    person_id: int | None = None


def wording(language: str, programme: str) -> str:
    """What somebody agrees to on the site, word for word."""
    return WORDS["en" if language == "en" else "nl"].format(programme=programme)


def kept_themes(chosen: Iterable[str]) -> str:
    """The chosen themes as they are kept: in order, and empty for all of them or none."""
    known = known_themes(",".join(chosen))
    return "" if len(known) == len(THEMES) else ",".join(known)


def has_lapsed(requested_at: datetime, now: datetime) -> bool:
    """Whether a request is too old to be confirmed by its mail."""
    return requested_at + LAPSES_AFTER < now
