"""What is not kept of prospects and relations. None commits.

| what | until |
|---|---|
| name, details and notes of who did not join | `Programme.prospect_keep_months` after it ended |
| notes about a pioneer or fan, and the details on the board | `Programme.note_keep_months` after |
| all of these of a person who is erased | at once, at the latest at the job's next turn |

What stays identifies nobody: that somebody was on the board, how far it came and why it ended; of a
note its day and kind, so that figures and "the last word from us" do not change.
"""

from datetime import date

from sqlalchemy import ColumnElement, delete, exists, or_, select
from sqlalchemy.orm import Session, aliased, scoped_session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.audit.actions import record
from pioneers.companies.models import Company, Employment, Person
from pioneers.companies.names import display_name
from pioneers.fans.models import Fan
from pioneers.mail.actions import withdraw
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import EndReason
from pioneers.reach.aliases import whole_people
from pioneers.relations.finding import show
from pioneers.relations.models import Introduction, Note, Prospect, Side, Stage
from pioneers.relations.rules import CLEARED, About, Subject, is_open, months_ago, prospect_key

AnySession = Session | scoped_session[Session]
KEPT = Note.text != ""


def prospects_over(session: AnySession, programme: Programme, today: date) -> list[int]:
    """Who did not join, longer ago than the programme keeps them; the oldest first."""
    query = select(Prospect.id).where(
        Prospect.programme_id == programme.id,
        Prospect.stage == Stage.ENDED,
        Prospect.cleared_at.is_(None),
        Prospect.stage_since <= months_ago(today, programme.prospect_keep_months),
    )
    return list(session.scalars(query.order_by(Prospect.stage_since, Prospect.id)))


def clean_prospect(session: AnySession, programme: Programme, prospect_id: int, today: date) -> int:
    """Delete what is kept of somebody who did not join; 0 when it was taken up again meanwhile."""
    prospect = session.get_one(Prospect, prospect_id, with_for_update=True, populate_existing=True)
    limit = months_ago(today, programme.prospect_keep_months)
    is_over = prospect.stage == Stage.ENDED and prospect.stage_since <= limit
    if not is_over or prospect.cleared_at is not None:
        return 0
    _clear(session, prospect)
    _note(session, programme, About(Subject.PROSPECT, prospect.id), 1)
    return 1


def relations_over(session: AnySession, programme: Programme, today: date) -> list[About]:
    """Pioneers and fans who stopped longer ago than notes about them are kept, with something
    left."""
    limit = months_ago(today, programme.note_keep_months)
    pioneers = select(Pioneer.id).where(
        Pioneer.programme_id == programme.id, Pioneer.ended_on <= limit, _left_of_pioneer()
    )
    fans = select(Fan.id).where(
        Fan.programme_id == programme.id, ~Fan.is_active, Fan.ended_on <= limit, _left_of_fan()
    )
    return [
        *(About(Subject.PIONEER, one) for one in session.scalars(pioneers.order_by(Pioneer.id))),
        *(About(Subject.FAN, one) for one in session.scalars(fans.order_by(Fan.id))),
    ]


def clean_relation(session: AnySession, programme: Programme, about: About, today: date) -> int:
    """Empty the notes about a pioneer or fan who stopped; 0 when they take part again."""
    ended = (
        select(Pioneer.ended_on).where(Pioneer.id == about.id)
        if about.subject == Subject.PIONEER
        else select(Fan.ended_on).where(Fan.id == about.id)
    )
    ended_on = session.scalar(ended.with_for_update())
    if ended_on is None or ended_on > months_ago(today, programme.note_keep_months):
        return 0
    return _clear_relation(session, programme, about)


def erased_with_leftovers(session: AnySession) -> list[int]:
    """People who were erased, of whom something is left here."""
    merged = aliased(Person)
    known_as = (
        select(merged.id)
        .where(or_(merged.id == Person.id, merged.merged_into_id == Person.id))
        .correlate(Person)
    )
    query = select(Person.id).where(
        Person.erased_at.is_not(None),
        or_(
            exists().where(Pioneer.person_id.in_(known_as), _left_of_pioneer()),
            exists().where(Prospect.person_id.in_(known_as), Prospect.cleared_at.is_(None)),
        ),
    )
    return list(session.scalars(query.order_by(Person.id)))


def forget_person(session: AnySession, programme: Programme, person: Person) -> int:
    """Delete what was noted about a person who is erased, and the prospect that they were.

    Whoever erases calls this before the name is gone: prospects that did not join are known by
    address, or by name and company. Of an organisation only the contact person goes.
    """
    known_as = whole_people(session, [person.id])
    pioneers = session.scalars(
        select(Pioneer.id)
        .where(Pioneer.programme_id == programme.id, Pioneer.person_id.in_(known_as))
        .order_by(Pioneer.id)
    ).all()
    done = 0
    for pioneer_id in pioneers:
        done += _clear_relation(session, programme, About(Subject.PIONEER, pioneer_id))
    found = session.scalars(
        select(Prospect)
        .where(
            Prospect.programme_id == programme.id,
            Prospect.cleared_at.is_(None),
            _is_person(session, person, known_as),
        )
        .order_by(Prospect.id)
        .with_for_update()
    ).all()
    for prospect in found:
        if prospect.side == Side.FAN:
            _clear_contact(session, prospect)
        else:
            _clear(session, prospect)
        _note(session, programme, About(Subject.PROSPECT, prospect.id), 1)
    return done + len(found)


def _is_person(session: AnySession, person: Person, known_as: set[int]) -> ColumnElement[bool]:
    ways: list[ColumnElement[bool]] = [Prospect.person_id.in_(known_as)]
    if person.email:
        ways.append(Prospect.email == person.email.lower())
    name = display_name(person)
    if name:
        companies = session.scalars(
            select(Company.name)
            .join(Employment, Employment.company_id == Company.id)
            .where(Employment.person_id.in_(known_as))
        )
        keys = [prospect_key(name, company) for company in companies]
        ways.append((Prospect.side == Side.PIONEER) & Prospect.name_key.in_(keys))
    return or_(*ways)


def _clear_relation(session: AnySession, programme: Programme, about: About) -> int:
    of_notes, of_prospects, of_introductions = (
        (Note.pioneer_id, Prospect.pioneer_id, Introduction.pioneer_id)
        if about.subject == Subject.PIONEER
        else (Note.fan_id, Prospect.fan_id, Introduction.fan_id)
    )
    done = _empty_notes(session, of_notes == about.id)
    session.execute(delete(Introduction).where(of_introductions == about.id))
    joined = select(Prospect).where(of_prospects == about.id, Prospect.cleared_at.is_(None))
    for prospect in session.scalars(joined.order_by(Prospect.id)).all():
        _clear(session, prospect)
        done += 1
    if done:
        _note(session, programme, about, done)
    return done


def _clear(session: AnySession, prospect: Prospect) -> None:
    """Empty a prospect; one that was still open is closed by it."""
    if is_open(prospect.stage):
        prospect.stage, prospect.stage_since = Stage.ENDED, clock.today()
        prospect.end_reason = EndReason.OTHER
    prospect.name, prospect.name_key = CLEARED, ""
    prospect.company = prospect.found_through = ""
    prospect.cleared_at = clock.now()
    _clear_contact(session, prospect)
    session.execute(delete(Introduction).where(Introduction.prospect_id == prospect.id))


def _clear_contact(session: AnySession, prospect: Prospect) -> None:
    prospect.contact_name = ""
    prospect.email = prospect.phone = None
    prospect.version += 1
    session.flush()
    show(session, prospect)
    _empty_notes(session, Note.prospect_id == prospect.id)


def _empty_notes(session: AnySession, which: ColumnElement[bool]) -> int:
    """Take the words out of notes; their day and kind stay. A reminder that waits is not sent."""
    notes = session.scalars(select(Note).where(which, KEPT).order_by(Note.id)).all()
    for note in notes:
        withdraw(session, record_type="relation_note", record_id=note.id)
        note.text = note.next_step = ""
        note.due_on = note.done_at = note.done_by_id = note.responsible_id = None
        note.version += 1
    session.flush()
    return len(notes)


def _left_of_pioneer() -> ColumnElement[bool]:
    return or_(
        exists().where(Note.pioneer_id == Pioneer.id, KEPT),
        exists().where(Prospect.pioneer_id == Pioneer.id, Prospect.cleared_at.is_(None)),
    )


def _left_of_fan() -> ColumnElement[bool]:
    return or_(
        exists().where(Note.fan_id == Fan.id, KEPT),
        exists().where(Prospect.fan_id == Fan.id, Prospect.cleared_at.is_(None)),
    )


def _note(session: AnySession, programme: Programme, about: About, count: int) -> None:
    record(
        session,
        "relation.cleaned",
        object_type=about.subject.value,
        object_id=about.id,
        programme_id=programme.id,
        actor_id=None,
        origin="worker",
        details={"count": count},
    )
