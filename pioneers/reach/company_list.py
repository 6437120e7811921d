"""Reads of the list of companies."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.companies.models import Company, CompanyProfile
from pioneers.companies.rules import SizeClass
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Verdict
from pioneers.reach.by_word import by_word
from pioneers.reach.models import CompanyStanding
from pioneers.reach.scanning import LOOK, Listing, Order, Stretch, every, stretch
from pioneers.search.models import Kind
from pioneers.search.queries import Matches

AnySession = Session | scoped_session[Session]
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


class CompanyRow(NamedTuple):
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
    found = _found(session, programme, filters, thorough=_narrowed(filters))
    return _page(session, programme, filters, found, after=after, size=size)


def _narrowed(filters: CompanyFilters) -> bool:
    """Whether more than words is asked for: of a few that match the words, it might drop all."""
    return filters != CompanyFilters(text=filters.text, sorting=filters.sorting)


def _found(
    session: AnySession, programme: Programme, filters: CompanyFilters, *, thorough: bool
) -> Matches | None:
    if not filters.text:
        return None
    return by_word(session, programme, Kind.COMPANY, filters.text, thorough=thorough)


def _page(
    session: AnySession,
    programme: Programme,
    filters: CompanyFilters,
    found: Matches | None,
    *,
    after: int | None,
    size: int,
) -> Stretch[CompanyRow]:
    values = _values(programme, filters, found)
    part = stretch(session, _listing(_shape(filters)), values, after=after, size=size)
    rows = [CompanyRow(*row) for row in part.items]
    return replace(part, items=rows, is_all=found is None or found.is_all)


def _shape(filters: CompanyFilters) -> CompanyFilters:
    """The filters without what is given as a parameter: lists of one shape share a statement."""

    def given(value: str | None) -> str | None:
        return value if value in (None, UNKNOWN) else ""

    return replace(
        filters,
        text="*" if filters.text else "",
        municipality=given(filters.municipality),
        sector=given(filters.sector),
        size=filters.size and SizeClass.MICRO,
        verdict=filters.verdict and Verdict.YES,
    )


def _values(programme: Programme, filters: CompanyFilters, found: Matches | None) -> dict[str, Any]:
    """The parameters of the statement."""
    values: dict[str, Any] = {
        "programme_id": programme.id,
        "municipality": filters.municipality,
        "sector": filters.sector,
        "size": filters.size,
        "verdict": filters.verdict,
    }
    if found is not None:
        values["found"] = found.ids
    return values


@lru_cache(maxsize=64)
def _listing(shape: CompanyFilters) -> Listing:
    order = Order(Company, Company.name_key)
    if shape.sorting == Sorting.NEWEST:
        order = Order(Company, None, descending=True)
    programme_id: Any = Company.programme_id
    if shape.text or shape.sorting == Sorting.NEWEST:
        # keep away from the index on the name: it would be walked whole for another order or key
        programme_id = Company.programme_id + 0
    base = select(Company.id).where(programme_id == bindparam("programme_id"))
    if shape.text:
        base = base.where(Company.id.in_(bindparam("found", expanding=True)))
    wanted = _conditions(shape)
    merged = Company.merged_into_id.is_(None)
    if not wanted:
        base = base.where(merged)
    # With conditions, the rows that are looked at are read from the index alone.
    return Listing(
        base=base,
        order=order,
        narrow=lambda ids: _rows(ids).where(merged, *wanted),
        narrows=bool(wanted),
    )


def all_companies(
    session: AnySession, programme: Programme, filters: CompanyFilters
) -> Iterator[CompanyRow]:
    """Every company of the list, for an export; by words at most `by_word.BOUND`."""
    found = _found(session, programme, filters, thorough=True)
    size = EXPORT if found is None else LOOK - 1  # ids by the thousand are slow to hand over
    return every(lambda after: _page(session, programme, filters, found, after=after, size=size))


def _rows(ids: Any) -> Select[*tuple[Any, ...]]:
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
        # In this order: most filters drop rows by their standing, before the rest of them is read.
        .select_from(ids)
        .outerjoin(CompanyStanding, CompanyStanding.company_id == ids.c.id)
        .join(Company, Company.id == ids.c.id)
        .outerjoin(
            CompanyProfile,
            and_(CompanyProfile.company_id == ids.c.id, CompanyProfile.known_to.is_(None)),
        )
    )
    return rows


def _conditions(filters: CompanyFilters) -> list[Any]:
    wanted: list[Any] = []
    if filters.municipality is not None:
        wanted.append(_is(Company.municipality_code, "municipality", filters.municipality))
    if filters.sector is not None:
        wanted.append(_is(CompanyProfile.sector, "sector", filters.sector))
    if filters.size is not None:
        wanted.append(CompanyProfile.size_class == bindparam("size"))
    if filters.verdict is not None:
        wanted.append(Company.target_verdict == bindparam("verdict"))
    for answer, day in (
        (filters.aware, CompanyStanding.aware_day),
        (filters.activated, CompanyStanding.activated_day),
    ):
        if answer is not None:
            wanted.append(day.is_not(None) if answer else day.is_(None))
    return wanted


UNKNOWN = "-"


def _is(column: Any, name: str, value: str) -> Any:
    return column.is_(None) if value == UNKNOWN else column == bindparam(name)
