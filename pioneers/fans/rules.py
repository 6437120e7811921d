"""What a fan and its contact people must have. Pure."""

from dataclasses import dataclass

from pioneers.fans.models import FanKind
from pioneers.programmes.rules import Refused


@dataclass(frozen=True)
class FanDraft:
    """What is filled in on a fan."""

    name: str
    kind: FanKind = FanKind.NETWORK
    municipality_code: str | None = None
    is_active: bool = True


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
