"""Where a target stands, and which months and years a period holds. Pure."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pioneers.programmes.rules import Indicator, Unit
from pioneers.reach.rules import MEASURES, Dimension, Measures


class Progress(enum.StrEnum):
    """Where a target stands on a day."""

    NO_TARGET = "no_target"
    REACHED = "reached"
    ON_COURSE = "on_course"
    BEHIND = "behind"
    MISSED = "missed"  # the due day has passed and the value was not reached


@dataclass(frozen=True)
class Step:
    """A value to reach by a day: the target itself, or a year's share of it."""

    due_on: date
    value: int
    is_final: bool


@dataclass(frozen=True)
class Standing:
    """A target with what was reached; `expected` is the line's value on the day asked for."""

    indicator: Indicator
    unit: Unit
    value: int
    target: int | None = None
    due_on: date | None = None
    reached_on: date | None = None
    expected: int | None = None
    progress: Progress = Progress.NO_TARGET
    steps: tuple[Step, ...] = ()

    @property
    def share(self) -> float | None:
        """The value as a share of the target (1.0 is all of it)."""
        return self.value / self.target if self.target else None


def final_step(steps: Sequence[Step]) -> Step | None:
    """The target itself: the last final one."""
    finals = sorted((step for step in steps if step.is_final), key=lambda step: step.due_on)
    return finals[-1] if finals else None


def expected_by(day: date, *, starts_on: date, steps: Sequence[Step]) -> int:
    """The value on `day` of the straight lines from zero at the start through each step.

    Rounded down, so that nobody is called behind for a part of a person. Before the start it is 0,
    after the last step the last value.
    """
    before, reached = starts_on, 0
    for step in sorted(steps, key=lambda step: (step.due_on, step.value)):
        if day < step.due_on:
            days = (step.due_on - before).days
            passed = max(0, (day - before).days)
            return reached + (step.value - reached) * passed // days if days > 0 else reached
        before, reached = max(before, step.due_on), step.value
    return reached


def judge(*, value: int, expected: int, final: Step, day: date) -> Progress:
    """Where the target stands on `day`."""
    if value >= final.value:
        return Progress.REACHED
    if day >= final.due_on:
        return Progress.MISSED
    return Progress.ON_COURSE if value >= expected else Progress.BEHIND


def standing(
    indicator: Indicator,
    unit: Unit,
    value: int,
    steps: Sequence[Step],
    *,
    day: date,
    starts_on: date,
    reached_on: date | None = None,
) -> Standing:
    """The standing of an indicator on `day`, whatever of a target there is."""
    final = final_step(steps)
    if final is None:
        return Standing(indicator, unit, value, steps=tuple(steps))
    expected = expected_by(day, starts_on=starts_on, steps=steps)
    return Standing(
        indicator=indicator,
        unit=unit,
        value=value,
        target=final.value,
        due_on=final.due_on,
        reached_on=reached_on,
        expected=expected,
        progress=judge(value=value, expected=expected, final=final, day=day),
        steps=tuple(steps),
    )


def years_between(first: date, last: date, limit: int = 12) -> list[int]:
    """The years from `first` to `last`, at most the latest `limit`."""
    years = list(range(first.year, last.year + 1))
    return years[-limit:]


def month_of(key: str) -> date | None:
    """The first day of the month written as 2017-03; None where it is none."""
    parts = key.split("-")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    if len(parts[0]) != 4 or len(parts[1]) != 2:
        return None
    try:
        return date(int(parts[0]), int(parts[1]), 1)
    except ValueError:
        return None


def month_key(first: date) -> str:
    """A month as 2017-03."""
    return f"{first.year:04d}-{first.month:02d}"


def month_end(first: date) -> date:
    """The last day of the month that begins on `first`."""
    if (first.year, first.month) == (date.max.year, 12):
        return date.max
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return following - timedelta(days=1)


class By(enum.StrEnum):
    """What a figure is broken down by, as it stands in the address."""

    MUNICIPALITY = "gemeente"
    SECTOR = "sector"
    SIZE = "grootte"
    FAN = "fan"
    PIONEER = "pionier"
    EVENT = "bijeenkomst"
    CHANNEL = "kanaal"
    MONTH = "maand"


DIMENSIONS = {
    By.MUNICIPALITY: Dimension.MUNICIPALITY,
    By.SECTOR: Dimension.SECTOR,
    By.SIZE: Dimension.SIZE,
    By.FAN: Dimension.FAN,
    By.PIONEER: Dimension.PIONEER,
    By.EVENT: Dimension.OCCASION,
    By.CHANNEL: Dimension.CHANNEL,
}


class Measure(enum.StrEnum):
    """A figure, as it stands in the address."""

    PARTICIPATIONS = "deelnames"
    PEOPLE = "personen"
    COMPANIES = "bedrijven"
    IN_TARGET_GROUP = "doelgroep"
    UNNAMED_HEADS = "hoofden"
    ACTIVATED_COMPANIES = "in-actie"
    ACTIVATED_PEOPLE = "personen-in-actie"

    def of(self, measures: Measures) -> int:
        """The figure out of a scope's figures."""
        return int(getattr(measures, FIELDS[self]))


FIELDS = dict(zip(Measure, MEASURES, strict=True))


def measure_for(indicator: Indicator, unit: Unit) -> Measure:
    """The figure that an indicator's target is about."""
    if indicator == Indicator.AWARE:
        return Measure.PEOPLE if unit == Unit.PEOPLE else Measure.COMPANIES
    return Measure.ACTIVATED_PEOPLE if unit == Unit.PEOPLE else Measure.ACTIVATED_COMPANIES


def shown_measures(activated_unit: Unit) -> list[Measure]:
    """The figures of a programme; people in action only where that is its unit."""
    return [
        measure
        for measure in Measure
        if measure != Measure.ACTIVATED_PEOPLE or activated_unit == Unit.PEOPLE
    ]


def added(parts: Iterable[Measures]) -> Measures:
    """The sum of parts, figure by figure."""
    sums = dict.fromkeys(MEASURES, 0)
    for part in parts:
        for name in MEASURES:
            sums[name] += getattr(part, name)
    return Measures(**sums)
