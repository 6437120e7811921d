"""Times and what is said of them. Pure but for the clock of `repeat`."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Timing:
    """Some repetitions of one thing, in seconds."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one, in seconds."""
        return median(self.seconds)

    @property
    def p95(self) -> float:
        """The one that nineteen in twenty do not exceed (nearest rank), in seconds."""
        ordered = sorted(self.seconds)
        return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


def repeat(
    act: Callable[[], object], *, times: int, warm: int, budget: float, fewest: int = 5
) -> Timing:
    """Time `act` so many times after `warm` times that do not count.

    A slow one is repeated less: no longer than `budget` seconds, but at least `fewest` times.
    """
    begun = perf_counter()
    for _ in range(warm):
        act()
        if perf_counter() - begun > budget / 2:
            break
    taken: list[float] = []
    begun = perf_counter()
    while len(taken) < times:
        started = perf_counter()
        act()
        taken.append(perf_counter() - started)
        if len(taken) >= fewest and perf_counter() - begun > budget:
            break
    return Timing(tuple(taken))


def milliseconds(seconds: float) -> str:
    """A time for a table: '0.84', '12.3', '1,830'."""
    value = seconds * 1000
    return f"{value:,.2f}" if value < 10 else f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def ratio(value: float, beside: float) -> str:
    """How many times: '3.2×', '210×'."""
    times = value / beside
    return f"{times:.1f}×" if times < 100 else f"{times:,.0f}×"
