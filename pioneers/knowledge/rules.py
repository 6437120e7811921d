"""What may be said in the knowledge base, and when it is public. Pure: the day is an argument."""

import enum
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta

from pioneers.companies.rules import SizeClass
from pioneers.events.themes import THEMES
from pioneers.knowledge.models import Domain, ItemKind
from pioneers.programmes.rules import Refused

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_BODY, LONGEST_LINK = 160, 400, 60_000, 300
LONGEST_SLUG = 80
LONGEST_INTENTION = 400
SECTORS = "ABCDEFGHIJKLMNOPQRSTU"  # sections of SBI 2008
LEVELS = (1, 2, 3)
REVIEW_EVERY = timedelta(days=365)
WARN_BEFORE = timedelta(days=30)  # the end of a consent
ASK_AFTER = timedelta(weeks=6)  # an intention
ASK_WITHIN = timedelta(weeks=12)  # later than this nobody is asked any more
LINK = re.compile(r"https?://[^\s<>\"'\\]+", re.ASCII | re.IGNORECASE)
RESERVED = frozenset({"gebruik", "zoeken", "feed"})


class State(enum.StrEnum):
    """Where an item stands."""

    DRAFT = "draft"
    PLANNED = "planned"
    PUBLISHED = "published"
    CHANGED = "changed"  # published, and something newer was saved
    AWAY = "away"  # it was published once


@dataclass(frozen=True)
class ItemWords:
    """The words of an item: what has drafts and versions."""

    title: str
    summary: str = ""
    body: str = ""
    link: str = ""


@dataclass(frozen=True)
class Classed:
    """How an item is classified and who looks after it: holds at once, without a draft."""

    kind: ItemKind
    language: str = "nl"
    themes: tuple[str, ...] = ()  # keys of events.themes
    level: int | None = None
    domain: Domain | None = None
    sector: str = ""
    size_class: SizeClass | None = None
    municipality_code: str | None = None
    source: str = ""
    licence: str = ""
    owner_id: int | None = None
    review_on: date | None = None
    company_id: int | None = None
    company_name: str = ""
    pioneer_id: int | None = None
    consent_by: str = ""
    consent_on: date | None = None
    consent_until: date | None = None


@dataclass(frozen=True)
class ItemDraft(Classed):
    """A new item: how it is classified, and its first words."""

    title: str = ""
    summary: str = ""
    body: str = ""
    link: str = ""
    slug: str = ""  # empty: made of the title

    @property
    def words(self) -> ItemWords:
        """Its words alone."""
        return ItemWords(self.title, self.summary, self.body, self.link)


CLASSED = tuple(one.name for one in fields(Classed) if one.name != "themes")


def checked_words(words: ItemWords) -> ItemWords:
    """The words without space around them.

    Raises Refused: title_missing, title_long, summary_long, body_long, link_shape, link_long.
    """
    found = ItemWords(
        words.title.strip(), words.summary.strip(), words.body.strip(), words.link.strip()
    )
    if not found.title:
        raise Refused("title_missing", "title")
    for field, limit in (
        ("title", LONGEST_TITLE),
        ("summary", LONGEST_SUMMARY),
        ("body", LONGEST_BODY),
        ("link", LONGEST_LINK),
    ):
        if len(getattr(found, field)) > limit:
            raise Refused(f"{field}_long", field, limit=limit)
    if found.link and not LINK.fullmatch(found.link):
        raise Refused("link_shape", "link")
    return found


def check_classed(classed: Classed) -> None:
    """Raises Refused: level, sector, consent_period, consent_by (who agreed, if somebody did)."""
    if classed.level is not None and classed.level not in LEVELS:
        raise Refused("level", "level")
    if classed.sector and (len(classed.sector) != 1 or classed.sector not in SECTORS):
        raise Refused("sector", "sector")
    start, end = classed.consent_on, classed.consent_until
    if end is not None and start is None:
        raise Refused("consent_missing", "consent_on")
    if start is not None and end is not None and end < start:
        raise Refused("consent_period", "consent_until")
    if start is not None and not classed.consent_by.strip():
        raise Refused("consent_by", "consent_by")


def themes_text(keys: Iterable[str]) -> str:
    """Known themes with commas between them, in the order of the table."""
    given = set(keys)
    return ",".join(key for key in THEMES if key in given)


def slug_of(title: str) -> str:
    """A title as a piece of an address: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[: LONGEST_SLUG - 8].strip("-")
    return slug or "item"


def free_slug(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, with a number behind it where another item has that address."""
    used = set(taken) | RESERVED
    if wanted not in used:
        return wanted
    number = 2
    while f"{wanted}-{number}" in used:
        number += 1
    return f"{wanted}-{number}"


def names_somebody(*, company_id: int | None, company_name: str, pioneer_id: int | None) -> bool:
    """Whether an item is about a company or a pioneer by name, so that it asks for consent."""
    return bool(company_id or company_name.strip() or pioneer_id)


def has_consent(*, on: date | None, until: date | None, is_withdrawn: bool, today: date) -> bool:
    """Whether a consent holds on `today`; `until` is its last day."""
    if on is None or is_withdrawn or on > today:
        return False
    return until is None or today <= until
