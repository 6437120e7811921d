"""What a programme counts, and for whom: enums and pure functions."""

import enum
import re
from dataclasses import dataclass
from datetime import date


class Indicator(enum.StrEnum):
    """What a target can be set for."""

    AWARE = "aware"
    ACTIVATED = "activated"


class Unit(enum.StrEnum):
    """The unit in which an indicator is counted."""

    PEOPLE = "people"
    COMPANIES = "companies"


class EndReason(enum.StrEnum):
    """Why somebody did not become, or is no longer, a pioneer or fan."""

    NO_TIME = "no_time"
    NO_INTEREST = "no_interest"
    NOT_SUITABLE = "not_suitable"
    NO_ANSWER = "no_answer"
    LEFT_COMPANY = "left_company"
    TERM_OVER = "term_over"
    MOVED_AWAY = "moved_away"
    OTHER = "other"


class Evidence(enum.StrEnum):
    """How strong a contact's proof is, from weak to strong (see docs/counting.md)."""

    HEADCOUNT = "headcount"
    LISTED = "listed"
    SELF_DECLARED = "self_declared"
    CHECKED_IN = "checked_in"
    CONFIRMED = "confirmed"


EVIDENCE_RANK = {evidence: rank for rank, evidence in enumerate(Evidence)}


def at_least(threshold: Evidence) -> tuple[Evidence, ...]:
    """The named kinds of evidence at or above `threshold`; a bare headcount names nobody."""
    return tuple(
        evidence
        for evidence in Evidence
        if EVIDENCE_RANK[evidence] >= EVIDENCE_RANK[threshold] and evidence != Evidence.HEADCOUNT
    )


class Verdict(enum.StrEnum):
    """The answer to a question about a company; unknown is a third answer, not a no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class TargetGroup:
    """A programme's limits: heads from and up to (inclusive), money in whole euros."""

    employees_min: int
    employees_max: int
    turnover_max: int
    balance_max: int


def default_day(*, today: date, starts_on: date | None, ends_on: date | None) -> date:
    """The day that figures are as of when nobody asks for one: today, or the programme's last."""
    day = today if ends_on is None else min(today, ends_on)
    return day if starts_on is None else max(day, starts_on)


class Refused(Exception):
    """A rule says no. `code` says which, `field` where it belongs, `params` what to name."""

    def __init__(self, code: str, field: str = "", **params: object) -> None:
        super().__init__(code)
        self.code, self.field, self.params = code, field, params


class Stale(Exception):
    """Somebody else changed the record after this person opened it; `current` is how it stands."""

    def __init__(self, current: object) -> None:
        super().__init__("stale")
        self.current = current


SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
RESERVED_SLUGS = frozenset(
    {"p", "beheer", "inloggen", "uitloggen", "account", "uitnodiging", "static", "taal", "gezond"}
    | {"privacy", "toegankelijkheid", "api", "nieuw", "new", "admin", "zoeken", "help"}
    | {
        "agenda",
        "b",
        "g",
        "h",
        "i",
        "k",
        "kalender",
        "mail",
        "pionier",
        "r",
        "sessie",
        "t",
        "u",
        "v",
    }
    | {"vraag", "wachtwoord", "wachtwoord-vergeten", "aanpak", "beeld", "bestand", "contact"}
    | {"feed", "gegevens", "kennis", "kringen", "n", "nieuwsbrief", "over", "pioniers", "podia"}
    | {"stijl", "s", "robots.txt", "sitemap.xml", "favicon.ico", "scan", "kring", "voucher"}
)
LARGEST_TARGET = 10_000_000


def check_slug(slug: str) -> None:
    """A short name for addresses: small letters, digits and hyphens, and none that is reserved."""
    if not SLUG.fullmatch(slug):
        raise Refused("slug_shape", "slug", slug=slug)
    if slug in RESERVED_SLUGS:
        raise Refused("slug_reserved", "slug", slug=slug)


def check_period(starts_on: date | None, ends_on: date | None) -> None:
    """A programme cannot end before it starts."""
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused("period_reversed", "ends_on")


def check_target(
    *, value: int, due_on: date, today: date, starts_on: date | None, ends_on: date | None
) -> None:
    """A target is above zero and lies ahead; once the programme has ended it may lie behind."""
    if value <= 0:
        raise Refused("target_not_positive", "value")
    if value > LARGEST_TARGET:
        raise Refused("target_too_large", "value", limit=LARGEST_TARGET)
    if starts_on is not None and due_on < starts_on:
        raise Refused("target_before_start", "due_on", day=starts_on)
    ended = ends_on is not None and ends_on < today
    if due_on < today and not ended:
        raise Refused("target_in_past", "due_on")


def first_due_day(*, today: date, starts_on: date | None, ends_on: date | None) -> date:
    """When a new programme's targets are due: on its last day, else at the end of a year."""
    if ends_on is not None:
        return ends_on
    year = today.year if starts_on is None else max(today.year, starts_on.year)
    return date(year, 12, 31)
