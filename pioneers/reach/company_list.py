"""Reads of the list of companies."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.companies.models import Company, CompanyProfile
from pioneers.companies.rules import SizeClass
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Verdict
from pioneers.reach.models import CompanyStanding
from pioneers.reach.scanning import Order, Stretch, every, stretch
from pioneers.search.models import Kind
from pioneers.search.queries import find

AnySession = Session | scoped_session[Session]
FOUND = 500  # records that one search looks at
EXPORT = 1000  # rows of an export at a time


class Sorting(enum.StrEnum):
    """The orders of the list."""

    NAME = "naam"
    NEWEST = "nieuw"


@dataclass(frozen=True)
class CompanyFilters:
    """Which companies are listed; None or empty leaves a filter out."""

    text: str = ""
    municipality: str | None = None
    sector: str | None = None
    size: SizeClass | None = None
    verdict: Verdict | None = None
    aware: bool | None = None
    activated: bool | None = None
    sorting: Sorting = Sorting.NAME


@dataclass(frozen=True)
class CompanyRow:
    """A company as the list shows it."""

    id: int
    name: str
    kvk_number: str | None
    municipality_code: str | None
    postcode: str | None
    employees: int | None
    target_verdict: Verdict
    sector: str | None
    size: SizeClass | None
    aware_on: date | None
    activated_on: date | None


def list_companies(
    session: AnySession,
    programme: Programme,
    filters: CompanyFilters,
    *,
    after: int | None = None,
    size: int = 50,
) -> Stretch[CompanyRow]:
    """A page of the programme's companies, by name or newest first; merged ones are left out."""
    order = Order(Company, Company.name_key)
    if filters.sorting == Sorting.NEWEST:
        order = Order(Company, None, descending=True)
    programme_id: Any = Company.programme_id
    if filters.text or filters.sorting == Sorting.NEWEST:
        # keep away from the index on the name: it would be walked whole for another order or key
        programme_id = Company.programme_id + 0
    base = select(Company.id).where(programme_id == programme.id, Company.merged_into_id.is_(None))
    if filters.text:
        base = base.where(Company.id.in_(_found(session, programme, filters.text)))
    found = stretch(
        session,
        base=base,
        order=order,
        narrow=lambda ids: _rows(ids, filters),
        after=after,
        size=size,
    )
    return Stretch([CompanyRow(*row) for row in found.items], found.after, found.looked)


def all_companies(
    session: AnySession, programme: Programme, filters: CompanyFilters
) -> Iterator[CompanyRow]:
    """Every company of the list, for an export."""
    return every(
        lambda after: list_companies(session, programme, filters, after=after, size=EXPORT)
    )


def _found(session: AnySession, programme: Programme, text: str) -> list[int]:
    hits = find(session, programme_id=programme.id, text=text, kinds=(Kind.COMPANY,), limit=FOUND)
    return [hit.record_id for hit in hits]


def _rows(ids: Any, filters: CompanyFilters) -> Select[*tuple[Any, ...]]:
    rows: Select[*tuple[Any, ...]] = (
        select(
            Company.id,
            Company.name,
            Company.kvk_number,
            Company.municipality_code,
            Company.postcode,
            Company.employees,
            Company.target_verdict,
            CompanyProfile.sector,
            CompanyProfile.size_class,
            CompanyStanding.aware_day,
            CompanyStanding.activated_day,
        )
        .select_from(Company)
        .join(ids, ids.c.id == Company.id)
        .outerjoin(
            CompanyProfile,
            and_(CompanyProfile.company_id == Company.id, CompanyProfile.known_to.is_(None)),
        )
        .outerjoin(CompanyStanding, CompanyStanding.company_id == Company.id)
        .where(*_conditions(filters))
    )
    return rows


def _conditions(filters: CompanyFilters) -> list[Any]:
    wanted: list[Any] = []
    if filters.municipality is not None:
        wanted.append(_is(Company.municipality_code, filters.municipality))
    if filters.sector is not None:
        wanted.append(_is(CompanyProfile.sector, filters.sector))
    if filters.size is not None:
        wanted.append(CompanyProfile.size_class == filters.size)
    if filters.verdict is not None:
        wanted.append(Company.target_verdict == filters.verdict)
    for answer, day in (
        (filters.aware, CompanyStanding.aware_day),
        (filters.activated, CompanyStanding.activated_day),
    ):
        if answer is not None:
            wanted.append(day.is_not(None) if answer else day.is_(None))
    return wanted


UNKNOWN = "-"


def _is(column: Any, value: str) -> Any:
    return column.is_(None) if value == UNKNOWN else column == value
