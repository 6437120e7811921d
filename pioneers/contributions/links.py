"""Addresses in mail after a talk: to tell how it went without logging in.

The token names the pioneer and the event together; it tells of nothing else, and works until
thirty days after the event.
"""

from datetime import UTC, timedelta

from pioneers.accounts.current import settings
from pioneers.events.models import Event
from pioneers.web.links import link
from pioneers.web.tokens import is_genuine, record_of, sign

PURPOSE = "talk-report"
LASTS = timedelta(days=30)
PLACES = 2**31  # an id fits in it: both ids are one number


def _nonce(event: Event) -> str:
    return event.created_at.astimezone(UTC).isoformat(timespec="microseconds")


def token_of(pioneer_id: int, event: Event) -> str:
    """What stands for this pioneer's report of this event in an address."""
    number = event.id * PLACES + pioneer_id
    return sign(settings().secret_key, PURPOSE, number, _nonce(event))


def ids_of(token: str) -> tuple[int, int] | None:
    """The pioneer and the event that a token speaks of, not yet believed."""
    number = record_of(token, largest=PLACES * PLACES - 1)
    return None if number is None else (number % PLACES, number // PLACES)


def is_token_of(pioneer_id: int, event: Event, token: str) -> bool:
    """Whether a token was made for this pioneer and this event."""
    number = event.id * PLACES + pioneer_id
    return is_genuine(settings().secret_key, PURPOSE, number, _nonce(event), token)


def report_link(pioneer_id: int, event: Event) -> str:
    """Where a pioneer tells how it went."""
    return link("contributions.mail_log", token=token_of(pioneer_id, event))
