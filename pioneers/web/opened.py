"""When a public form was opened: signed in the form itself, so that nothing is stored.

No person fills a form in within two seconds, and a stamp of an earlier day is worth nothing to a
machine. Who is slow is welcome; whoever is too fast looks once more and loses nothing.
"""

from flask import current_app

from pioneers import clock
from pioneers.web import tokens

LEAST_SECONDS = 2
MOST_SECONDS = 86_400
LAST_MOMENT = 2**40  # in seconds
PURPOSE = "opened"


def opened_stamp(what: str) -> str:
    """The moment, for the form that `what` names (a feature and an address)."""
    secret = str(current_app.config["SECRET_KEY"])
    return tokens.sign(secret, PURPOSE, int(clock.now().timestamp()), what)


def seconds_open(what: str, stamp: str) -> float:
    """How long ago the form was opened here; 0 for a stamp that is not ours."""
    secret = str(current_app.config["SECRET_KEY"])
    begun = tokens.record_of(stamp, largest=LAST_MOMENT)
    if begun is None or not tokens.is_genuine(secret, PURPOSE, begun, what, stamp):
        return 0
    return clock.now().timestamp() - begun
