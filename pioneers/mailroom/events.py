"""Events of SendGrid, and what they make of messages and addresses. None commits."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.mail.building import Outgoing
from pioneers.mail.claiming import forget_secret
from pioneers.mail.models import MailMessage, MailStatus
from pioneers.mail.outcomes import Problem
from pioneers.mail.suppressing import WEIGHT, suppress

AnySession = Session | scoped_session[Session]
MOST = 5000  # events in a request
HEAVY = frozenset({MailStatus.BLOCKED, MailStatus.BOUNCED, MailStatus.UNSUBSCRIBED})


@dataclass(frozen=True)
class Event:
    """What happened to a message: the mark that we gave it, and where it stands since."""

    mark: str
    status: MailStatus
    reason: str


def events_in(payload: object) -> list[Event]:
    """The events of a request that say something to us; raises ValueError for another shape."""
    if not isinstance(payload, list) or len(payload) > MOST:
        raise ValueError("not a list of events")
    found = []
    for item in payload:
        if not isinstance(item, dict):
            raise ValueError("not an event")
        mark, status = item.get("message_id"), _status(item)
        if isinstance(mark, str) and status is not None:
            reason = item.get("reason")
            found.append(Event(mark, status, _line(reason if isinstance(reason, str) else "")))
    return found


def _status(item: dict[str, object]) -> MailStatus | None:
    """Where the message stands after an event; None for what does not matter here."""
    name, kind = item.get("event"), item.get("type")
    if name == "bounce":
        return MailStatus.BLOCKED if kind == "blocked" else MailStatus.BOUNCED
    if name == "dropped":
        return _dropped(str(item.get("reason", "")).lower())
    return {
        "processed": MailStatus.SENT,
        "delivered": MailStatus.DELIVERED,
        "blocked": MailStatus.BLOCKED,
        "unsubscribe": MailStatus.UNSUBSCRIBED,
        "group_unsubscribe": MailStatus.UNSUBSCRIBED,
        "spamreport": MailStatus.UNSUBSCRIBED,
    }.get(name if isinstance(name, str) else "")


def _dropped(reason: str) -> MailStatus:
    """Not even tried: SendGrid's own list says why."""
    if "bounced" in reason or "invalid" in reason:
        return MailStatus.BOUNCED
    if "unsubscribed" in reason or "spam reporting" in reason:
        return MailStatus.UNSUBSCRIBED
    return MailStatus.BLOCKED


def _line(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())[:300]


def take_in(session: AnySession, events: Iterable[Event]) -> int:
    """Let messages and addresses stand where the events say; answers how many changed.

    The heavier fact wins, whichever comes first, so that a late "delivered" never takes away that
    an address bounced.
    """
    changed = 0
    for event in sorted(events, key=lambda event: event.mark):  # one order for all: no deadlock
        message = _find(session, event.mark)
        if message is None:
            continue
        if event.status in HEAVY:
            suppress(session, message.to_address, event.status)
        if _outweighs(event.status, message):
            message.status, message.status_at = event.status, clock.now()
            message.problem = event.reason if event.status in HEAVY else ""
            message.claimed_until = None
            forget_secret(message)
            message.sent_at = message.sent_at or message.status_at
            changed += 1
    session.flush()
    return changed


def _outweighs(status: MailStatus, message: MailMessage) -> bool:
    if status == MailStatus.SENT:  # it tells us what the worker did not live to hear
        return message.problem == Problem.UNCERTAIN or (
            message.status == MailStatus.QUEUED and message.sent_at is not None
        )
    return WEIGHT[status] > WEIGHT.get(message.status, 0)


def _find(session: AnySession, mark: str) -> MailMessage | None:
    """The message of a mark, locked; None for a mark that we never gave."""
    number = mark.partition(".")[0]
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    message = session.scalar(
        select(MailMessage).where(MailMessage.id == int(number)).with_for_update()
    )
    if message is None or _mark(message) != mark:
        return None
    return message


def _mark(message: MailMessage) -> str:
    return Outgoing(
        id=message.id,
        key=message.unique_key,
        to_address="",
        to_name="",
        subject="",
        text="",
        html="",
    ).mark
