"""Who is free, how far it is, and who fits best."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pioneers.events.models import EventKind
from pioneers.planning.rules import (
    ASKS_FOR,
    Availability,
    Hindrance,
    Load,
    Match,
    Slot,
    availability,
    by_fit,
    distance_km,
    offers_kind,
    theme_match,
)
from pioneers.profiles.rules import Offer, Period

DAY = date(2026, 5, 12)
ZWOLLE, ENSCHEDE = (52.512, 6.094), (52.221, 6.894)


def slot(hour: int, hours: int = 2, day: date = DAY) -> Slot:
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour)
    return Slot(day, begin, begin + timedelta(hours=hours), "Elders")


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([], Availability.FREE),
        ([slot(19, day=date(2026, 5, 11))], Availability.FREE),
        ([slot(9)], Availability.SAME_DAY),
        ([slot(16)], Availability.CLASH),
        ([slot(20)], Availability.CLASH),
        ([slot(9), slot(18, 1)], Availability.CLASH),
    ],
)
def test_within_three_hours_is_a_clash_and_the_same_day_a_warning(
    others: list[Slot], expected: Availability
) -> None:
    found, by = availability(slot(20), others)
    assert found == expected
    assert bool(by) == (expected != Availability.FREE)


def test_an_event_after_midnight_hinders_the_evening_before() -> None:
    late = slot(0, day=date(2026, 5, 13))
    assert availability(slot(20), [late])[0] == Availability.CLASH


def test_distances_are_rounded_to_five_kilometres() -> None:
    assert distance_km(ZWOLLE, ENSCHEDE) == 65
    assert distance_km(ZWOLLE, ZWOLLE) == 0
    assert distance_km(None, ENSCHEDE) is None
    assert distance_km(ZWOLLE, None) is None


POINTS = st.tuples(st.floats(50.7, 53.6), st.floats(3.3, 7.3))


@given(POINTS, POINTS)
def test_a_distance_is_the_same_both_ways_and_within_the_country(
    here: tuple[float, float], there: tuple[float, float]
) -> None:
    found = distance_km(here, there)
    assert found == distance_km(there, here)
    assert found is not None
    assert found % 5 == 0
    assert 0 <= found <= 450


def test_a_theme_matches_only_where_both_name_one() -> None:
    assert theme_match("co_creation", "smarter_working,co_creation") is True
    assert theme_match("co_creation", "smarter_working") is False
    assert theme_match("", "smarter_working") is None
    assert theme_match("co_creation", "") is None


def match(name: str, **facts: object) -> Match:
    given: dict[str, object] = {
        "pioneer_id": 1,
        "name": name,
        "company": "",
        "availability": Availability.FREE,
        "hindered_by": (),
        "has_theme": True,
        "distance": 10,
        "travels_km": 50,
        "load": Load(),
    }
    return Match(**given | facts)  # type: ignore[arg-type]


def test_who_is_free_comes_before_who_is_near_and_who_spoke_least_before_who_spoke_most() -> None:
    found = by_fit(
        [
            match("bezet", availability=Availability.CLASH),
            match("te ver", distance=60),
            match("ander thema", has_theme=False),
            match("vaak", load=Load(held=2, planned=1)),
            match("ver", distance=40),
            match("best"),
            match("onbekend", distance=None),
        ]
    )
    assert [one.name for one in found] == [
        *("best", "ver", "onbekend", "vaak", "ander thema", "te ver", "bezet")
    ]


def test_who_had_better_not_be_asked_comes_last_and_the_reasons_are_told() -> None:
    away = match("weg", away=Period(DAY, DAY), availability=Availability.AWAY)
    other = match("iets anders", offers_kind=False)
    clash = match("bezet en ver", availability=Availability.CLASH, distance=60)
    busy = match("die dag ook elders", availability=Availability.SAME_DAY, has_theme=False)
    assert [one.name for one in by_fit([clash, away, other, busy])] == [
        *("die dag ook elders", "iets anders", "weg", "bezet en ver")
    ]
    assert away.hindrances == (Hindrance.AWAY,)
    assert other.hindrances == (Hindrance.OTHER_KIND,)
    assert clash.hindrances == (Hindrance.CLASH, Hindrance.TOO_FAR)
    assert busy.hindrances == ()


@pytest.mark.parametrize("kind", [*EventKind])
def test_every_kind_of_event_asks_for_something_and_who_says_nothing_is_not_held_to_it(
    kind: EventKind,
) -> None:
    assert offers_kind(kind, "") is None
    assert offers_kind(kind, ASKS_FOR[kind].value) is True
    others = ",".join(one.value for one in Offer if one != ASKS_FOR[kind])
    assert offers_kind(kind, others) is False


def test_without_a_limit_nothing_is_too_far() -> None:
    assert not match("overal", travels_km=None, distance=400).is_too_far
    assert not match("onbekend", distance=None).is_too_far
