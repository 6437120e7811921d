"""To whom a mailing goes and when it may leave. Pure."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Final

from pioneers.mailings.models import Mailing, MailingState
from pioneers.programmes.rules import Refused

LONGEST_BODY: Final = 20_000
AHEAD: Final = timedelta(days=180)  # no mailing is planned farther ahead


class Acted(enum.StrEnum):
    """Whether the reader's company came into action."""

    NOT_YET = "not_yet"
    DID = "did"


class Part(enum.StrEnum):
    """What somebody is in the network."""

    PIONEER = "pioneer"
    FAN = "fan"
    NEITHER = "neither"


class Outcome(enum.StrEnum):
    """What became of a mailing for one recipient, as the results tell it."""

    WAITING = "waiting"
    SENT = "sent"  # taken by the server; whether it arrived is not known
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Segment:
    """Which of the subscribers: each filled in part narrows it down, none is everybody."""

    municipality: str = ""
    sector: str = ""
    size: str = ""
    event: str = ""  # was there
    acted: str = ""
    part: str = ""

    def kept(self) -> dict[str, str]:
        """What is filled in, as it is kept with a mailing."""
        return {one.name: value for one in fields(self) if (value := getattr(self, one.name))}


@dataclass(frozen=True)
class Draft:
    """What somebody writes."""

    kind: str
    subject: str
    body: str
    language: str = "nl"
    theme: str = ""
    event_id: int | None = None


def segment_of(kept: Mapping[str, str]) -> Segment:
    """The segment that was kept; what is not known any more is left out."""
    known = {one.name for one in fields(Segment)}
    return Segment(**{name: str(value) for name, value in kept.items() if name in known})


def check_draft(draft: Draft) -> None:
    """Refused: subject_missing, body_missing, body_long."""
    if not draft.subject.strip():
        raise Refused("subject_missing", "subject")
    if not draft.body.strip():
        raise Refused("body_missing", "body")
    if len(draft.body) > LONGEST_BODY:
        raise Refused("body_long", "body", limit=LONGEST_BODY)


def check_changeable(mailing: Mailing) -> None:
    """Words and readers are changed before anything is planned. Refused: not_draft."""
    if mailing.state != MailingState.DRAFT:
        raise Refused("not_draft")


def check_plan(mailing: Mailing, send_at: datetime, now: datetime, readers: int) -> None:
    """Refused: not_draft, not_tested, nobody, past, far_ahead."""
    check_changeable(mailing)
    if mailing.tested_at is None:
        raise Refused("not_tested")
    if readers == 0:
        raise Refused("nobody")
    if send_at < now - timedelta(minutes=5):
        raise Refused("past", "day")
    if send_at > now + AHEAD:
        raise Refused("far_ahead", "day")
