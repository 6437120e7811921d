"""The hours that others read: icalendar, vobject and recurring-ical-events.

ical.js (behind Thunderbird and Nextcloud's calendar) was asked by hand; see docs/calendars.md.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
import vobject
from icalendar import Calendar

from pioneers import clock
from pioneers.ics.building import Entry, feed, invitation, single

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
Moments = dict[str, tuple[datetime, datetime]]


def moment(day: date, hour: time) -> datetime:
    """What the clock on the wall shows, in UTC."""
    return clock.from_local(day, hour)


CASES: Moments = {
    "july": (moment(date(2026, 7, 9), time(20)), moment(date(2026, 7, 9), time(22))),
    "january": (moment(date(2027, 1, 14), time(20)), moment(date(2027, 1, 14), time(22))),
    "spring": (moment(date(2027, 3, 27), time(20)), moment(date(2027, 3, 28), time(3, 30))),
    "autumn": (moment(date(2026, 10, 24), time(20)), moment(date(2026, 10, 25), time(3, 30))),
    "within-first": (
        datetime(2026, 10, 25, 0, 15, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 45, tzinfo=UTC),
    ),
    "within-second": (
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),  # 2.30 for the second time
    ),
    "after-spring": (moment(date(2027, 3, 28), time(20)), moment(date(2027, 3, 28), time(22))),
    "after-autumn": (moment(date(2026, 10, 25), time(20)), moment(date(2026, 10, 25), time(22))),
    "whole-day": (moment(date(2026, 7, 9), time(0)), moment(date(2026, 7, 9), time(23, 59))),
    "to-midnight": (moment(date(2026, 12, 31), time(20)), moment(date(2027, 1, 1), time(0))),
    "far": (moment(date(2049, 7, 9), time(20)), moment(date(2049, 7, 9), time(22))),
    "past": (moment(date(2016, 7, 9), time(20)), moment(date(2016, 7, 9), time(22))),
}


def entries() -> list[Entry]:
    """An event for each case."""
    return [
        Entry(
            uid=name,
            sequence=0,
            starts_at=starts,
            ends_at=ends,
            title=name,
            changed_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        for name, (starts, ends) in CASES.items()
    ]


def by_icalendar(ics: str) -> Moments:
    """As icalendar reads it."""
    events = Calendar.from_ical(ics).walk("VEVENT")
    return {str(one["uid"]): (one.start, one.end) for one in events}


def by_vobject(ics: str) -> Moments:
    """As vobject reads it, with the zone of the file."""
    calendar = vobject.readOne(ics)
    return {
        one.uid.value: (one.dtstart.value, one.dtend.value) for one in calendar.contents["vevent"]
    }


def by_recurring(ics: str) -> Moments:
    """As recurring-ical-events finds it on its days."""
    query = recurring_ical_events.of(Calendar.from_ical(ics))
    found = query.between(datetime(2010, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC))
    return {str(one["uid"]): (one.start, one.end) for one in found}


@pytest.mark.parametrize("read", [by_icalendar, by_vobject, by_recurring])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_every_parser_reads_the_hours_of_amsterdam(read: Callable[[str], Moments]) -> None:
    found = read(feed(entries(), name="Agenda").decode())
    assert set(found) == set(CASES)
    wrong = {
        name: [one.isoformat() for one in (*found[name], *told)]
        for name, told in CASES.items()
        if tuple(one.astimezone(UTC) for one in found[name]) != told
    }
    assert not wrong


@pytest.mark.parametrize("read", [by_icalendar, by_vobject, by_recurring])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_eight_in_the_evening_stays_eight_in_the_evening(read: Callable[[str], Moments]) -> None:
    found = read(feed(entries(), name="Agenda").decode())
    for name in ("july", "january", "spring", "autumn"):
        assert found[name][0].astimezone(AMSTERDAM).time() == time(20), name
        assert found[name][0].replace(tzinfo=None).time() == time(20), name  # as it is written
    for name in ("spring", "autumn"):
        assert found[name][1].astimezone(AMSTERDAM).time() == time(3, 30), name


@pytest.mark.parametrize("write", [single, invitation])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_files_and_invitations_carry_the_same_hours(
    write: Callable[[Entry], bytes | str],
) -> None:
    for one in entries():
        made = write(one)
        ics = made if isinstance(made, str) else made.decode()
        assert by_icalendar(ics)[one.uid][0].astimezone(UTC) == one.starts_at
        assert by_vobject(ics)[one.uid][0].astimezone(UTC) == one.starts_at


def test_the_length_of_the_nights_is_what_it_was() -> None:
    found = by_icalendar(feed(entries(), name="Agenda").decode())
    lengths = {
        name: found[name][1].astimezone(UTC) - found[name][0].astimezone(UTC)
        for name in ("spring", "autumn")
    }
    assert lengths == {"spring": timedelta(hours=6.5), "autumn": timedelta(hours=8.5)}
