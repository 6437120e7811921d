"""What stands, and since when."""

from datetime import UTC, datetime, timedelta

import pytest

from pioneers.agenda.rules import http_date, last_modified, stamp, stands, webcal, window

DAY = datetime(2026, 7, 8, 22, tzinfo=UTC)  # midnight in Amsterdam
NOW = DAY + timedelta(hours=10)
CHANGED = DAY + timedelta(hours=3, microseconds=999)
FOUND = stamp(["a", 1], [CHANGED, None], day=DAY)
TOLD = last_modified(FOUND, day=DAY, now=NOW)


def ask(tag: str | None = None, since: str | None = None) -> bool:
    """Whether it still stands for who asks like this."""
    return stands(FOUND, told=TOLD, if_none_match=tag, if_modified_since=since)


def test_the_same_parts_have_the_same_tag_and_others_another() -> None:
    assert stamp(["a", 1], [], day=DAY).etag == FOUND.etag
    assert stamp(["a", 2], [], day=DAY).etag != FOUND.etag
    assert stamp(["a1"], [], day=DAY).etag != FOUND.etag


@pytest.mark.parametrize(
    "tag", [f'"{FOUND.etag}"', f'W/"{FOUND.etag}"', f'"x", "{FOUND.etag}"', "*"]
)
def test_who_has_the_tag_has_it(tag: str) -> None:
    assert ask(tag.format(FOUND.etag))


def test_a_tag_decides_alone() -> None:
    assert not ask('"other"', http_date(NOW))
    assert not ask("")


def test_who_asks_by_moment_has_it_when_nothing_changed_since() -> None:
    assert ask(since=http_date(TOLD))
    assert ask(since=http_date(NOW))
    assert not ask(since=http_date(TOLD - timedelta(seconds=1)))


@pytest.mark.parametrize(
    "since", ["", "yesterday", "Thu, 99 Jul 2026 00:00:00 GMT", "\x00", "9" * 999]
)
def test_a_moment_that_is_none_is_no_moment(since: str) -> None:
    assert not ask(since=since)


def test_a_change_within_the_present_second_never_matches() -> None:
    now = CHANGED + timedelta(milliseconds=1)
    told = last_modified(FOUND, day=DAY, now=now)
    assert told < CHANGED.replace(microsecond=0)
    assert not stands(FOUND, told=told, if_none_match=None, if_modified_since=http_date(told))


def test_nothing_stands_longer_than_the_day_for_who_asks_by_moment() -> None:
    tomorrow = DAY + timedelta(days=1)
    told = last_modified(FOUND, day=tomorrow, now=tomorrow + timedelta(hours=1))
    assert told == tomorrow
    assert not stands(FOUND, told=told, if_none_match=None, if_modified_since=http_date(TOLD))


def test_only_the_tag_decides_where_moments_cannot_tell() -> None:
    undated = stamp(["a"], [CHANGED], day=DAY, is_dated=False)
    asked = {"told": TOLD, "if_modified_since": http_date(NOW)}
    assert not stands(undated, if_none_match=None, **asked)  # type: ignore[arg-type]
    assert stands(undated, if_none_match=f'"{undated.etag}"', **asked)  # type: ignore[arg-type]


def test_the_window_lies_at_the_beginning_of_the_day() -> None:
    found = window(DAY)
    assert found.past == DAY - timedelta(days=365)
    assert found.cancelled == DAY - timedelta(days=42)


def test_a_calendar_program_opens_the_address_by_its_scheme() -> None:
    assert webcal("https://a.example/x.ics") == "webcal://a.example/x.ics"
    assert webcal("http://127.0.0.1:5000/x.ics") == "webcal://127.0.0.1:5000/x.ics"
