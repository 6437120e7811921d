"""When a public form was opened: signed in the form itself, so that nothing is stored.

No person fills a form in within two seconds, and a stamp of an earlier day is worth nothing to a
machine. Who is slow is welcome; whoever is too fast looks once more and loses nothing.
"""

from pioneers import clock
from pioneers.web import tokens

LEAST_SECONDS = 2
MOST_SECONDS = 86_400
LAST_MOMENT = 2**40  # in seconds
PURPOSE = "opened"


def opened_stamp(secret: str, what: str) -> str:
    """The moment, for the form that `what` names (a feature and an address)."""
    return tokens.sign(secret, PURPOSE, int(clock.now().timestamp()), what)


def seconds_open(secret: str, what: str, stamp: str) -> float | None:
    """How long ago the form was opened here; None for a stamp that is not ours."""
    begun = tokens.record_of(stamp, largest=LAST_MOMENT)
    if begun is None or not tokens.is_genuine(secret, PURPOSE, begun, what, stamp):
        return None
    return clock.now().timestamp() - begun
