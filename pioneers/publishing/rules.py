"""What holds for the texts of the public site. Pure."""

import enum
import re
from dataclasses import dataclass
from datetime import datetime

from pioneers.programmes.rules import Refused

TITLE, LEAD, BODY = 120, 400, 40_000
KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")


@dataclass(frozen=True)
class Words:
    """A page's words; `language` is the one they are written in."""

    title: str
    lead: str
    body: str  # Markdown
    language: str = "nl"


class State(enum.StrEnum):
    """How a text stands, for whoever keeps it."""

    STANDARD = "standard"  # nobody wrote it yet; the words that come with the site are shown
    DRAFT = "draft"  # written, not on the site
    PLANNED = "planned"  # goes to the site by itself
    PUBLISHED = "published"
    CHANGED = "changed"  # on the site, with a newer draft
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Standing:
    """What the state of a text follows from."""

    is_on_site: bool
    was_on_site: bool
    has_newer: bool  # words that were saved after those on the site
    is_planned: bool


def state_of(standing: Standing | None) -> State:
    """The one word for a text; None stands for one that nobody touched."""
    if standing is None:
        return State.STANDARD
    if standing.is_planned:
        return State.PLANNED
    if standing.is_on_site:
        return State.CHANGED if standing.has_newer else State.PUBLISHED
    return State.WITHDRAWN if standing.was_on_site else State.DRAFT


def check_words(words: Words) -> None:
    """A page has a title; nothing is longer than the page can take."""
    if not words.title:
        raise Refused("title_missing", "title")
    for field, limit in (("title", TITLE), ("lead", LEAD), ("body", BODY)):
        if len(getattr(words, field)) > limit:
            raise Refused("text_long", field, limit=limit)


def check_key(key: str, fixed: frozenset[str]) -> None:
    """The address of an own page: small letters, digits and hyphens, and no page's own word."""
    if not KEY.fullmatch(key):
        raise Refused("key_shape", "key")
    if key in fixed:
        raise Refused("key_taken", "key")


def check_moments(*, now: datetime, at: datetime | None, until: datetime | None) -> None:
    """What is planned lies ahead, and a text comes before it goes."""
    if at is not None and at <= now:
        raise Refused("moment_past", "day")
    if until is not None and until <= (at or now):
        raise Refused("until_before", "until_day")
