"""Days and hours in words: an event is read by people who have to be there."""

from datetime import UTC, date, datetime

import pytest

from pioneers.web import formats


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


EVENING = utc(2026, 11, 24, 19), utc(2026, 11, 24, 21)


@pytest.mark.usefixtures("dutch")
def test_a_day_to_keep_free_has_its_weekday() -> None:
    assert formats.day_full(EVENING[0]) == "dinsdag 24 november 2026"
    assert formats.day_weekday(date(2026, 3, 1)) == "zo 1 mrt 2026"
    assert formats.moment_full(EVENING[0]) == "dinsdag 24 november 2026, 20.00 uur"
    assert formats.moment_weekday(EVENING[0]) == "di 24 nov 2026, 20.00 uur"
    assert formats.digits(EVENING[0]) == "20.00"
    assert formats.hours(*EVENING) == "20.00 – 22.00 uur"


@pytest.mark.usefixtures("english")
def test_english_days_have_their_weekday_too() -> None:
    assert formats.day_weekday(EVENING[0]) == "Tue 24 Nov 2026"
    assert formats.moment_full(EVENING[0]) == "Tuesday 24 November 2026, 20:00"
    assert formats.digits(EVENING[0]) == "20:00"


@pytest.mark.parametrize(
    ("begin", "end", "dutch", "english"),
    [
        (
            *EVENING,
            "dinsdag 24 november 2026, 20.00 – 22.00 uur",
            "Tuesday 24 November 2026, 20:00–22:00",
        ),
        pytest.param(
            utc(2026, 11, 24, 19),
            utc(2026, 11, 25, 0),
            "dinsdag 24 november 2026, 20.00 uur tot woensdag 25 november 2026, 01.00 uur",
            "Tuesday 24 November 2026, 20:00 to Wednesday 25 November 2026, 01:00",
            id="over midnight",
        ),
        pytest.param(
            utc(2026, 10, 24, 22, 30),
            utc(2026, 10, 25, 2, 30),
            "zondag 25 oktober 2026, 00.30 – 03.30 uur",
            "Sunday 25 October 2026, 00:30–03:30",
            id="the night that has an hour more",
        ),
        pytest.param(
            utc(2026, 3, 29, 0),
            utc(2026, 3, 29, 1, 30),
            "zondag 29 maart 2026, 01.00 – 03.30 uur",
            "Sunday 29 March 2026, 01:00–03:30",
            id="the night that has an hour less",
        ),
        pytest.param(
            utc(2026, 7, 1, 20, 30),
            utc(2026, 7, 1, 21, 59),
            "woensdag 1 juli 2026, 22.30 – 23.59 uur",
            "Wednesday 1 July 2026, 22:30–23:59",
            id="the day of Amsterdam, not of UTC",
        ),
    ],
)
def test_a_period_names_a_day_once(
    begin: datetime, end: datetime, dutch: str, english: str
) -> None:
    assert formats.period(begin, end, "nl") == dutch
    assert formats.period(begin, end, "en") == english


@pytest.mark.usefixtures("dutch")
def test_days_from_the_first_to_the_last_one() -> None:
    assert formats.days(date(2016, 1, 1), date(2019, 12, 31)) == "01-01-2016 – 31-12-2019"
    assert formats.days(date(2016, 1, 1), None) == "01-01-2016 – –"
    assert formats.days(None, None) == "–"


@pytest.mark.usefixtures("dutch")
def test_what_is_not_known_is_a_dash() -> None:
    for write in (
        formats.day_full,
        formats.day_weekday,
        formats.moment_full,
        formats.moment_weekday,
    ):
        assert write(None) == "–"
