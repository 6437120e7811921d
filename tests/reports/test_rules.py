"""Where a target stands, and months and years."""

from datetime import date

import pytest

from pioneers.programmes.rules import Indicator, Unit
from pioneers.reach.rules import MEASURES, Measures
from pioneers.reports.rules import (
    FIELDS,
    Measure,
    Progress,
    Step,
    added,
    expected_by,
    measure_for,
    month_end,
    month_of,
    standing,
    years_between,
)

START = date(2016, 1, 1)
FINAL = Step(date(2019, 12, 31), 400, True)
SHARES = [Step(date(2016, 12, 31), 100, False), Step(date(2017, 12, 31), 300, False)]


def where(value: int, day: date, steps: list[Step]) -> Progress:
    return standing(Indicator.AWARE, Unit.PEOPLE, value, steps, day=day, starts_on=START).progress


def test_the_expectation_is_a_straight_line_from_the_first_day_to_the_target() -> None:
    middle = START + (FINAL.due_on - START) / 2
    assert expected_by(START, starts_on=START, steps=[FINAL]) == 0
    assert expected_by(middle, starts_on=START, steps=[FINAL]) == 200
    assert expected_by(FINAL.due_on, starts_on=START, steps=[FINAL]) == 400
    assert expected_by(date(2030, 1, 1), starts_on=START, steps=[FINAL]) == 400


def test_the_expectation_runs_through_the_shares_of_the_years() -> None:
    steps = [FINAL, *SHARES]
    assert expected_by(date(2016, 12, 31), starts_on=START, steps=steps) == 100
    assert expected_by(date(2017, 12, 31), starts_on=START, steps=steps) == 300
    assert expected_by(date(2018, 12, 31), starts_on=START, steps=steps) == 350


def test_nothing_is_expected_before_the_programme_begins() -> None:
    assert expected_by(date(2015, 6, 1), starts_on=START, steps=[FINAL]) == 0


def test_a_target_due_before_the_start_does_not_divide_by_zero() -> None:
    early = Step(date(2015, 12, 31), 10, True)
    assert expected_by(date(2015, 1, 1), starts_on=START, steps=[early]) == 0
    assert expected_by(START, starts_on=START, steps=[early]) == 10


@pytest.mark.parametrize(
    ("value", "day", "progress"),
    [
        (400, date(2017, 1, 1), Progress.REACHED),
        (150, date(2017, 1, 1), Progress.ON_COURSE),
        (50, date(2017, 1, 1), Progress.BEHIND),
        (399, date(2019, 12, 31), Progress.MISSED),
        (400, date(2020, 1, 1), Progress.REACHED),
    ],
)
def test_a_target_stands_where_its_value_and_the_day_say(
    value: int, day: date, progress: Progress
) -> None:
    assert where(value, day, [FINAL]) == progress


def test_without_a_final_target_there_is_nothing_to_judge() -> None:
    assert where(10, START, []) == Progress.NO_TARGET
    assert where(10, START, SHARES) == Progress.NO_TARGET


def test_every_figure_has_an_address_and_a_column() -> None:
    assert list(FIELDS.values()) == list(MEASURES)
    figures = Measures(1, 2, 3, 4, 5, 6, 7)
    assert [measure.of(figures) for measure in Measure] == [1, 2, 3, 4, 5, 6, 7]


def test_an_indicator_is_compared_in_its_unit() -> None:
    assert measure_for(Indicator.AWARE, Unit.PEOPLE) == Measure.PEOPLE
    assert measure_for(Indicator.AWARE, Unit.COMPANIES) == Measure.COMPANIES
    assert measure_for(Indicator.ACTIVATED, Unit.COMPANIES) == Measure.ACTIVATED_COMPANIES


def test_parts_are_added_figure_by_figure() -> None:
    assert added([Measures(people=2), Measures(people=3, companies=1)]) == Measures(
        people=5, companies=1
    )
    assert added([]) == Measures()


@pytest.mark.parametrize(
    "key", ["", "2017", "2017-13", "17-01", "2017-1", "x-y", "2017-01-01", "٢٠١٧-٠١"]
)
def test_what_is_no_month_is_none(key: str) -> None:
    assert month_of(key) is None


def test_a_month_ends_on_its_last_day() -> None:
    assert month_of("2016-02") == date(2016, 2, 1)
    assert month_end(date(2016, 2, 1)) == date(2016, 2, 29)
    assert month_end(date(2016, 12, 1)) == date(2016, 12, 31)
    assert month_end(date(9999, 12, 1)) == date.max


def test_shortcuts_are_limited_to_the_latest_years() -> None:
    assert years_between(date(2016, 5, 1), date(2018, 1, 1)) == [2016, 2017, 2018]
    assert years_between(date(1900, 1, 1), date(2026, 1, 1))[0] == 2015
