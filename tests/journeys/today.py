"""The clock of the site in stories that take hours or weeks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from pioneers import clock


@dataclass
class Today:
    """The clock of the site: a day of which the hour is chosen, on which time passes by itself."""

    real: Callable[[], datetime] = field(default=clock.now)
    shift: timedelta = timedelta()

    def now(self) -> datetime:
        """What the site takes for the present moment."""
        return self.real() + self.shift

    @property
    def day(self) -> date:
        """The day, in Amsterdam."""
        return clock.local(self.now()).date()

    def becomes(self, hour: int, minute: int = 0, *, on: date | None = None) -> None:
        """Let it be that hour of the day, or of another day, in Amsterdam."""
        self.shift = clock.from_local(on or self.day, time(hour, minute)) - self.real()

    def passes(self, **span: int) -> None:
        """Let time go by."""
        self.shift += timedelta(**span)
