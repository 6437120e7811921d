"""How often one origin may try at the door: a hall shares one address, so it is a hall's worth."""

import hashlib
import hmac

from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.throttle import Limit, Throttled, check_attempt, forget, record_attempt
from pioneers.events.models import Event
from pioneers.web.throttling import place_of

AnySession = Session | scoped_session[Session]
MOST_TRIES = 150  # unknown addresses and codes, or people who walk in, in a quarter of an hour

__all__ = ["Throttled", "begin", "forget"]


def begin(session: AnySession, *, secret: str, event: Event, origin: str, what: str) -> list[int]:
    """Note a try; raises Throttled when there were too many. Who succeeds has it forgotten."""
    told = f"presence\n{what}\n{event.id}\n{place_of(origin)}".encode()
    limits = (Limit(hmac.new(secret.encode(), told, hashlib.sha256).hexdigest(), MOST_TRIES),)
    attempt = record_attempt(session, limits)
    check_attempt(session, limits, attempt)
    return attempt
