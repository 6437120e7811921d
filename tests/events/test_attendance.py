"""Recording who was at an event, taking it back, and correcting one line."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.event import listen, remove
from sqlalchemy.orm import Session

from pioneers.companies.models import Person
from pioneers.events import actions, queries
from pioneers.events.models import Attendance, Event, EventStatus, Presence
from pioneers.events.rules import Absent, Present
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence, Refused
from pioneers.reach.actions import void_contacts
from pioneers.reach.models import Contact
from pioneers.reach.rules import VoidReason
from tests.factories import make_event, make_person


def people(session: Session, programme: Programme, number: int) -> list[int]:
    return [make_person(session, programme).id for _ in range(number)]


def valid_contacts(session: Session, event: Event) -> list[Contact]:
    return list(
        session.scalars(
            select(Contact)
            .where(Contact.occasion_id == event.occasion_id, Contact.voided_at.is_(None))
            .order_by(Contact.id)
        )
    )


def test_present_and_absent_people_are_recorded_apart(
    session: Session, programme: Programme
) -> None:
    event = make_event(session, programme)
    there, away = people(session, programme, 2), people(session, programme, 1)

    result = actions.record_attendance(
        session,
        programme=programme,
        event=event,
        present=[Present(one, None) for one in there],
        absent=[Absent(away[0], None)],
        import_id=7,
        actor_id=None,
    )

    assert set(result.contacts) == set(there)
    assert result.absent == set(away)
    found = queries.counts(session, event)
    assert (found.present, found.absent, found.unnamed) == (2, 1, None)
    assert [c.person_id for c in valid_contacts(session, event)] == there


def test_recording_the_same_list_twice_changes_nothing(
    session: Session, programme: Programme
) -> None:
    event = make_event(session, programme)
    there = people(session, programme, 3)
    present = [Present(one, None) for one in there]
    for number in (1, 2):
        result = actions.record_attendance(
            session,
            programme=programme,
            event=event,
            present=present,
            import_id=number,
            actor_id=None,
        )
    assert result.contacts == {}
    assert result.already_listed == set(there)
    assert len(valid_contacts(session, event)) == 3


def test_another_kind_of_evidence_confirms_a_contact(
    session: Session, programme: Programme
) -> None:
    event = make_event(session, programme)
    (one,) = people(session, programme, 1)
    for evidence in (Evidence.LISTED, Evidence.CHECKED_IN, Evidence.LISTED):
        actions.record_attendance(
            session,
            programme=programme,
            event=event,
            present=[Present(one, None, evidence)],
            actor_id=None,
        )
    (contact,) = valid_contacts(session, event)
    assert contact.evidence == Evidence.CONFIRMED
    line = session.scalars(select(Attendance)).one()
    assert line.contact_id == contact.id
    voided = session.scalars(select(Contact).where(Contact.voided_at.is_not(None))).one()
    assert voided.void_reason == VoidReason.REPLACED


def test_somebody_noted_absent_can_turn_out_to_have_been_there(
    session: Session, programme: Programme
) -> None:
    event = make_event(session, programme)
    (one,) = people(session, programme, 1)
    actions.record_attendance(
        session,
        programme=programme,
        event=event,
        present=[],
        absent=[Absent(one, None)],
        actor_id=None,
    )
    result = actions.record_attendance(
        session, programme=programme, event=event, present=[Present(one, None)], actor_id=None
    )
    assert result.turned_present == {one}
    again = actions.record_attendance(
        session,
        programme=programme,
        event=event,
        present=[],
        absent=[Absent(one, None)],
        actor_id=None,
    )
    assert again.already_listed == {one}
    assert queries.counts(session, event).present == 1


def test_a_person_who_was_merged_is_still_on_the_list(
    session: Session, programme: Programme
) -> None:
    event = make_event(session, programme)
    loser, winner = people(session, programme, 2)
    actions.record_attendance(
        session, programme=programme, event=event, present=[Present(loser, None)], actor_id=None
    )
    session.get_one(Person, loser).merged_into_id = winner
    session.flush()
    result = actions.record_attendance(
        session, programme=programme, event=event, present=[Present(winner, None)], actor_id=None
    )
    assert result.already_listed == {winner}
    assert len(valid_contacts(session, event)) == 1


def test_undoing_a_list_takes_back_its_own_lines_only(
    session: Session, programme: Programme
) -> None:
    event = make_event(session, programme)
    first, second = people(session, programme, 2), people(session, programme, 2)
    for number, group in ((1, first), (2, [first[0], *second])):
        actions.record_attendance(
            session,
            programme=programme,
            event=event,
            present=[Present(one, None) for one in group],
            import_id=number,
            actor_id=None,
        )
    undone = actions.undo_attendance(
        session, programme=programme, event=event, import_id=2, actor_id=None
    )
    assert (undone.contacts, undone.absences) == (2, 0)
    assert [c.person_id for c in valid_contacts(session, event)] == first
    reasons = session.scalars(
        select(Contact.void_reason).where(Contact.void_reason.is_not(None)).distinct()
    ).all()
    assert reasons == [VoidReason.IMPORT_UNDONE]


@pytest.mark.parametrize(
    ("status", "day", "code"),
    [
        (EventStatus.CANCELLED, date(2017, 5, 11), "cancelled"),
        (EventStatus.PLANNED, date(2097, 5, 11), "not_yet_held"),
    ],
)
def test_nobody_can_have_been_at_an_event_that_was_not_held(
    session: Session, programme: Programme, status: EventStatus, day: date, code: str
) -> None:
    event = make_event(session, programme, status=status, day=day)
    (one,) = people(session, programme, 1)
    with pytest.raises(Refused) as refused:
        actions.record_attendance(
            session, programme=programme, event=event, present=[Present(one, None)], actor_id=None
        )
    assert refused.value.code == code
    assert session.scalar(select(func.count(Attendance.id))) == 0


def test_a_planned_event_with_people_has_been_held(session: Session, programme: Programme) -> None:
    event = make_event(session, programme, status=EventStatus.PLANNED)
    (one,) = people(session, programme, 1)
    actions.record_attendance(
        session, programme=programme, event=event, present=[Present(one, None)], actor_id=None
    )
    assert event.status == EventStatus.HELD


@pytest.mark.parametrize(
    ("reason", "lines"),
    [(VoidReason.NOT_PRESENT, [Presence.ABSENT]), (VoidReason.WRONG_PERSON, [])],
)
def test_a_line_is_corrected_by_voiding_its_contact(
    session: Session, programme: Programme, reason: VoidReason, lines: list[Presence]
) -> None:
    event = make_event(session, programme)
    (one,) = people(session, programme, 1)
    actions.record_attendance(
        session, programme=programme, event=event, present=[Present(one, None)], actor_id=None
    )
    line = session.scalars(select(Attendance)).one()
    actions.correct_attendance(
        session, programme=programme, event=event, line=line, reason=reason, actor_id=None
    )
    assert session.scalars(select(Attendance.presence)).all() == lines
    assert valid_contacts(session, event) == []
    assert session.scalars(select(Contact.void_reason)).all() == [reason]


def statements(session: Session, programme: Programme, number: int) -> int:
    event = make_event(session, programme)
    there = people(session, programme, number)
    seen: list[str] = []
    connection = session.connection()

    def note(*arguments: Any) -> None:
        if not arguments[2].startswith("INSERT INTO contact"):  # SQLite returns ids row by row
            seen.append(arguments[2])

    listen(connection, "before_cursor_execute", note)
    actions.record_attendance(
        session,
        programme=programme,
        event=event,
        present=[Present(one, None) for one in there],
        actor_id=None,
    )
    remove(connection, "before_cursor_execute", note)
    return len(seen)


def test_a_long_list_costs_as_many_statements_as_a_short_one(
    session: Session, programme: Programme
) -> None:
    assert statements(session, programme, 60) == statements(session, programme, 6)


def test_whose_contact_was_voided_elsewhere_counts_no_more_until_a_list_says_so_again(
    session: Session, programme: Programme
) -> None:
    event = make_event(session, programme)
    (one,) = people(session, programme, 1)
    for _ in range(2):
        actions.record_attendance(
            session, programme=programme, event=event, present=[Present(one, None)], actor_id=None
        )
        (contact,) = valid_contacts(session, event)
        (line,) = queries.attendance_of(session, event).items
        assert (line.present, queries.counts(session, event).present) == (True, 1)
        void_contacts(
            session,
            programme=programme,
            contact_ids=[contact.id],
            reason=VoidReason.NOT_PRESENT,
            actor_id=None,
        )
        (line,) = queries.attendance_of(session, event).items
        assert (line.present, line.taken_back) == (False, True)
        assert queries.counts(session, event).present == 0
