"""The records behind a figure: a figure opens into as many of them as it counts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.companies.models import Company, Person
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence, Verdict
from pioneers.reach import ledger
from pioneers.reach.figures import KEY_OF, by_month, figures, knows_the_past, ledger_rows
from pioneers.reach.ledger import View
from pioneers.reach.models import CompanyStanding, Contact, Occasion, PersonStanding, Tally
from pioneers.reach.rules import Channel, Dimension, Scope
from pioneers.web.pagination import Page

AnySession = Session | scoped_session[Session]
SIZE = 50
COUNTED = 1000  # so many records are counted one by one for a page's total


@dataclass(frozen=True)
class Record:
    """One thing that a figure counts; `n` is more than one only for unnamed heads."""

    day: date
    channel: Channel
    evidence: Evidence | None
    company_id: int | None
    company_name: str
    person_id: int | None
    person_name: str
    occasion_id: int | None
    occasion_label: str
    fan_id: int | None
    pioneer_id: int | None
    contact_id: int | None
    activation_id: int | None
    n: int


def records(
    session: AnySession,
    programme: Programme,
    scope: Scope,
    measure: str,
    *,
    dimension: Dimension | None = None,
    key: str | None = None,
    page: int = 1,
    size: int = SIZE,
) -> Page[Record]:
    """A page of the records behind `measure` (a name of MEASURES), newest first.

    `dimension` and `key` narrow to one row of a breakdown ('' is what is not known). The page's
    total counts records, and beyond COUNTED takes the figure's word (`pioneers check` compares
    them); for unnamed heads it counts occasions, whose `n` add up to the figure.
    """
    rows = _narrowed(programme, scope, measure, dimension, key)
    few = select(rows.c.day).limit(COUNTED + 1).subquery("few")
    total = session.scalar(select(func.count()).select_from(few)) or 0
    if total > COUNTED and measure != "unnamed_heads":
        total = _figure(session, programme, scope, measure, dimension or Dimension.ALL, key or "")
    listed = _named(rows, measure).limit(size).offset((max(page, 1) - 1) * size)
    items = [_record(row) for row in session.execute(listed)]
    return Page(items=items, number=max(page, 1), size=size, total=total)


def _figure(
    session: AnySession,
    programme: Programme,
    scope: Scope,
    measure: str,
    dimension: Dimension,
    key: str,
) -> int:
    if dimension == Dimension.ALL:
        return int(getattr(figures(session, programme, scope), measure))
    months = by_month(session, programme, scope, dimension, key)
    return sum(getattr(measures, measure) for _, measures in months)


def all_records(
    session: AnySession,
    programme: Programme,
    scope: Scope,
    measure: str,
    *,
    dimension: Dimension | None = None,
    key: str | None = None,
) -> Any:
    """An iterator over every record behind `measure`, for an export; memory stays flat."""
    rows = _narrowed(programme, scope, measure, dimension, key)
    found = session.execute(_named(rows, measure).execution_options(yield_per=500))
    return (_record(row) for row in found)


def _narrowed(
    programme: Programme,
    scope: Scope,
    measure: str,
    dimension: Dimension | None,
    key: str | None,
) -> Any:
    source = _source(programme, scope, measure)
    wanted: list[Any] = [source.c.day <= scope.as_of]
    if scope.since is not None:
        wanted.append(source.c.day >= scope.since)
    if dimension is not None and dimension != Dimension.ALL and key is not None:
        column = source.c[KEY_OF[dimension]]
        wanted.append(column.is_(None) if key == "" else column == _typed(dimension, key))
        if not knows_the_past(scope, clock.today()):
            wanted += _days_of(programme, dimension, key, source.c.day)
    return select(source).where(*wanted).subquery("narrowed")


def _days_of(programme: Programme, dimension: Dimension, key: str, day: Any) -> list[Any]:
    """The days between which a key has facts, so that those of one event are found by its day."""
    days = (
        Tally.programme_id == programme.id,
        Tally.dimension == dimension,
        Tally.key == key,
    )
    first = select(func.min(Tally.day)).where(*days).scalar_subquery()
    last = select(func.max(Tally.day)).where(*days).scalar_subquery()
    return [day >= first, day <= last]


def _typed(dimension: Dimension, key: str) -> int | str:
    """A key as its column has it; an id that is none matches nothing."""
    if dimension in (Dimension.FAN, Dimension.PIONEER, Dimension.OCCASION):
        return int(key) if key.isdecimal() and len(key) < 16 else -1
    return key


def _source(programme: Programme, scope: Scope, measure: str) -> Any:
    """The rows behind a measure: from what is kept, or from the ledger for the past's knowledge."""
    if knows_the_past(scope, clock.today()):
        return ledger_rows(programme, scope)[measure]
    if measure in ("participations", "unnamed_heads"):
        return ledger.SELECTS[measure](View(programme)).subquery(measure)
    return kept_rows(programme, measure).subquery(measure)


def kept_rows(programme: Programme, measure: str) -> Select[Any]:
    """The standings in the ledger's shape."""
    of_people = measure in ("people", "activated_people")
    standing: Any = PersonStanding if of_people else CompanyStanding
    half = "activated" if measure.startswith("activated") else "aware"
    company = getattr(standing, f"{half}_company_id") if of_people else CompanyStanding.company_id
    profile = ledger.PROFILE
    day = getattr(standing, f"{half}_day")
    activation = standing.activation_id
    rows = (
        select(
            day.label("day"),
            profile.municipality_code.label("municipality"),
            profile.sector.label("sector"),
            profile.size_class.label("size"),
            getattr(standing, f"{half}_fan_id").label("fan"),
            getattr(standing, f"{half}_pioneer_id").label("pioneer"),
            getattr(standing, f"{half}_occasion_id").label("occasion"),
            _channel(standing, half).label("channel"),
            company.label("company_id"),
            (PersonStanding.person_id if of_people else ledger.nobody()).label("person_id"),
            (standing.aware_contact_id if half == "aware" else ledger.nobody()).label("contact_id"),
            activation.label("activation_id"),
            profile.target_verdict.label("verdict"),
            ledger.one().label("n"),
        )
        .select_from(standing)
        .outerjoin(profile, and_(profile.company_id == company, profile.known_to.is_(None)))
        .where(standing.programme_id == programme.id, day.is_not(None))
    )
    if measure == "companies_in_target_group":
        rows = rows.where(profile.target_verdict == Verdict.YES)
    return rows


def _channel(standing: Any, half: str) -> Any:
    return standing.aware_channel if half == "aware" else ledger.by_activation()


def _named(rows: Any, measure: str) -> Select[Any]:
    """The rows with the names that a list shows, newest first: the order of an index."""
    if measure in ("participations", "unnamed_heads"):
        latest = rows.c.contact_id
    else:
        latest = rows.c.person_id if measure.endswith("people") else rows.c.company_id
    return (
        select(
            rows,
            Company.name.label("company_name"),
            Person.first_name,
            Person.initials,
            Person.infix,
            Person.family_name,
            Occasion.label.label("occasion_label"),
            Contact.evidence,
        )
        .select_from(rows)
        .outerjoin(Company, Company.id == rows.c.company_id)
        .outerjoin(Person, Person.id == rows.c.person_id)
        .outerjoin(Occasion, Occasion.id == rows.c.occasion)
        .outerjoin(Contact, Contact.id == rows.c.contact_id)
        .order_by(rows.c.day.desc(), latest.desc())
    )


def _record(row: Any) -> Record:
    name = (row.first_name or row.initials, row.infix, row.family_name)
    return Record(
        day=row.day,
        channel=Channel(row.channel),
        evidence=row.evidence,
        company_id=row.company_id,
        company_name=row.company_name or "",
        person_id=row.person_id,
        person_name=" ".join(part for part in name if part),
        occasion_id=row.occasion,
        occasion_label=row.occasion_label or "",
        fan_id=row.fan,
        pioneer_id=row.pioneer,
        contact_id=row.contact_id,
        activation_id=row.activation_id,
        n=int(row.n),
    )
