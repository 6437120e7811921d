"""Writing who was at an event, in bulk: set by set, no objects, so that long lists stay quick."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.actions import record
from pioneers.companies.known import among
from pioneers.companies.models import Person
from pioneers.db import insert_rows
from pioneers.events.models import Attendance, Event, EventStatus, Presence
from pioneers.events.queries import STANDING, event_day
from pioneers.events.rules import Absent, AttendanceResult, Present, UndoResult, agreed
from pioneers.events.sources import named_by_others
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence, Refused
from pioneers.reach.actions import record_contacts, void_contacts
from pioneers.reach.models import Contact, Occasion
from pioneers.reach.rules import NewContact, VoidReason

AnySession = Session | scoped_session[Session]
PERSON_ID = Attendance.__table__.c.person_id
CHUNK = 5000  # ids in one statement: SQLite takes no more than 32,766


@dataclass(frozen=True)
class _Line:
    """A line that stands on the event's list already."""

    id: int
    presence: Presence
    contact_id: int | None
    evidence: Evidence | None


@dataclass
class _Plan:
    """What a chunk asks for, sorted by what has to be written."""

    fresh: list[Present] = field(default_factory=list)
    turned: list[tuple[_Line, Present]] = field(default_factory=list)
    raised: list[tuple[_Line, Present]] = field(default_factory=list)
    already: list[int] = field(default_factory=list)
    absent: list[Absent] = field(default_factory=list)

    @property
    def contacts(self) -> list[Present]:
        """Who gets a contact, in the order in which they are recorded."""
        pairs = [*self.turned, *self.raised]
        return [*self.fresh, *(present for _, present in pairs)]


def record_attendance(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    present: Sequence[Present],
    absent: Sequence[Absent] = (),
    import_id: int | None = None,
    actor_id: int | None,
) -> AttendanceResult:
    """Record who was there and who was not; doing it twice is doing it once.

    People are this programme's and not merged into others (the caller identified them). Who was
    present stays present whatever a later list says. The event has been held by this, once it is
    over (see rules.course).
    Raises Refused: cancelled, not_yet_held; reach.actions.ContactRefused outside the programme.
    """
    _check_open(event)
    people = _by_person(present)
    missing = {a.person_id: a for a in absent if a.person_id not in people}
    result = _Collected()
    for ids in _chunks([*people, *missing]):
        standing = _standing(session, event, ids)
        named = named_by_others(session, event, [one for one in ids if one in standing])
        plan = _plan(ids, people, missing, standing, named)
        _write(session, programme, event, plan, import_id, actor_id, result)
    if event.status != EventStatus.HELD and people:
        event.status = EventStatus.HELD
        event.version += 1
    _note(session, event, "attendance.recorded", actor_id, result.counts(import_id))
    return result.frozen()


def _check_open(event: Event) -> None:
    if event.status == EventStatus.CANCELLED:
        raise Refused("cancelled", "status")
    if event_day(event) > clock.today():
        raise Refused("not_yet_held", "status", day=event_day(event))


def _by_person(present: Iterable[Present]) -> dict[int, Present]:
    """One line for each person; the strongest evidence of several."""
    people: dict[int, Present] = {}
    for one in present:
        other = people.get(one.person_id)
        if other is not None and agreed(other.evidence, one.evidence):
            one = Present(one.person_id, other.company_id, Evidence.CONFIRMED)
        elif other is not None:
            continue
        people[one.person_id] = one
    return people


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _standing(session: AnySession, event: Event, ids: Sequence[int]) -> dict[int, _Line]:
    """Lines of these people, also those that they had before they were merged into one."""
    merged = session.execute(
        select(Person.id, Person.merged_into_id).where(
            among(session, Person.__table__.c.merged_into_id, ids)
        )
    )
    became = {row.id: row.merged_into_id for row in merged}
    lines: dict[int, _Line] = {}
    for chunk in _chunks([*ids, *became]):
        rows = session.execute(
            select(
                Attendance.id,
                Attendance.person_id,
                Attendance.presence,
                Contact.id.label("contact_id"),
                Contact.evidence,
            )
            .join(Event, Event.id == Attendance.event_id)
            .outerjoin(Contact, STANDING)
            .where(Attendance.event_id == event.id, among(session, PERSON_ID, chunk))
        )
        for row in rows:
            person_id = became.get(row.person_id, row.person_id)
            known = lines.get(person_id)
            if known is None or known.presence == Presence.ABSENT:
                # whose contact was voided counts as absent: a later list may say otherwise
                presence = Presence.ABSENT if row.evidence is None else row.presence
                lines[person_id] = _Line(row.id, presence, row.contact_id, row.evidence)
    return lines


def _plan(
    ids: Iterable[int],
    people: dict[int, Present],
    missing: dict[int, Absent],
    standing: dict[int, _Line],
    named: Collection[int] = (),
) -> _Plan:
    plan = _Plan()
    for person_id in ids:
        line, present = standing.get(person_id), people.get(person_id)
        if present is None:
            if line is None:
                plan.absent.append(missing[person_id])
            else:
                plan.already.append(person_id)
        elif line is None:
            plan.fresh.append(present)
        elif line.presence == Presence.ABSENT:
            plan.turned.append((line, present))
        elif line.evidence is not None and (
            agreed(line.evidence, present.evidence)
            or (person_id in named and line.evidence != Evidence.CONFIRMED)
        ):
            plan.raised.append((line, present))
        else:
            plan.already.append(person_id)
    return plan


def _write(
    session: AnySession,
    programme: Programme,
    event: Event,
    plan: _Plan,
    import_id: int | None,
    actor_id: int | None,
    result: "_Collected",
) -> None:
    if plan.raised:
        void_contacts(
            session,
            programme=programme,
            contact_ids=[line.contact_id for line, _ in plan.raised if line.contact_id],
            reason=VoidReason.REPLACED,
            actor_id=actor_id,
        )
    raised = {present.person_id for _, present in plan.raised}
    contacts = _contacts(session, event, plan.contacts, raised)
    ids = record_contacts(session, programme=programme, contacts=contacts, actor_id=actor_id)
    made = dict(zip((one.person_id for one in plan.contacts), ids, strict=True))
    _insert_lines(session, event, plan, made, import_id)
    _update_lines(session, plan, made, import_id)
    result.add(plan, made)


def _contacts(
    session: AnySession, event: Event, present: Sequence[Present], raised: set[int]
) -> list[NewContact]:
    occasion = session.get_one(Occasion, event.occasion_id)
    day, channel, occasion_id = occasion.day, occasion.channel, occasion.id
    fan_id, pioneer_id = occasion.fan_id, occasion.pioneer_id
    return [
        NewContact(
            day=day,
            channel=channel,
            evidence=Evidence.CONFIRMED if one.person_id in raised else one.evidence,
            person_id=one.person_id,
            company_id=one.company_id,
            occasion_id=occasion_id,
            fan_id=fan_id,
            pioneer_id=pioneer_id,
        )
        for one in present
    ]


def _insert_lines(
    session: AnySession, event: Event, plan: _Plan, made: dict[int, int], import_id: int | None
) -> None:
    shared = {"event_id": event.id, "recorded_at": clock.now(), "import_id": import_id}
    attended, missed = Presence.ATTENDED, Presence.ABSENT
    rows: list[dict[str, Any]] = [
        {
            "person_id": one.person_id,
            "company_id": one.company_id,
            "presence": attended,
            "contact_id": made[one.person_id],
            **shared,
        }
        for one in plan.fresh
    ]
    rows += [
        {
            "person_id": one.person_id,
            "company_id": one.company_id,
            "presence": missed,
            "contact_id": None,
            **shared,
        }
        for one in plan.absent
    ]
    insert_rows(session, Attendance.__table__, rows)


def _update_lines(
    session: AnySession, plan: _Plan, made: dict[int, int], import_id: int | None
) -> None:
    """Who turned out to be present gets this list's number, so that undoing the list finds them."""
    turned: list[dict[str, Any]] = [
        {
            "id": line.id,
            "presence": Presence.ATTENDED,
            "contact_id": made[one.person_id],
            "company_id": one.company_id,
            "import_id": import_id,
            "recorded_at": clock.now(),
        }
        for line, one in plan.turned
    ]
    raised = [{"id": line.id, "contact_id": made[one.person_id]} for line, one in plan.raised]
    for rows in (turned, raised):
        if rows:
            session.execute(update(Attendance), rows)


@dataclass
class _Collected:
    """The result while it grows."""

    contacts: dict[int, int] = field(default_factory=dict)
    already: set[int] = field(default_factory=set)
    confirmed: set[int] = field(default_factory=set)
    absent: set[int] = field(default_factory=set)
    turned: set[int] = field(default_factory=set)

    def add(self, plan: _Plan, made: dict[int, int]) -> None:
        """Take in what a chunk did."""
        self.contacts.update(made)
        self.already.update(plan.already)
        self.confirmed.update(present.person_id for _, present in plan.raised)
        self.absent.update(one.person_id for one in plan.absent)
        self.turned.update(present.person_id for _, present in plan.turned)

    def counts(self, import_id: int | None) -> dict[str, object]:
        """Numbers for the audit log."""
        return {
            "present": len(self.contacts) - len(self.confirmed),
            "absent": len(self.absent),
            "confirmed": len(self.confirmed),
            "already_listed": len(self.already),
            "import_id": import_id,
        }

    def frozen(self) -> AttendanceResult:
        """The result as callers get it."""
        return AttendanceResult(
            contacts=self.contacts,
            already_listed=frozenset(self.already),
            confirmed=frozenset(self.confirmed),
            absent=frozenset(self.absent),
            turned_present=frozenset(self.turned),
        )


def undo_attendance(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    import_id: int,
    actor_id: int | None,
) -> UndoResult:
    """Take back what a list recorded: its contacts are voided, its lines leave the event's list.

    What it cannot take back: evidence that rose because the list agreed with an earlier one.
    """
    of_list = (Attendance.event_id == event.id, Attendance.import_id == import_id)
    rows = session.execute(
        select(Attendance.id, Contact.id.label("contact_id"))
        .join(Event, Event.id == Attendance.event_id)
        .outerjoin(Contact, STANDING)
        .where(*of_list)
    ).all()
    contacts = [row.contact_id for row in rows if row.contact_id is not None]
    session.execute(delete(Attendance).where(*of_list).execution_options(synchronize_session=False))
    for chunk in _chunks(contacts):
        void_contacts(
            session,
            programme=programme,
            contact_ids=chunk,
            reason=VoidReason.IMPORT_UNDONE,
            actor_id=actor_id,
        )
    session.expire_all()
    result = UndoResult(len(contacts), len(rows) - len(contacts))
    details: dict[str, object] = {
        "present": result.contacts,
        "absent": result.absences,
        "import_id": import_id,
    }
    _note(session, event, "attendance.undone", actor_id, details)
    return result


def correct_attendance(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    line: Attendance,
    reason: VoidReason,
    actor_id: int | None,
) -> None:
    """Somebody on the list was not there (they stay on it, as absent), or should not be on it."""
    line_id = line.id
    contact_id = session.scalar(
        select(Contact.id)
        .join(Attendance, Attendance.id == line_id)
        .join(Event, Event.id == Attendance.event_id)
        .where(STANDING)
    )
    if reason == VoidReason.NOT_PRESENT:
        line.presence, line.contact_id = Presence.ABSENT, None
        session.flush()
    else:
        session.execute(delete(Attendance).where(Attendance.id == line_id))
    if contact_id is not None:
        void_contacts(
            session, programme=programme, contact_ids=[contact_id], reason=reason, actor_id=actor_id
        )
    details: dict[str, object] = {"line": line_id, "reason": reason.value}
    _note(session, event, "attendance.corrected", actor_id, details)


def _note(
    session: AnySession,
    event: Event,
    action: str,
    actor_id: int | None,
    details: dict[str, object],
) -> None:
    record(
        session,
        action,
        object_type="event",
        object_id=event.id,
        programme_id=event.programme_id,
        actor_id=actor_id,
        details=details,
    )
