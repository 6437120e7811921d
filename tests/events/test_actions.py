"""Making, changing, counting and cancelling an event."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pioneers.audit.models import AuditEntry
from pioneers.events import actions, listing, queries
from pioneers.events.models import Attendance, EventKind, EventStatus
from pioneers.events.rules import EventDraft, Present
from pioneers.programmes.actions import load_places
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.reach.models import Contact, Occasion
from pioneers.reach.rules import Channel, Scope, VoidReason
from pioneers.search.models import Kind, SearchEntry
from pioneers.web.errors import NotFound
from tests.factories import make_fan, make_person, make_pioneer, make_programme

DAY = date(2017, 7, 6)
DRAFT = EventDraft("Avond over slimmer werken", DAY, starts=time(20), ends=time(22, 30))
END = Scope(date(2019, 12, 31))


def test_an_event_gets_an_occasion_speakers_and_a_headcount(
    session: Session, programme: Programme
) -> None:
    load_places(session)
    fan = make_fan(session, programme, name="Ondernemend Vechtdal")
    first, second = make_pioneer(session, programme), make_pioneer(session, programme)
    draft = replace(
        DRAFT,
        fan_id=fan.id,
        pioneer_ids=(second.id, first.id),
        place="Nijverdal",
        headcount=40,
    )
    event = actions.create_event(session, programme=programme, draft=draft, actor_id=None)

    assert event.starts_at == datetime(2017, 7, 6, 18, 0, tzinfo=UTC)
    assert event.municipality_code == "GM0163"
    occasion = session.get_one(Occasion, event.occasion_id)
    assert (occasion.day, occasion.channel, occasion.fan_id, occasion.pioneer_id) == (
        DAY,
        Channel.EVENT,
        fan.id,
        second.id,
    )
    assert queries.speaker_ids(session, event) == [second.id, first.id]
    assert session.scalars(select(Contact.heads)).all() == [40]
    entry = session.scalars(select(SearchEntry).where(SearchEntry.kind == Kind.EVENT)).one()
    assert entry.record_id == event.id
    assert "vechtdal" in entry.text
    assert session.scalars(select(AuditEntry.action)).all() == ["event.added"]


def test_hours_follow_the_clock_of_amsterdam_in_winter_and_past_midnight(
    session: Session, programme: Programme
) -> None:
    draft = replace(DRAFT, day=date(2017, 1, 12), ends=time(0, 30), kind=EventKind.MEDIA)
    event = actions.create_event(session, programme=programme, draft=draft, actor_id=None)
    assert event.starts_at == datetime(2017, 1, 12, 19, 0, tzinfo=UTC)
    assert event.ends_at == datetime(2017, 1, 12, 23, 30, tzinfo=UTC)
    assert session.get_one(Occasion, event.occasion_id).channel == Channel.MEDIA


def test_a_fan_or_pioneer_of_another_programme_does_not_exist(
    session: Session, programme: Programme
) -> None:
    other = make_programme(session)
    for draft in (
        replace(DRAFT, fan_id=make_fan(session, other).id),
        replace(DRAFT, pioneer_ids=(make_pioneer(session, other).id,)),
    ):
        with pytest.raises(NotFound):
            actions.create_event(session, programme=programme, draft=draft, actor_id=None)


def test_contacts_follow_an_event_that_moves(session: Session, programme: Programme) -> None:
    event = actions.create_event(
        session, programme=programme, draft=replace(DRAFT, headcount=9), actor_id=None
    )
    person = make_person(session, programme)
    actions.record_attendance(
        session,
        programme=programme,
        event=event,
        present=[Present(person.id, None)],
        actor_id=None,
    )
    fan = make_fan(session, programme)
    moved = replace(DRAFT, day=date(2017, 7, 7), fan_id=fan.id, headcount=12)
    version = event.version
    actions.change_event(
        session, programme=programme, event=event, draft=moved, version=version, actor_id=None
    )
    valid = session.scalars(
        select(Contact).where(Contact.voided_at.is_(None)).order_by(Contact.heads.is_(None))
    ).all()
    assert [(c.day, c.fan_id, c.heads) for c in valid] == [
        (date(2017, 7, 7), fan.id, 12),
        (date(2017, 7, 7), fan.id, None),
    ]
    assert session.scalars(select(Attendance.contact_id)).all() == [valid[1].id]


def test_the_second_of_two_editors_is_told(session: Session, programme: Programme) -> None:
    event = actions.create_event(session, programme=programme, draft=DRAFT, actor_id=None)
    for title in ("Eerste", "Tweede"):
        draft = replace(DRAFT, title=title)
        if title == "Eerste":
            actions.change_event(
                session, programme=programme, event=event, draft=draft, version=1, actor_id=None
            )
            continue
        with pytest.raises(Stale):
            actions.change_event(
                session, programme=programme, event=event, draft=draft, version=1, actor_id=None
            )
    assert event.title == "Eerste"


def test_an_event_with_people_on_its_list_has_been_held(
    session: Session, programme: Programme
) -> None:
    event = actions.create_event(session, programme=programme, draft=DRAFT, actor_id=None)
    person = make_person(session, programme)
    actions.record_attendance(
        session,
        programme=programme,
        event=event,
        present=[Present(person.id, None)],
        actor_id=None,
    )
    for change, code in (
        ({"status": EventStatus.PLANNED}, "has_attendance"),
        ({"headcount": 0}, "headcount_below_named"),
    ):
        with pytest.raises(Refused) as refused:
            actions.change_event(
                session,
                programme=programme,
                event=event,
                draft=replace(DRAFT, **change),
                version=event.version,
                actor_id=None,
            )
        assert refused.value.code == code


def test_a_cancelled_event_loses_its_contacts_and_its_list(
    session: Session, programme: Programme
) -> None:
    event = actions.create_event(
        session, programme=programme, draft=replace(DRAFT, headcount=9), actor_id=None
    )
    person = make_person(session, programme)
    actions.record_attendance(
        session,
        programme=programme,
        event=event,
        present=[Present(person.id, None)],
        actor_id=None,
    )
    voided = actions.cancel_event(
        session, programme=programme, event=event, version=event.version, actor_id=None
    )
    assert voided == 2
    assert set(session.scalars(select(Contact.void_reason))) == {VoidReason.EVENT_CANCELLED}
    assert session.scalars(select(Attendance)).all() == []
    assert (event.status, event.headcount) == (EventStatus.CANCELLED, None)
    assert queries.events_held(session, programme, END) == 0


def test_counting_the_room_makes_a_planned_event_held(
    session: Session, programme: Programme
) -> None:
    draft = replace(DRAFT, status=EventStatus.PLANNED)
    event = actions.create_event(session, programme=programme, draft=draft, actor_id=None)
    actions.report_headcount(session, programme=programme, event=event, heads=31, actor_id=None)
    assert (event.status, event.headcount) == (EventStatus.HELD, 31)
    assert queries.counts(session, event).unnamed == 31
    assert queries.events_without_headcount(session, programme, END) == 0
    actions.report_headcount(session, programme=programme, event=event, heads=None, actor_id=None)
    assert queries.events_without_headcount(session, programme, END) == 1


def test_events_to_come_stand_on_top_of_the_list(session: Session) -> None:
    programme = make_programme(session, starts_on=None, ends_on=None)
    planned = EventStatus.PLANNED
    for title, day, status in (
        ("oud", date(2017, 1, 5), EventStatus.HELD),
        ("later", date(2098, 1, 5), planned),
        ("nieuw", date(2018, 1, 5), EventStatus.HELD),
        ("eerst", date(2097, 1, 5), planned),
    ):
        actions.create_event(
            session,
            programme=programme,
            draft=EventDraft(title, day, status=status),
            actor_id=None,
        )
    rows = listing.list_events(session, programme, status=None, page=1).items
    assert [row.event.title for row in rows] == ["eerst", "later", "nieuw", "oud"]
    found = listing.list_events(
        session, programme, filters=listing.Filters(year=2018, status=EventStatus.HELD, text="NIEU")
    )
    assert [row.event.title for row in found.items] == ["nieuw"]
