"""Reads of pioneers, with the name of the person and the company."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.ambassadors.rules import Standing, is_active, standing
from pioneers.companies.models import Company, Person
from pioneers.companies.names import PersonName, display_name
from pioneers.programmes.models import Programme
from pioneers.web.errors import NotFound

AnySession = Session | scoped_session[Session]
LONGEST_LINE = 20  # successors of successors
ORDER = (Pioneer.ended_on.is_not(None), Person.family_name, Person.first_name, Pioneer.id)

# In every list that names pioneers, so built once.
NAMED = (
    select(Pioneer.id, Person.first_name, Person.initials, Person.infix, Person.family_name)
    .join(Person, Person.id == Pioneer.person_id)
    .where(Pioneer.programme_id == bindparam("programme_id"))
    .order_by(*ORDER)
)


@dataclass(frozen=True)
class PioneerRow:
    """A pioneer as lists and pages show one."""

    id: int
    person_id: int
    company_id: int
    name: str
    company: str
    municipality_code: str | None
    appointed_on: date
    ended_on: date | None
    version: int
    standing: Standing  # today

    @property
    def active(self) -> bool:
        """Whether this is a pioneer today: appointed by now, and not former."""
        return self.standing == Standing.ACTIVE


def _rows(programme: Programme) -> Select[Pioneer, Person, Company]:
    return (
        select(Pioneer, Person, Company)
        .join(Person, Person.id == Pioneer.person_id)
        .join(Company, Company.id == Pioneer.company_id)
        .where(Pioneer.programme_id == programme.id)
    )


def _row(pioneer: Pioneer, person: Person, company: Company) -> PioneerRow:
    return PioneerRow(
        id=pioneer.id,
        person_id=person.merged_into_id or person.id,
        company_id=company.merged_into_id or company.id,
        name=display_name(person),
        company=company.name,
        municipality_code=company.municipality_code,
        appointed_on=pioneer.appointed_on,
        ended_on=pioneer.ended_on,
        version=pioneer.version,
        standing=standing(pioneer.appointed_on, pioneer.ended_on, clock.today()),
    )


def list_pioneers(session: AnySession, programme: Programme) -> list[PioneerRow]:
    """The programme's pioneers: active ones first, each by family name."""
    query = _rows(programme).order_by(*ORDER)
    return [_row(*row) for row in session.execute(query)]


def get_pioneer(session: AnySession, programme: Programme, pioneer_id: int) -> Pioneer:
    """A pioneer of this programme; NotFound otherwise."""
    pioneer = session.scalar(
        select(Pioneer).where(Pioneer.id == pioneer_id, Pioneer.programme_id == programme.id)
    )
    if pioneer is None:
        raise NotFound
    return pioneer


def pioneer_row(session: AnySession, programme: Programme, pioneer_id: int) -> PioneerRow:
    """A pioneer of this programme with names; NotFound otherwise."""
    found = session.execute(_rows(programme).where(Pioneer.id == pioneer_id)).first()
    if found is None:
        raise NotFound
    return _row(*found)


def pioneer_names(session: AnySession, programme: Programme) -> dict[int, str]:
    """The name of every pioneer of the programme by id, active and former, by family name."""
    rows = session.execute(NAMED, {"programme_id": programme.id})
    return {pioneer_id: display_name(PersonName(*name)) for pioneer_id, *name in rows}


def pioneer_numbers(session: AnySession, programme: Programme) -> dict[int, str]:
    """The pioneers as numbers in order of appointment: for who may not see who they are."""
    ids = session.scalars(
        select(Pioneer.id)
        .where(Pioneer.programme_id == programme.id)
        .order_by(Pioneer.appointed_on, Pioneer.id)
    )
    return {each: _("Pioneer %(number)s", number=place) for place, each in enumerate(ids, 1)}


def unnamed(
    session: AnySession, programme: Programme, rows: Sequence[PioneerRow]
) -> list[PioneerRow]:
    """The same pioneers as numbers and without their company, which would tell who they are."""
    numbers = pioneer_numbers(session, programme)
    order = {each: place for place, each in enumerate(numbers)}
    return [
        replace(row, name=numbers[row.id], company="", municipality_code=None)
        for row in sorted(rows, key=lambda row: order[row.id])
    ]


def own_pioneer_id(
    session: AnySession, programme: Programme, *, user_id: int, email: str
) -> int | None:
    """The pioneer that a user is: by account, or by the address that both have; None for nobody."""
    return session.scalar(
        select(Pioneer.id)
        .join(Person, Person.id == Pioneer.person_id)
        .where(
            Pioneer.programme_id == programme.id,
            or_(Pioneer.user_id == user_id, func.lower(Person.email) == email),
        )
        .order_by(Pioneer.ended_on.is_not(None), Pioneer.id)
        .limit(1)
    )


def standing_in(session: AnySession, pioneer_id: int, today: date) -> int | None:
    """Who is there for what a pioneer left behind: the pioneer while active, else the first active
    one in the line of successors; None when there is nobody."""
    seen: set[int] = set()
    following: int | None = pioneer_id
    while following is not None and following not in seen and len(seen) < LONGEST_LINE:
        seen.add(following)
        row = session.execute(
            select(Pioneer.appointed_on, Pioneer.ended_on, Pioneer.successor_id).where(
                Pioneer.id == following
            )
        ).first()
        if row is None:
            return None
        if is_active(row.appointed_on, row.ended_on, today):
            return following
        following = row.successor_id
    return None


def possible_successors(
    session: AnySession, programme: Programme, pioneer_id: int
) -> list[PioneerRow]:
    """Who can follow a pioneer: the others who are, or will be, one; by family name."""
    return [
        row
        for row in list_pioneers(session, programme)
        if row.id != pioneer_id and row.standing != Standing.FORMER
    ]


def count_pioneers(session: AnySession, programme: Programme, on: date) -> int:
    """How many pioneers had been appointed by `on`, former ones included."""
    return session.scalar(_counted(programme).where(Pioneer.appointed_on <= on)) or 0


def count_active(session: AnySession, programme: Programme, on: date) -> int:
    """How many pioneers were active on the day `on`."""
    query = _counted(programme).where(
        Pioneer.appointed_on <= on, or_(Pioneer.ended_on.is_(None), Pioneer.ended_on > on)
    )
    return session.scalar(query) or 0


def _counted(programme: Programme) -> Select[int]:
    return select(func.count(Pioneer.id)).where(Pioneer.programme_id == programme.id)
