"""Taking an import back as a whole, and saying what stays."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.companies.models import (
    Company,
    CompanyProfile,
    Doubt,
    Employment,
    Merge,
    Person,
    PersonIdentity,
)
from pioneers.companies.rules import Subject
from pioneers.events.actions import undo_attendance
from pioneers.events.models import Attendance, Event
from pioneers.importing.actions import claim_status, note
from pioneers.importing.models import AttendanceImport, ImportRow, ImportStatus, RowVerdict
from pioneers.programmes.models import Programme
from pioneers.reach.keeping import lock
from pioneers.reach.models import Activation, CompanyStanding, Contact, PersonStanding
from pioneers.search.actions import forget_all
from pioneers.search.models import Kind

AnySession = Session | scoped_session[Session]
Column = InstrumentedAttribute[Any]
BATCH = 5000

PERSON_USES: tuple[Column, ...] = (
    Contact.person_id, Activation.person_id, Attendance.person_id, Pioneer.person_id,
    Person.merged_into_id, PersonIdentity.person_id, PersonIdentity.canonical_id,
)  # fmt: skip
COMPANY_USES: tuple[Column, ...] = (
    Contact.company_id, Activation.company_id, Attendance.company_id, Pioneer.company_id,
    Company.merged_into_id, Employment.company_id,
)  # fmt: skip


@dataclass(frozen=True)
class Effect:
    """What undoing takes back, and what it cannot, in numbers of people and companies.

    Who was there keeps a voided contact in the ledger, which counts nowhere; so they and their
    companies stay. What a known company or person was filled in with stays too.
    """

    contacts: int
    absences: int
    people_removed: int
    companies_removed: int
    people_kept: int
    companies_kept: int
    known: int


def undo_effect(session: AnySession, imported: AttendanceImport) -> Effect:
    """What undoing would do, for the page that asks for it."""
    of_import = Attendance.import_id == imported.id
    lines = select(func.count(Attendance.id)).where(of_import)
    contacts = session.scalar(lines.where(Attendance.contact_id.is_not(None))) or 0
    absences = session.scalar(lines.where(Attendance.contact_id.is_(None))) or 0
    people, companies = _made(session, imported)
    stay = set(
        session.scalars(
            select(Attendance.person_id).where(of_import, Attendance.contact_id.is_not(None))
        )
    )
    where = set(
        session.scalars(
            select(Attendance.company_id).where(of_import, Attendance.contact_id.is_not(None))
        )
    )
    return Effect(
        contacts=contacts,
        absences=absences,
        people_removed=len(people - stay),
        companies_removed=len(companies - where),
        people_kept=len(people & stay),
        companies_kept=len(companies & where),
        known=_known(session, imported),
    )


def undo(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    imported: AttendanceImport,
    actor_id: int | None,
    origin: str = "web",
) -> Effect | None:
    """Take the import back; None when somebody else did so just before.

    Its contacts are voided, its lines leave the event's list, and the people and companies that
    it made leave too, as far as nothing else refers to them.
    """
    lock(session, programme)
    if not claim_status(session, imported, ImportStatus.WRITTEN, ImportStatus.UNDONE):
        return None
    known = _known(session, imported)
    people, companies = _made(session, imported)
    result = undo_attendance(
        session, programme=programme, event=event, import_id=imported.id, actor_id=actor_id
    )
    gone_people = _remove_people(session, imported, people)
    gone_companies = _remove_companies(session, imported, companies)
    effect = Effect(
        contacts=result.contacts,
        absences=result.absences,
        people_removed=gone_people,
        companies_removed=gone_companies,
        people_kept=len(people) - gone_people,
        companies_kept=len(companies) - gone_companies,
        known=known,
    )
    session.refresh(imported)
    imported.undone_at = clock.now()
    imported.counts = {**imported.counts, **_as_counts(effect)}
    note(session, imported, "import.undone", actor_id, origin=origin, **_as_counts(effect))
    session.flush()
    return effect


def _as_counts(effect: Effect) -> dict[str, int]:
    return {f"undone_{name}": getattr(effect, name) for name in Effect.__dataclass_fields__}


def undone_effect(imported: AttendanceImport) -> Effect:
    """What undoing did, as it was noted."""
    names = Effect.__dataclass_fields__
    return Effect(**{name: imported.counts.get(f"undone_{name}", 0) for name in names})


def _known(session: AnySession, imported: AttendanceImport) -> int:
    return (
        session.scalar(
            select(func.count(ImportRow.id)).where(
                ImportRow.import_id == imported.id, ImportRow.verdict == RowVerdict.KNOWN
            )
        )
        or 0
    )


def _made(session: AnySession, imported: AttendanceImport) -> tuple[set[int], set[int]]:
    """The people and companies that this import made."""
    rows = session.execute(
        select(
            ImportRow.person_id, ImportRow.company_id, ImportRow.made_person, ImportRow.made_company
        ).where(
            ImportRow.import_id == imported.id,
            or_(ImportRow.made_person, ImportRow.made_company),
        )
    ).all()
    people = {row.person_id for row in rows if row.made_person and row.person_id}
    return people, {row.company_id for row in rows if row.made_company and row.company_id}


def _unused(
    session: AnySession,
    imported: AttendanceImport,
    ids: Collection[int],
    uses: tuple[Column, ...],
    own: Column,
    subject: Subject,
) -> set[int]:
    """Those of `ids` to which nothing refers but this import."""
    free = set(ids)
    for use in uses:
        free -= set(_in(session, use, free))
    others = (ImportRow.import_id != imported.id,)
    free -= set(_in(session, own, free, *others))
    merged = (Merge.subject == subject,)
    for side in (Merge.loser_id, Merge.winner_id):
        free -= set(_in(session, side, free, *merged))
    return free


def _in(
    session: AnySession, column: Column, ids: Collection[int], *where: ColumnElement[bool]
) -> list[int]:
    found: list[int] = []
    for batch in _batches(ids):
        found += session.scalars(select(column).where(column.in_(batch), *where)).all()
    return found


def _batches(ids: Collection[int]) -> list[list[int]]:
    rest = sorted(ids)
    return [rest[start : start + BATCH] for start in range(0, len(rest), BATCH)]


def _drop(session: AnySession, model: Any, column: Column, ids: list[int], *where: Any) -> None:
    statement = delete(model).where(column.in_(ids), *where)
    session.execute(statement.execution_options(synchronize_session=False))


def _forget_rows(session: AnySession, imported: AttendanceImport, column: Column, ids: Any) -> None:
    session.execute(
        update(ImportRow)
        .where(ImportRow.import_id == imported.id, column.in_(ids))
        .values({column.key: None})
        .execution_options(synchronize_session=False)
    )


def _drop_doubts(session: AnySession, subject: Subject, ids: list[int]) -> None:
    for side in (Doubt.left_id, Doubt.right_id):
        _drop(session, Doubt, side, ids, Doubt.subject == subject)


def _remove_people(session: AnySession, imported: AttendanceImport, people: set[int]) -> int:
    free = _unused(session, imported, people, PERSON_USES, ImportRow.person_id, Subject.PERSON)
    for batch in _batches(free):
        _forget_rows(session, imported, ImportRow.person_id, batch)
        _drop_doubts(session, Subject.PERSON, batch)
        _drop(session, Employment, Employment.person_id, batch)
        _drop(session, PersonStanding, PersonStanding.person_id, batch)
        _drop(session, Person, Person.id, batch)
        forget_all(session, [(Kind.PERSON, record_id) for record_id in batch])
    return len(free)


def _remove_companies(session: AnySession, imported: AttendanceImport, companies: set[int]) -> int:
    free = _unused(
        session, imported, companies, COMPANY_USES, ImportRow.company_id, Subject.COMPANY
    )
    for batch in _batches(free):
        _forget_rows(session, imported, ImportRow.company_id, batch)
        _drop_doubts(session, Subject.COMPANY, batch)
        _drop(session, CompanyStanding, CompanyStanding.company_id, batch)
        _drop(session, CompanyProfile, CompanyProfile.company_id, batch)
        _drop(session, Company, Company.id, batch)
        forget_all(session, [(Kind.COMPANY, record_id) for record_id in batch])
    return len(free)
