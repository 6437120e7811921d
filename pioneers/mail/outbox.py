"""Sending what is in the outbox.

A worker claims messages with a lease, hands each over outside of any transaction, and writes down
what became of it: one commit for the claim, one just before a message is whole for the server, one
after its answer. What happens to a worker at any moment between is in docs/operations.md, "Mail".
"""

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, scoped_session

from pioneers.mail.backends.base import Backend
from pioneers.mail.building import Outgoing
from pioneers.mail.claiming import claim, give_up_uncertain, hand_over, record, release
from pioneers.mail.outcomes import Outcome, Problem, Refused, Sent, TryAgain, Uncertain

AnySession = Session | scoped_session[Session]
log = structlog.get_logger("pioneers.mail")


@dataclass(frozen=True)
class Round:
    """What one round of sending did."""

    claimed: int = 0
    sent: int = 0
    reachable: bool = True  # False: the server itself failed, so it is wise to wait


def send_due(
    session: AnySession,
    backend: Backend,
    worker: str,
    *,
    carry_on: Callable[[], bool] = lambda: True,
) -> Round:
    """Send a batch; commits. `carry_on` is asked between messages, for who wants to stop."""
    if give_up_uncertain(session):
        log.warning("mail_uncertain")
    messages = claim(session, worker)
    session.commit()
    sent = 0
    for place, message in enumerate(messages):
        if not carry_on():
            _give_back(session, worker)
            return Round(place, sent)
        outcome = _deliver(session, backend, message, worker)
        record(session, message.id, worker, outcome)
        session.commit()
        log.info("mail", message=message.id, outcome=type(outcome).__name__)
        sent += isinstance(outcome, Sent)
        if isinstance(outcome, TryAgain) and outcome.unreachable:
            _give_back(session, worker)
            return Round(place + 1, sent, reachable=False)
    return Round(len(messages), sent)


def _deliver(session: AnySession, backend: Backend, message: Outgoing, worker: str) -> Outcome:
    marked = False

    def mark() -> bool:
        nonlocal marked
        marked = hand_over(session, message.id, worker)
        session.commit()
        return marked

    try:
        return backend.deliver(message, mark)
    except SQLAlchemyError:
        raise
    except Exception:  # one message that cannot be made must not stop all others, again and again
        log.error("mail_not_built", message=message.id, exc_info=True)
        return Uncertain() if marked else Refused(Problem.BUILDING)


def _give_back(session: AnySession, worker: str) -> None:
    release(session, worker)
    session.commit()
