"""What a fan and its contact people must have. Pure."""

from dataclasses import dataclass
from datetime import date

from pioneers.fans.models import FanKind
from pioneers.programmes.rules import EndReason, Refused


@dataclass(frozen=True)
class FanDraft:
    """What is filled in on a fan."""

    name: str
    kind: FanKind = FanKind.NETWORK
    municipality_code: str | None = None


@dataclass(frozen=True)
class ContactPersonDraft:
    """Somebody who speaks for a fan."""

    name: str
    email: str | None = None
    phone: str | None = None
    function: str = ""


def check_name(name: str) -> None:
    """A name there must be, of at most 160 characters."""
    if not name.strip():
        raise Refused("name_missing", "name")
    if len(name) > 160:
        raise Refused("name_long", "name", limit=160)


def check_ended(ended_on: date | None, reason: EndReason | None, today: date) -> None:
    """A fan takes part no longer from a day that has come, for a reason."""
    if ended_on is None:
        return
    if ended_on > today:
        raise Refused("ended_in_future", "ended_on")
    if reason is None:
        raise Refused("reason_missing", "reason")
