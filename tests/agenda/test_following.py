"""Events that come from a fan's own calendar, and move along with it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.agenda.following import Outcome, follow
from pioneers.agenda.models import OutsideCalendar, OutsideEvent
from pioneers.agenda.outside import pause_after
from pioneers.agenda.reading import OutsideEntry, Reading
from pioneers.audit.models import AuditEntry
from pioneers.events.models import Event, EventStatus
from pioneers.fans.models import Fan
from pioneers.programmes.models import Programme
from tests.agenda.calendars import planned_event
from tests.factories import make_fan

Look = Callable[..., Outcome]


@pytest.fixture
def fan(session: Session, programme: Programme) -> Fan:
    """The fan whose calendar is followed."""
    return make_fan(session, programme, name="Kring Salland")


@pytest.fixture
def calendar(session: Session, programme: Programme, fan: Fan) -> OutsideCalendar:
    """The calendar that is followed."""
    made = OutsideCalendar(
        programme_id=programme.id,
        fan_id=fan.id,
        name="Kring Salland",
        created_at=clock.now(),
        address="https://kring.example/agenda.ics",
    )
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def look(session: Session, programme: Programme, calendar: OutsideCalendar) -> Look:
    """Lets the calendar say this."""

    def said(*entries: OutsideEntry, is_capped: bool = False) -> Outcome:
        outcome = follow(
            session,
            programme=programme,
            calendar=calendar,
            reading=Reading(entries, {}, is_capped=is_capped),
            actor_id=None,
        )
        session.expire_all()
        return outcome

    return said


def entry(key: str = "a", days: int = 20, **facts: object) -> OutsideEntry:
    """An evening, so many days from now."""
    day = clock.today() + timedelta(days=days)
    starts = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    given: dict[str, object] = {
        "key": key,
        "title": f"Avond {key}",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "place": "De Kom, Stationsweg 4, 7731 AX Ommen",
        "sequence": 1,
    }
    return OutsideEntry(**given | facts)  # type: ignore[arg-type]


def events(session: Session) -> dict[str, Event]:
    """All events by title."""
    return {event.title: event for event in session.scalars(select(Event))}


def link(session: Session) -> OutsideEvent:
    """The one event that a calendar brought."""
    return session.scalars(select(OutsideEvent)).one()


def plan(session: Session) -> Event:
    """Let the project leader plan the only event, which is no change of what the calendar says."""
    event = session.scalars(select(Event)).one()
    event.status = EventStatus.PLANNED
    event.version += 1
    session.flush()
    return event


def test_what_stands_in_a_calendar_is_proposed_once(session: Session, look: Look, fan: Fan) -> None:
    assert look(entry("a"), entry("b", 30)).done == {"proposed": 2}
    assert look(entry("a"), entry("b", 30)).done == {}
    made = events(session)["Avond a"]
    assert (made.status, made.fan_id, made.starts_at) == (
        EventStatus.PROPOSED,
        fan.id,
        entry("a").starts_at,
    )
    assert made.place == "Ommen"
    assert made.municipality_code is not None
    origins = session.scalars(select(AuditEntry.origin).where(AuditEntry.action == "event.added"))
    assert set(origins) == {"calendar"}


def test_an_event_that_the_fan_proposed_by_hand_is_not_proposed_again(
    session: Session, programme: Programme, fan: Fan, look: Look
) -> None:
    source = entry("a")
    planned_event(
        session,
        programme,
        0,
        title="AVOND A",
        fan_id=fan.id,
        starts_at=source.starts_at,
        ends_at=source.ends_at,
    )
    assert look(source).done == {"linked": 1}
    assert len(events(session)) == 1


def test_what_is_cancelled_or_past_is_not_proposed(session: Session, look: Look) -> None:
    look(entry("a", is_cancelled=True), entry("b", -2))
    assert events(session) == {}


def test_what_falls_outside_the_programme_is_counted(
    session: Session, programme: Programme, look: Look
) -> None:
    programme.ends_on = clock.today() + timedelta(days=10)
    session.flush()
    outcome = look(entry("a", 5), entry("b", 20))
    assert (outcome.done, outcome.skipped) == ({"proposed": 1}, {"outside": 1})


def test_a_proposal_moves_along(session: Session, look: Look) -> None:
    look(entry("a"))
    outcome = look(replace(entry("a", 25), title="Nieuwe titel", place="Zwolle"))
    event = events(session)["Nieuwe titel"]
    assert outcome.done == {"moved": 1}
    assert (event.starts_at, event.place) == (entry("a", 25).starts_at, "Zwolle")
    assert event.status == EventStatus.PROPOSED


def test_a_planned_event_moves_along_when_its_source_says_that_it_is_newer(
    session: Session, look: Look
) -> None:
    look(entry("a"))
    plan(session)
    assert look(entry("a", 25, sequence=2)).done == {"moved": 1}
    event = events(session)["Avond a"]
    assert (event.starts_at, event.status) == (entry("a", 25).starts_at, EventStatus.PLANNED)
    later = entry("a", 26, sequence=2, changed_at=clock.now())
    assert look(later).done == {"moved": 1}


def test_a_planned_event_stays_when_its_source_does_not_say_that_it_is_newer(
    session: Session, look: Look
) -> None:
    look(entry("a"))
    plan(session)
    assert look(entry("a", 25)).done == {"asked": 1}
    assert look(entry("a", 25)).done == {}
    assert events(session)["Avond a"].starts_at == entry("a").starts_at
    assert link(session).attention == "moved"


@pytest.mark.parametrize("status", [EventStatus.PROPOSED, EventStatus.PLANNED])
def test_what_somebody_changed_by_hand_stays(
    session: Session, look: Look, status: EventStatus
) -> None:
    look(entry("a"))
    event = session.scalars(select(Event)).one()
    event.title, event.status = "Door ons veranderd", status
    event.version += 1
    session.flush()
    assert look(entry("a", 25, sequence=9)).done == {"asked": 1}
    assert events(session)["Door ons veranderd"].starts_at == entry("a").starts_at


def test_a_proposal_is_cancelled_with_its_source(session: Session, look: Look) -> None:
    look(entry("a"), entry("b", 30))
    assert look(entry("a", is_cancelled=True)).done == {"cancelled": 2}  # one of them is gone
    assert {event.status for event in events(session).values()} == {EventStatus.CANCELLED}
    assert look(entry("a", is_cancelled=True)).done == {}


def test_a_planned_event_is_never_cancelled_by_a_calendar(session: Session, look: Look) -> None:
    look(entry("a"))
    plan(session)
    assert look(entry("a", is_cancelled=True, sequence=5)).done == {"asked": 1}
    assert events(session)["Avond a"].status == EventStatus.PLANNED
    assert link(session).attention == "cancelled"


def test_a_planned_event_that_vanished_is_asked_about_until_it_is_back(
    session: Session, look: Look
) -> None:
    look(entry("a"))
    plan(session)
    assert look(entry("b", 30)).done == {"proposed": 1, "asked": 1}
    gone = session.scalars(select(OutsideEvent).where(OutsideEvent.uid == "a"))
    assert gone.one().attention == "vanished"
    look(entry("a"), entry("b", 30))
    assert set(session.scalars(select(OutsideEvent.attention))) == {""}


def test_an_empty_calendar_is_taken_for_a_mistake(session: Session, look: Look) -> None:
    look(*(entry(key, 20 + place) for place, key in enumerate("abc")))
    outcome = look()
    assert outcome.is_emptied
    assert {event.status for event in events(session).values()} == {EventStatus.PROPOSED}


def test_what_lies_behind_the_last_one_read_has_not_vanished(session: Session, look: Look) -> None:
    look(entry("a", 20), entry("b", 40))
    look(entry("a", 20), entry("c", 30), is_capped=True)
    assert events(session)["Avond b"].status == EventStatus.PROPOSED


def test_what_was_held_or_cancelled_here_is_left_alone(session: Session, look: Look) -> None:
    look(entry("a"))
    session.scalars(select(Event)).one().status = EventStatus.CANCELLED
    session.flush()
    assert look(entry("a", 25, sequence=9)).done == {}
    assert events(session)["Avond a"].starts_at == entry("a").starts_at


def test_the_pauses_grow_to_a_week() -> None:
    hours = [pause_after(failures).total_seconds() / 3600 for failures in (0, 1, 2, 5, 7, 8, 99)]
    assert hours == [1, 2, 4, 32, 128, 168, 168]
