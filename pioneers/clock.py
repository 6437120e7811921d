"""The one clock: UTC inside, Europe/Amsterdam at the edge."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

_pinned: ContextVar[datetime | None] = ContextVar("pinned_moment", default=None)


def now() -> datetime:
    """The present moment in UTC, to the microsecond."""
    return _pinned.get() or datetime.now(UTC)


def today() -> date:
    """The present day in Amsterdam."""
    return now().astimezone(AMSTERDAM).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let `now()` answer `moment` (timezone-aware) within the block.

    The demonstration is written by the real actions, years later than it plays: it moves the clock.
    """
    token = _pinned.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pinned.reset(token)


def local(moment: datetime) -> datetime:
    """`moment` (aware) on the clock of Amsterdam."""
    return moment.astimezone(AMSTERDAM)


def from_local(day: date, hour: time) -> datetime:
    """The UTC moment at which the clock of Amsterdam shows `hour` on `day`.

    In the hour that comes twice the first is taken; an hour that does not exist moves forward.
    """
    return datetime.combine(day, hour, AMSTERDAM).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The UTC moment at which `day` has passed in Amsterdam (the first moment of the next day)."""
    return from_local(day + timedelta(days=1), time.min)
