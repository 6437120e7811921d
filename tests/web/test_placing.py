"""Labels of charts never touch, scales are round, shades are fair."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pioneers.web.placing import fit, nice_ticks, shade, shade_limits, spread, text_width

PLACES = st.lists(st.floats(-500, 1500, allow_nan=False), min_size=1, max_size=20)


@given(PLACES)
def test_labels_keep_their_distance_and_stay_inside(wanted: list[float]) -> None:
    places = sorted(spread(wanted, 16, 0, 400))
    assert places[0] >= -1e-6
    assert places[-1] <= 400 + 1e-6
    gap = 16 if (len(wanted) - 1) * 16 <= 400 else 400 / (len(wanted) - 1)
    assert all(after - before >= gap - 1e-6 for before, after in pairwise(places))


@given(PLACES)
def test_labels_keep_their_order(wanted: list[float]) -> None:
    places = spread(wanted, 16, 0, 400)
    pairs = sorted(zip(wanted, places, strict=True))
    assert [place for _wanted, place in pairs] == sorted(places) or len(set(wanted)) < len(wanted)


def test_labels_that_do_not_touch_stay_where_they_are() -> None:
    assert spread([10, 100, 50], 16, 0, 200) == [10, 100, 50]


def test_two_labels_on_one_place_share_the_way() -> None:
    assert spread([100, 100], 16, 0, 200) == [92, 108]


def test_no_labels_need_no_place() -> None:
    assert spread([], 16, 0, 200) == []


@given(st.integers(0, 10_000_000))
def test_ticks_reach_the_highest_value_in_equal_whole_steps(highest: int) -> None:
    ticks = nice_ticks(highest)
    assert ticks[0] == 0
    assert ticks[-1] >= highest
    assert len({after - before for before, after in pairwise(ticks)}) == 1
    assert len(ticks) <= 7


@given(st.text(min_size=1, max_size=40), st.floats(12, 200))
def test_a_shortened_name_fits(text: str, width: float) -> None:
    assert text_width(fit(text, width), 11) <= max(width, text_width("…", 13))


def test_a_name_that_fits_is_left_alone() -> None:
    assert fit("Ommen", 60, 10) == "Ommen"
    assert fit("Steenwijkerland", 60, 10).endswith("…")


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=30))
def test_more_is_never_lighter_and_nothing_is_the_lightest(values: list[int]) -> None:
    limits = shade_limits(values)
    shades = [shade(value, limits) for value in sorted(values)]
    assert shades == sorted(shades)
    assert all(1 <= each <= 5 for each in shades)
    assert shade(0, limits) == 1
    assert shade(max(values), limits) == (5 if max(values) else 1)
