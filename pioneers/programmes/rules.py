"""What a programme counts, and for whom: enums and pure functions."""

import enum
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
