"""Reads of companies, people and doubts, always within one programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased, scoped_session

from pioneers.companies.models import Company, Doubt, Employment, Merge, Person
from pioneers.companies.names import display_name
from pioneers.companies.rules import DoubtReason, Subject
from pioneers.programmes.models import Municipality, Programme
from pioneers.web.errors import NotFound
from pioneers.web.pagination import SIZE, Page, offset

AnySession = Session | scoped_session[Session]
LARGEST = 2_147_483_647


def get_company(session: AnySession, programme: Programme, company_id: int) -> Company:
    """A company of the programme, merged ones too (their pages lead on); NotFound otherwise."""
    company = session.get(Company, company_id) if 0 < company_id <= LARGEST else None
    if company is None or company.programme_id != programme.id:
        raise NotFound
    return company


def get_person(session: AnySession, programme: Programme, person_id: int) -> Person:
    """A person of the programme, merged ones too (their pages lead on); NotFound otherwise."""
    person = session.get(Person, person_id) if 0 < person_id <= LARGEST else None
    if person is None or person.programme_id != programme.id:
        raise NotFound
    return person


def get_doubt(session: AnySession, programme: Programme, doubt_id: int) -> Doubt:
    """A doubt of the programme, settled ones too; NotFound otherwise."""
    doubt = session.get(Doubt, doubt_id) if 0 < doubt_id <= LARGEST else None
    if doubt is None or doubt.programme_id != programme.id:
        raise NotFound
    return doubt


def get_merge(session: AnySession, programme: Programme, merge_id: int) -> Merge:
    """A merging in the programme, undone ones too; NotFound otherwise."""
    merge = session.get(Merge, merge_id) if 0 < merge_id <= LARGEST else None
    if merge is None or merge.programme_id != programme.id:
        raise NotFound
    return merge


@dataclass(frozen=True)
class Post:
    """A person at a company, from a day, until a day."""

    person: Person
    company: Company
    from_day: date
    to_day: date | None


def people_of_company(session: AnySession, company: Company) -> list[Post]:
    """Who works or worked at a company, or at what was merged into it: present ones first."""
    ids = select(Company.id).where(
        or_(Company.id == company.id, Company.merged_into_id == company.id)
    )
    rows = session.execute(
        _posts()
        .where(Employment.company_id.in_(ids))
        .order_by(Employment.to_day.is_not(None), Person.family_name, Person.id, Employment.id)
    )
    return _once([Post(person, company, start, end) for person, _, start, end in rows])


def companies_of_person(session: AnySession, person: Person) -> list[Post]:
    """Where a person, or who was merged into them, works or worked: the latest first."""
    ids = select(Person.id).where(or_(Person.id == person.id, Person.merged_into_id == person.id))
    rows = session.execute(
        _posts()
        .where(Employment.person_id.in_(ids))
        .order_by(Employment.to_day.is_not(None), Employment.from_day.desc(), Employment.id.desc())
    )
    return _once([Post(person, firm, start, end) for _, firm, start, end in rows])


def _posts() -> Select[Person, Company, date, date | None]:
    """Employments with the person and the company as they are known now."""
    own_person, own_firm = aliased(Person), aliased(Company)
    return (
        select(Person, Company, Employment.from_day, Employment.to_day)
        .join(own_person, own_person.id == Employment.person_id)
        .join(Person, Person.id == func.coalesce(own_person.merged_into_id, own_person.id))
        .join(own_firm, own_firm.id == Employment.company_id)
        .join(Company, Company.id == func.coalesce(own_firm.merged_into_id, own_firm.id))
    )


def _once(posts: list[Post]) -> list[Post]:
    """Each person at each company once: merging can leave the same employment twice."""
    seen: dict[tuple[int, int], Post] = {}
    for post in posts:
        seen.setdefault((post.person.id, post.company.id), post)
    return list(seen.values())


@dataclass(frozen=True)
class Side:
    """One of two records in doubt, with what tells it apart. `number` is the KVK number."""

    id: int
    name: str
    number: str = ""
    domain: str = ""
    email: str = ""
    phone: str = ""
    place: str = ""
    municipality: str = ""
    function: str = ""
    employees: int | None = None
    companies: tuple[str, ...] = ()


@dataclass(frozen=True)
class DoubtRow:
    """A question that waits: are these two the same? `left` was known first."""

    id: int
    subject: Subject
    reason: DoubtReason
    score: int
    raised_at: datetime
    left: Side
    right: Side


def count_open_doubts(session: AnySession, programme: Programme) -> int:
    """How many doubts wait for a person."""
    statement = select(func.count()).select_from(Doubt).where(*_open(programme))
    return session.scalar(statement) or 0


def _open(programme: Programme) -> tuple[ColumnElement[bool], ...]:
    return Doubt.programme_id == programme.id, Doubt.settled_at.is_(None)


def open_doubts(session: AnySession, programme: Programme, page: int) -> Page[DoubtRow]:
    """Doubts that wait, the likeliest first; both sides as they are known now."""
    doubts = session.scalars(
        select(Doubt)
        .where(*_open(programme))
        .order_by(Doubt.score.desc(), Doubt.id)
        .limit(SIZE)
        .offset(offset(page))
    ).all()
    total = count_open_doubts(session, programme)
    return Page(doubt_rows(session, doubts), page, SIZE, total)


def doubts_of(
    session: AnySession, programme: Programme, subject: Subject, record_id: int
) -> list[DoubtRow]:
    """The doubts that wait and that are about one record (or what was merged into it)."""
    model = Company if subject == Subject.COMPANY else Person
    ids = select(model.id).where(or_(model.id == record_id, model.merged_into_id == record_id))
    doubts = session.scalars(
        select(Doubt)
        .where(
            *_open(programme),
            Doubt.subject == subject,
            or_(Doubt.left_id.in_(ids), Doubt.right_id.in_(ids)),
        )
        .order_by(Doubt.score.desc(), Doubt.id)
    ).all()
    return doubt_rows(session, doubts)


def doubt_rows(session: AnySession, doubts: Sequence[Doubt]) -> list[DoubtRow]:
    """Doubts with both their sides: four queries, whatever their number."""
    wanted: dict[Subject, set[int]] = {subject: set() for subject in Subject}
    for doubt in doubts:
        wanted[doubt.subject] |= {doubt.left_id, doubt.right_id}
    sides = {
        Subject.COMPANY: _company_sides(session, wanted[Subject.COMPANY]),
        Subject.PERSON: _person_sides(session, wanted[Subject.PERSON]),
    }
    return [
        DoubtRow(
            doubt.id,
            doubt.subject,
            doubt.reason,
            doubt.score,
            doubt.raised_at,
            sides[doubt.subject][doubt.left_id],
            sides[doubt.subject][doubt.right_id],
        )
        for doubt in doubts
    ]


def _company_sides(session: AnySession, ids: set[int]) -> dict[int, Side]:
    if not ids:
        return {}
    own = aliased(Company)
    rows = session.execute(
        select(own.id, Company, Municipality.name)
        .select_from(own)
        .join(Company, Company.id == func.coalesce(own.merged_into_id, own.id))
        .outerjoin(Municipality, Municipality.code == Company.municipality_code)
        .where(own.id.in_(ids))
    )
    return {
        own_id: Side(
            id=company.id,
            name=company.name,
            number=company.kvk_number or "",
            domain=company.web_domain or "",
            place=company.place or "",
            municipality=municipality or "",
            employees=company.employees,
        )
        for own_id, company, municipality in rows
    }


def _person_sides(session: AnySession, ids: set[int]) -> dict[int, Side]:
    if not ids:
        return {}
    own = aliased(Person)
    rows = session.execute(
        select(own.id, Person)
        .select_from(own)
        .join(Person, Person.id == func.coalesce(own.merged_into_id, own.id))
        .where(own.id.in_(ids))
    ).all()
    employers = _employers(session, {person.id for _, person in rows})
    return {
        own_id: Side(
            id=person.id,
            name=display_name(person),
            email=person.email or "",
            phone=person.phone or "",
            function=person.function,
            companies=tuple(employers.get(person.id, ())),
        )
        for own_id, person in rows
    }


def _employers(session: AnySession, ids: set[int]) -> dict[int, list[str]]:
    """The names of the companies at which people work."""
    rows = session.execute(
        _posts()
        .with_only_columns(Person.id, Company.name)
        .where(Person.id.in_(ids), Employment.to_day.is_(None))
        .order_by(Employment.id)
    )
    found: dict[int, list[str]] = {}
    for person_id, name in rows:
        names = found.setdefault(person_id, [])
        if name not in names:
            names.append(name)
    return found


def merges_of(
    session: AnySession, programme: Programme, subject: Subject, record_id: int
) -> list[Merge]:
    """The mergings that a record took part in and that stand, the latest first."""
    return list(
        session.scalars(
            select(Merge)
            .where(
                Merge.programme_id == programme.id,
                Merge.subject == subject,
                Merge.undone_at.is_(None),
                or_(Merge.winner_id == record_id, Merge.loser_id == record_id),
            )
            .order_by(Merge.id.desc())
        )
    )
