"""What a pioneer shows, while which consent stands, and when one is away. Pure."""

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from pioneers.programmes.rules import Refused

HEADLINE, STORY, REGION, WEBSITE, WORDS, REMARK = 160, 5000, 160, 200, 400, 160
LEVELS = (1, 2, 3)
TERMS = (12, 24)  # months for which a consent can be given
KEPT = timedelta(days=30)  # after a consent ended, before what it was for is deleted
SOON = timedelta(days=30)  # before its end, a consent is shown as nearly over
LAST_DAYS = timedelta(days=7)  # before its end, the project leader is told too
MOST_QUOTES = 12
MOST_AWAY = 40
LONGEST_AWAY = 730
CODE_LENGTH = 7


class Offer(enum.StrEnum):
    """What a pioneer can be asked for."""

    TALK = "talk"
    WORKSHOP = "workshop"
    EXCURSION = "excursion"  # a visit to their company
    MEDIA = "media"


@dataclass(frozen=True)
class PublicProfile:
    """What everybody may see of a pioneer today."""

    pioneer_id: int
    programme_id: int
    code: str  # /pionier/<code>
    name: str
    company: str
    municipality: str
    headline: str
    paragraphs: tuple[str, ...]
    themes: tuple[str, ...]  # keys of events.themes.THEMES
    levels: tuple[int, ...]
    offers: tuple[Offer, ...]
    quotes: tuple[str, ...]
    region: str
    website: str
    photo_id: int | None  # None: no photo, or no consent for it
    alt: str = ""  # what is on the photo

    @property
    def has_photo(self) -> bool:
        """Whether there is a photo that everybody may see."""
        return self.photo_id is not None


@dataclass(frozen=True)
class ProfileDraft:
    """What a pioneer tells about themselves; texts are plain."""

    headline: str = ""
    story: str = ""
    themes: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    offers: tuple[Offer, ...] = ()
    region: str = ""
    website: str = ""
    travels_km: int | None = None


@dataclass(frozen=True)
class Period:
    """Days on which somebody is away, the first and the last included."""

    from_day: date
    to_day: date
    remark: str = ""

    def holds(self, day: date) -> bool:
        """Whether `day` is one of them."""
        return self.from_day <= day <= self.to_day


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a plain text: an empty line begins a new one."""
    parts = re.split(r"\n\s*\n", text.strip())
    return tuple(" ".join(part.split()) for part in parts if part.strip())


def known_levels(text: str) -> tuple[int, ...]:
    """The levels in a text with commas, in order."""
    given = set(text.split(","))
    return tuple(level for level in LEVELS if str(level) in given)


def known_offers(text: str) -> tuple[Offer, ...]:
    """The offers in a text with commas, in the order of `Offer`."""
    given = set(text.split(","))
    return tuple(offer for offer in Offer if offer.value in given)


def ends_on(today: date, months: int) -> date:
    """The last day of a consent that begins today: as many months later, less one day."""
    if months not in TERMS:
        raise Refused("term_unknown", "months")
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    for day in (today.day, 30, 29, 28):
        try:
            return date(year, month + 1, day) - timedelta(days=1)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def is_over(last_day: date, today: date) -> bool:
    """Whether a consent ended: it holds on its last day, and not on the day after."""
    return today > last_day


def is_past_keeping(last_day: date, today: date) -> bool:
    """Whether what a consent was for is deleted by now."""
    return today > last_day + KEPT


def check_draft(draft: ProfileDraft) -> None:
    """Refused: words_long at the field, website_shape."""
    for field, text, limit in (
        ("headline", draft.headline, HEADLINE),
        ("story", draft.story, STORY),
        ("region", draft.region, REGION),
        ("website", draft.website, WEBSITE),
    ):
        if len(text) > limit:
            raise Refused("words_long", field, limit=limit)
    if draft.website and not is_website(draft.website):
        raise Refused("website_shape", "website")


def is_website(text: str) -> bool:
    """Whether it is the address of a page that one can be sent to: http(s), a host, no user."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - raises ValueError for what is no number
    except ValueError:
        return False
    shaped = "." in host.strip(".") and not re.search(r"[\s\\<>\"'`]", text)
    return parts.scheme in ("http", "https") and shaped and parts.username is None


def check_words(words: str) -> None:
    """A quote says something, and no more than fits. Refused: words_missing, words_long."""
    if not words:
        raise Refused("words_missing", "words")
    if len(words) > WORDS:
        raise Refused("words_long", "words", limit=WORDS)


def check_away(period: Period, today: date, others: Iterable[Period]) -> None:
    """Refused: away_reversed, away_passed, away_long, away_overlaps, away_most."""
    known = list(others)
    if period.to_day < period.from_day:
        raise Refused("away_reversed", "to_day")
    if period.to_day < today:
        raise Refused("away_passed", "to_day")
    if (period.to_day - period.from_day).days > LONGEST_AWAY:
        raise Refused("away_long", "to_day", limit=LONGEST_AWAY)
    if len(period.remark) > REMARK:
        raise Refused("words_long", "remark", limit=REMARK)
    for other in known:
        if other.from_day <= period.to_day and period.from_day <= other.to_day:
            raise Refused("away_overlaps", "from_day", first=other.from_day, last=other.to_day)
    if len(known) >= MOST_AWAY:
        raise Refused("away_most", "from_day", limit=MOST_AWAY)
