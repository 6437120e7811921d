"""Bars, stacks, progress and the tile map; each as data and as markup."""

import re

import pytest
from flask import Flask, render_template_string

from pioneers.web.charts import Bar, Part, Tile, bar_chart, progress, stacked_bar, tile_map

PAGE = """{% from "components/charts.html" import bars, stacked, progress_bar, tiles %}
{{ bars(b) }}{{ stacked(s) }}{{ progress_bar(p) }}{{ tiles(t) }}"""


@pytest.mark.usefixtures("dutch")
def test_the_longest_bar_is_the_whole_width() -> None:
    chart = bar_chart("f", "Van deelname naar actie", [Bar("a", 3120), Bar("b", 780)], unit="x")
    assert [each.length for each in chart.bars] == ["100.00%", "25.00%"]
    assert [each.shown for each in chart.bars] == ["3.120", "780"]


@pytest.mark.usefixtures("dutch")
def test_bars_of_nothing_have_no_length() -> None:
    chart = bar_chart("f", "Leeg", [Bar("a", 0)], unit="x")
    assert chart.bars[0].length == "0.00%"


@pytest.mark.usefixtures("dutch")
def test_the_parts_of_a_stack_follow_each_other() -> None:
    chart = stacked_bar("s", "Geld", [Part("op", 50), Part("vast", 25)], unit="euro", whole=100)
    assert [(each.start, each.length) for each in chart.parts] == [
        ("0.00%", "50.00%"),
        ("50.00%", "25.00%"),
    ]


@pytest.mark.usefixtures("dutch")
@pytest.mark.parametrize(
    ("value", "target", "length", "tick"),
    [
        (1775, 450, "100.00%", "25.35%"),
        (45, 450, "10.00%", "100.00%"),
        (5, 0, "100.00%", None),
        (0, None, "0.00%", None),
    ],
)
def test_progress_shows_value_and_target_on_one_scale(
    value: int, target: int | None, length: str, tick: str | None
) -> None:
    chart = progress("p", "Bewust", value=value, target=target, unit="mensen")
    assert (chart.length, chart.tick) == (length, tick)


@pytest.mark.usefixtures("dutch")
def test_a_tile_carries_its_full_name_and_a_name_that_fits() -> None:
    chart = tile_map(
        "w", "Waar", [Tile("Steenwijkerland", 1, 0, 9), Tile("Raalte", 2, 3, 0)], unit="x"
    )
    assert chart.tiles[0].label != chart.tiles[0].tile.name
    assert chart.tiles[1].shade == 1
    assert chart.table.rows == [("Steenwijkerland", "9"), ("Raalte", "0")]


def test_the_markup_has_titles_tables_and_no_inline_style(bare: Flask) -> None:
    with bare.test_request_context("/"):
        html = render_template_string(
            PAGE,
            b=bar_chart("b", "Trechter", [Bar("<a>", 3)], unit="x"),
            s=stacked_bar("s", "Geld", [Part("op", 5)], unit="x"),
            p=progress("p", "Bewust", value=1, target=2, unit="x"),
            t=tile_map("t", "Waar", [Tile("Ommen", 0, 0, 4)], unit="x"),
        )
    assert "style=" not in html
    assert "<a>" not in html
    assert html.count('role="img"') == html.count("<desc") == 3
    assert html.count("<details") == 3
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
