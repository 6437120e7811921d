"""Where things stand in a chart: scales, ticks and labels that never touch. Pure functions."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDE_LETTERS = frozenset("mwMW@%—")
THIN_LETTERS = frozenset("iljtfrI.,:;'’|! ()")


@dataclass(frozen=True)
class Box:
    """A rectangle in the units of the drawing; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        """Whether the two share any surface."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def text_width(text: str, size: float = 13) -> float:
    """The room that `text` takes at `size`, on the safe side for the usual system fonts."""
    return sum(
        size * (0.95 if char in WIDE_LETTERS else 0.4 if char in THIN_LETTERS else 0.66)
        for char in text
    )


def fit(text: str, width: float, size: float = 13) -> str:
    """`text`, shortened with an ellipsis until it fits `width`."""
    if text_width(text, size) <= width:
        return text
    for length in range(len(text) - 1, 0, -1):
        short = text[:length].rstrip(" -") + "…"
        if text_width(short, size) <= width:
            return short
    return "…"


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places for labels as near as possible to `wanted`, at least `gap` apart, in [low, high].

    The order stays. The least total displacement (squared) under these limits is an isotonic
    regression of the places minus their own share of gaps. When there is no room for all, the gap
    shrinks evenly.
    """
    count = len(wanted)
    if count == 0:
        return []
    if count > 1:
        gap = min(gap, (high - low) / (count - 1))
    order = sorted(range(count), key=lambda index: wanted[index])
    level = _isotonic([wanted[index] - place * gap for place, index in enumerate(order)])
    top = max(low, high - (count - 1) * gap)
    result = [0.0] * count
    for place, index in enumerate(order):
        result[index] = min(max(level[place], low), top) + place * gap
    return result


def _isotonic(values: Sequence[float]) -> list[float]:
    """The nearest rising sequence: neighbours that fall are pooled to their mean."""
    pools: list[tuple[float, int]] = []
    for value in values:
        mean, size = value, 1
        while pools and pools[-1][0] > mean:
            before, count = pools.pop()
            mean = (before * count + mean * size) / (count + size)
            size += count
        pools.append((mean, size))
    return [mean for mean, size in pools for _ in range(size)]


def nice_ticks(highest: float, wanted: int = 4) -> list[int]:
    """Round whole numbers from 0 to at least `highest`, about `wanted` steps apart."""
    if highest <= 0:
        return [0, 1]
    raw = highest / wanted
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw)
    whole = max(1, math.ceil(step))
    return [whole * index for index in range(math.ceil(highest / whole) + 1)]


def calendar_ticks(first: date, last: date) -> list[tuple[date, bool]]:
    """Days for the time axis, each with whether it names a year (else a month)."""
    months = (last.year - first.year) * 12 + last.month - first.month
    if months >= 24:
        return [(date(year, 1, 1), True) for year in range(first.year + 1, last.year + 1)]
    step = 1 if months <= 6 else 2 if months <= 12 else 4
    ticks = []
    start = first.replace(day=1) if first.day == 1 else _next_month(first)
    while start <= last:
        if (start.month - 1) % step == 0:
            ticks.append((start, start.month == 1))
        start = _next_month(start)
    return ticks


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def shade_limits(values: Sequence[int]) -> list[int]:
    """The highest value of each of up to four shade classes, of equal numbers of places.

    Zero has a class of its own, below these.
    """
    positive = sorted(value for value in values if value > 0)
    if not positive:
        return []
    limits = [positive[-(-len(positive) * part // 4) - 1] for part in range(1, 5)]
    return sorted(set(limits))


def shade(value: int, limits: Sequence[int]) -> int:
    """The shade class 1 to 5 of `value`: 1 is none, 5 the most."""
    if value <= 0 or not limits:
        return 1
    place = next((at for at, limit in enumerate(limits) if value <= limit), len(limits) - 1)
    return 5 - (len(limits) - 1 - place)
