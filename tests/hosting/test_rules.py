"""What a host wishes for, and when events overlap."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pioneers.hosting.rules import Taken, Wish, check_ahead, overlapping, wish_of
from pioneers.programmes.rules import Refused

BEGIN = datetime(2026, 5, 12, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("chosen", "wish"),
    [("", Wish()), ("fits", Wish(who_fits=True)), ("12", Wish(12)), ("anders", Wish())],
)
def test_a_wish_is_nobody_somebody_or_whoever_fits(chosen: str, wish: Wish) -> None:
    assert wish_of(chosen) == wish


@pytest.mark.parametrize(
    ("hours", "overlaps"), [(-3, False), (-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_events_that_touch_do_not_overlap(hours: int, overlaps: bool) -> None:
    begin = BEGIN + timedelta(hours=hours)
    other = Taken("Elders", begin, begin + timedelta(hours=2))
    found = overlapping(BEGIN, BEGIN + timedelta(hours=2), [other])
    assert (found is other) == overlaps


def test_a_host_plans_ahead() -> None:
    check_ahead(date(2026, 5, 12), date(2026, 5, 12))
    with pytest.raises(Refused, match="day_passed"):
        check_ahead(date(2026, 5, 11), date(2026, 5, 12))
