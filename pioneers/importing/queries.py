"""Reads of imports and their rows, always within one programme."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.companies.models import Company, Person
from pioneers.companies.names import display_name
from pioneers.companies.rules import Subject
from pioneers.events.models import Event
from pioneers.importing.claims import RowReader
from pioneers.importing.judging import IN_FILE, named
from pioneers.importing.models import AttendanceImport, ImportRow, ImportStatus, RowVerdict
from pioneers.importing.staging import layout_of
from pioneers.programmes.models import Programme
from pioneers.web.errors import NotFound
from pioneers.web.pagination import SIZE, Page, offset

AnySession = Session | scoped_session[Session]
# What asks for a decision comes first.
ORDER = case({RowVerdict.DOUBTFUL: 0, RowVerdict.ERROR: 1}, value=ImportRow.verdict, else_=2)


@dataclass(frozen=True)
class Other:
    """Somebody or something that a row may be: a record with a page, or another row of the file."""

    choice: str
    name: str
    record_id: int | None
    place: str = ""


def get_import(
    session: AnySession, programme: Programme, import_id: int
) -> tuple[AttendanceImport, Event]:
    """An import of this programme with its event; NotFound otherwise, or when thrown away."""
    found = session.execute(
        select(AttendanceImport, Event)
        .join(Event, Event.id == AttendanceImport.event_id)
        .where(
            AttendanceImport.id == import_id,
            AttendanceImport.programme_id == programme.id,
            AttendanceImport.status != ImportStatus.DISCARDED,
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


def get_row(session: AnySession, imported: AttendanceImport, number: int) -> ImportRow:
    """A row of this import by its number in the file; NotFound otherwise."""
    row = session.scalar(
        select(ImportRow).where(ImportRow.import_id == imported.id, ImportRow.number == number)
    )
    if row is None:
        raise NotFound
    return row


def rows_of(
    session: AnySession,
    imported: AttendanceImport,
    *,
    page: int,
    verdict: RowVerdict | None = None,
) -> Page[ImportRow]:
    """Rows: doubtful ones, errors, then the rest in the order of the file."""
    where = [ImportRow.import_id == imported.id]
    if verdict is not None:
        where.append(ImportRow.verdict == verdict)
    total = session.scalar(select(func.count(ImportRow.id)).where(*where)) or 0
    rows = session.scalars(
        select(ImportRow)
        .where(*where)
        .order_by(ORDER, ImportRow.number)
        .limit(SIZE)
        .offset(offset(page))
    )
    return Page(list(rows), page, SIZE, total)


def refused_rows(session: AnySession, imported: AttendanceImport) -> Sequence[ImportRow]:
    """Rows with an error, in the order of the file."""
    return session.scalars(
        select(ImportRow)
        .where(ImportRow.import_id == imported.id, ImportRow.verdict == RowVerdict.ERROR)
        .order_by(ImportRow.number)
    ).all()


def others_of(
    session: AnySession, imported: AttendanceImport, rows: Sequence[ImportRow]
) -> dict[tuple[str, str], Other]:
    """Whom the doubts of `rows` name, by subject and choice; a row of the file by its own words."""
    wanted: dict[str, set[str]] = {subject.value: set() for subject in Subject}
    for row in rows:
        for doubt in row.details.get("doubts", []):
            wanted[doubt["subject"]].add(doubt["other"])
    found: dict[tuple[str, str], Other] = {}
    for subject, choices in wanted.items():
        ids = [int(choice) for choice in choices if not choice.startswith(IN_FILE)]
        found |= _named(session, subject, ids)
        found |= _in_file(session, imported, subject, choices)
    return found


def _in_file(
    session: AnySession, imported: AttendanceImport, subject: str, choices: set[str]
) -> dict[tuple[str, str], Other]:
    numbers = [int(c.removeprefix(IN_FILE)) for c in choices if c.startswith(IN_FILE)]
    rows = session.execute(
        select(ImportRow.number, ImportRow.cells).where(
            ImportRow.import_id == imported.id, ImportRow.number.in_(numbers)
        )
    ).all()
    reader = RowReader(layout_of(imported))
    found = {}
    for row in rows:
        person, company = named(reader, row.cells)
        choice = f"{IN_FILE}{row.number}"
        name = person if subject == Subject.PERSON.value else company
        found[subject, choice] = Other(choice, name, None)
    return found


def _named(session: AnySession, subject: str, ids: Sequence[int]) -> dict[tuple[str, str], Other]:
    if subject == Subject.PERSON.value:
        people = session.scalars(select(Person).where(Person.id.in_(ids)))
        return {(subject, str(p.id)): Other(str(p.id), display_name(p), p.id) for p in people}
    companies = session.scalars(select(Company).where(Company.id.in_(ids)))
    return {(subject, str(c.id)): Other(str(c.id), c.name, c.id, c.place or "") for c in companies}


def imports_of(session: AnySession, event: Event) -> Sequence[AttendanceImport]:
    """The lists of an event that were staged, written or undone; the latest first."""
    return session.scalars(
        select(AttendanceImport)
        .where(
            AttendanceImport.event_id == event.id,
            AttendanceImport.status != ImportStatus.DISCARDED,
        )
        .order_by(AttendanceImport.id.desc())
    ).all()


def open_doubts_of(session: AnySession, imported: AttendanceImport) -> int:
    """How many rows were written while in doubt."""
    return (
        session.scalar(
            select(func.count(ImportRow.id)).where(
                ImportRow.import_id == imported.id, ImportRow.verdict == RowVerdict.DOUBTFUL
            )
        )
        or 0
    )
