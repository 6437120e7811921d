"""How often one origin may try at the door: a hall shares one address, so it is a hall's worth."""

import hashlib
import hmac
import ipaddress

from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.throttle import Limit, Throttled, check_attempt, forget, record_attempt
from pioneers.events.models import Event

AnySession = Session | scoped_session[Session]
MOST_TRIES = 150  # unknown addresses and codes, or people who walk in, in a quarter of an hour

__all__ = ["Throttled", "begin", "forget"]


def begin(session: AnySession, *, secret: str, event: Event, origin: str, what: str) -> list[int]:
    """Note a try; raises Throttled when there were too many. Who succeeds has it forgotten."""
    told = f"presence\n{what}\n{event.id}\n{_network(origin)}".encode()
    limits = (Limit(hmac.new(secret.encode(), told, hashlib.sha256).hexdigest(), MOST_TRIES),)
    attempt = record_attempt(session, limits)
    check_attempt(session, limits, attempt)
    return attempt


def _network(origin: str) -> str:
    """Of IPv6 the network of one household, as the log-in counts it."""
    try:
        address = ipaddress.ip_address(origin)
    except ValueError:
        return origin
    prefix = 32 if address.version == 4 else 64
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))
