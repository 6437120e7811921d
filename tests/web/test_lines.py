"""The line chart: no two of its texts touch, whatever the figures are."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pioneers.web.lines import Goal, Label, Point, line_chart

START = date(2015, 7, 1)
STEPS = st.lists(st.integers(0, 400), min_size=1, max_size=60)
GOALS = st.lists(
    st.tuples(st.integers(1, 3000), st.none() | st.integers(0, 1800)), min_size=0, max_size=6
)


def touching(labels: list[Label]) -> list[tuple[str, str]]:
    return [
        (one.text, other.text)
        for one, other in combinations(labels, 2)
        if one.box.touches(other.box)
    ]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
@given(steps=STEPS, goals=GOALS, gap=st.integers(1, 31))
def test_no_two_texts_touch(
    bare: Flask, steps: list[int], goals: list[tuple[int, int | None]], gap: int
) -> None:
    total, points = 0, []
    for place, step in enumerate(steps):
        total += step
        points.append(Point(START + timedelta(days=place * gap), total))
    aims = [
        Goal(value, f"doel {value}", None if days is None else START + timedelta(days=days))
        for value, days in goals
    ]
    with bare.test_request_context("/"):
        chart = line_chart("x", "Titel", points, aims, unit="ondernemers")
    for drawing in chart.drawings:
        assert touching(list(drawing.labels)) == []
        assert all(label.box.right <= drawing.width for label in drawing.labels)


@pytest.mark.usefixtures("dutch")
def test_a_chart_without_points_says_so() -> None:
    chart = line_chart("x", "Titel", [], unit="ondernemers")
    assert not chart.drawings
    assert chart.description == "Er zijn nog geen cijfers."


@pytest.mark.usefixtures("dutch")
def test_the_table_holds_every_point_in_dutch() -> None:
    points = [Point(date(2016, 12, 31), 900), Point(date(2017, 12, 31), 1775)]
    chart = line_chart("x", "Titel", points, [Goal(450, "doel 450")], unit="ondernemers")
    assert chart.table.rows == [("31 december 2016", "900"), ("31 december 2017", "1.775")]
    assert chart.goals.rows == [("doel 450", "", "450")]
    assert "1.775 ondernemers op 31 december 2017" in chart.description
