"""Reads of the list of people."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, aliased, scoped_session

from pioneers.companies.models import Company, Employment, Person
from pioneers.companies.names import PersonName, display_name
from pioneers.programmes.models import Programme
from pioneers.reach.by_word import by_word
from pioneers.reach.models import PersonStanding
from pioneers.reach.scanning import LOOK, Listing, Order, Stretch, every, stretch
from pioneers.search.models import Kind
from pioneers.search.queries import Matches

AnySession = Session | scoped_session[Session]
EXPORT = 500


@dataclass(frozen=True)
class PersonFilters:
    """Which people are listed; None or empty leaves a filter out."""

    text: str = ""
    aware: bool | None = None


class PersonRow(NamedTuple):
    """A person as the list shows one; the company is the one they joined last."""

    id: int
    name: str
    email: str | None
    function: str
    company_id: int | None
    company_name: str
    aware_on: date | None


def list_people(
    session: AnySession,
    programme: Programme,
    filters: PersonFilters,
    *,
    after: int | None = None,
    size: int = 50,
) -> Stretch[PersonRow]:
    """A page of the programme's people by family name, without merged and erased ones."""
    found = _found(session, programme, filters, thorough=filters.aware is not None)
    return _page(session, programme, filters, found, after=after, size=size)


def _page(
    session: AnySession,
    programme: Programme,
    filters: PersonFilters,
    found: Matches | None,
    *,
    after: int | None,
    size: int,
) -> Stretch[PersonRow]:
    values: dict[str, Any] = {"programme_id": programme.id}
    if found is not None:
        values["found"] = found.ids
    listing = _listing(found is not None, filters.aware)
    part = stretch(session, listing, values, after=after, size=size)
    companies = present_companies(session, [row.id for row in part.items])
    rows = [_row(row, companies) for row in part.items]
    return replace(part, items=rows, is_all=found is None or found.is_all)


def all_people(
    session: AnySession, programme: Programme, filters: PersonFilters
) -> Iterator[PersonRow]:
    """Everybody in the list, for an export; by words at most `by_word.BOUND`."""
    found = _found(session, programme, filters, thorough=True)
    size = EXPORT if found is None else LOOK - 1  # ids by the thousand are slow to hand over
    return every(lambda after: _page(session, programme, filters, found, after=after, size=size))


def _found(
    session: AnySession, programme: Programme, filters: PersonFilters, *, thorough: bool
) -> Matches | None:
    """The people that the words are about; the filter might drop all of a few, so it gets all."""
    if not filters.text:
        return None
    return by_word(session, programme, Kind.PERSON, filters.text, thorough=thorough)


@cache
def _listing(by_text: bool, aware: bool | None) -> Listing:
    programme_id: Any = Person.programme_id
    if by_text:  # keep away from the index on the name: it would be walked whole
        programme_id = Person.programme_id + 0
    base = select(Person.id).where(
        programme_id == bindparam("programme_id"),
        Person.merged_into_id.is_(None),
        Person.erased_at.is_(None),
    )
    if by_text:
        base = base.where(Person.id.in_(bindparam("found", expanding=True)))
    return Listing(
        base=base,
        order=Order(Person, Person.name_key),
        narrow=lambda ids: _rows(ids, aware),
        narrows=aware is not None,
    )


def _rows(ids: Any, aware: bool | None) -> Select[*tuple[Any, ...]]:
    rows: Select[*tuple[Any, ...]] = (
        select(
            Person.id,
            Person.first_name,
            Person.initials,
            Person.infix,
            Person.family_name,
            Person.email,
            Person.function,
            PersonStanding.aware_day,
        )
        .select_from(ids)
        .outerjoin(PersonStanding, PersonStanding.person_id == ids.c.id)
        .join(Person, Person.id == ids.c.id)
    )
    if aware is None:
        return rows
    day = PersonStanding.aware_day
    return rows.where(day.is_not(None) if aware else day.is_(None))


def _row(row: Any, companies: dict[int, tuple[int, str]]) -> PersonRow:
    company_id, company_name = companies.get(row.id, (None, ""))
    return PersonRow(
        id=row.id,
        name=display_name(PersonName(row.first_name, row.initials, row.infix, row.family_name)),
        email=row.email,
        function=row.function,
        company_id=company_id,
        company_name=company_name,
        aware_on=row.aware_day,
    )


_became = aliased(Company)
PRESENT = (
    select(
        Employment.person_id,
        Company.id,
        Company.name,
        _became.id.label("became_id"),
        _became.name.label("became_name"),
    )
    .join(Company, Company.id == Employment.company_id)
    .outerjoin(_became, _became.id == Company.merged_into_id)
    .where(
        Employment.person_id.in_(bindparam("person_ids", expanding=True)),
        Employment.to_day.is_(None),
    )
    .order_by(Employment.from_day, Employment.id)
)


def present_companies(session: AnySession, person_ids: Iterable[int]) -> dict[int, tuple[int, str]]:
    """The company (id, name) that each person joined last and has not left."""
    rows = session.execute(PRESENT, {"person_ids": list(person_ids)})
    return {row.person_id: (row.became_id or row.id, row.became_name or row.name) for row in rows}
