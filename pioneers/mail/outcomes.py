"""What can become of a message that is handed to a server. Pure."""

import enum
from dataclasses import dataclass
from datetime import timedelta

from pioneers.mail.models import MailStatus

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)


class Problem(enum.StrEnum):
    """Problems of our own, told in words on the page; others are what the server said."""

    ADDRESS = "address"  # no address that mail can be sent to
    UNCERTAIN = "uncertain"  # handed over, and nobody heard the answer
    SUPPRESSED = "suppressed"  # the address gets no mail
    UNREACHABLE = "unreachable"  # the server did not answer, or hung up
    BUILDING = "building"  # the message could not be made


@dataclass(frozen=True)
class Sent:
    """The server took it."""

    provider_id: str | None = None


@dataclass(frozen=True)
class TryAgain:
    """Not taken now. `unreachable`: the server itself failed, so the rest need not be tried."""

    problem: str
    unreachable: bool = False


@dataclass(frozen=True)
class Refused:
    """Not taken, and it never will be. `suppress`: the address is wrong for every message."""

    problem: str
    status: MailStatus = MailStatus.FAILED
    suppress: bool = False


@dataclass(frozen=True)
class Uncertain:
    """Handed over whole, but the answer was lost: to send again could be to send twice."""


@dataclass(frozen=True)
class Forgone:
    """Another worker has it by now: nothing was handed over."""


Outcome = Sent | TryAgain | Refused | Uncertain | Forgone


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many failed attempts; None to give up."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None
