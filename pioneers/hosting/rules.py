"""What a host proposes: when, and whether it overlaps what was proposed before. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pioneers.planning.rules import Hindrance
from pioneers.programmes.rules import Refused

NOBODY, WHO_FITS = "", "fits"


@dataclass(frozen=True)
class Wish:
    """The pioneer that a host asks for: nobody, a named one, or whoever fits and is free."""

    pioneer_id: int | None = None
    who_fits: bool = False


def wish_of(chosen: str) -> Wish:
    """From what the form has."""
    if chosen == WHO_FITS:
        return Wish(who_fits=True)
    return Wish(int(chosen)) if chosen.isascii() and chosen.isdigit() else Wish()


def warning_key(pioneer_id: int, hindrances: Sequence[Hindrance]) -> str:
    """What a host was warned of: another pioneer, or another reason, is another warning."""
    return f"{pioneer_id}:{','.join(hindrances)}"


@dataclass(frozen=True)
class Taken:
    """The hours that another event of the same host has."""

    title: str
    starts_at: datetime
    ends_at: datetime


def overlapping(starts_at: datetime, ends_at: datetime, others: Iterable[Taken]) -> Taken | None:
    """The first of `others` that is on at the same time."""
    return next(
        (one for one in others if one.starts_at < ends_at and starts_at < one.ends_at), None
    )


def check_ahead(day: date, today: date) -> None:
    """A host plans ahead: what has been is the project leader's to correct."""
    if day < today:
        raise Refused("day_passed", "day")
