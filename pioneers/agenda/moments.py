"""The present day as calendars take it."""

from datetime import datetime, time

from pioneers import clock
from pioneers.agenda.rules import Window, window


def midnight() -> datetime:
    """The moment at which the present day began in Amsterdam."""
    return clock.from_local(clock.today(), time.min)


def present_window() -> Window:
    """Which events calendars hold today."""
    return window(midnight())
