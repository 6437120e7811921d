"""The records behind a figure: a figure opens into as many of them as it counts."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, and_, bindparam, func, literal_column, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.companies.models import Company, Person
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence, Verdict
from pioneers.reach import ledger
from pioneers.reach.figures import KEY_OF, by_month, figures, knows_the_past, ledger_rows
from pioneers.reach.ledger import ByParameters, View
from pioneers.reach.models import CompanyStanding, Contact, Occasion, PersonStanding, Tally
from pioneers.reach.rules import Channel, Dimension, Scope
from pioneers.web.pagination import Page

AnySession = Session | scoped_session[Session]
SIZE = 50
SHOWN: tuple[str, ...] = ("day", "channel", "company_id", "person_id", "occasion", "fan", "pioneer")
SHOWN += ("contact_id", "activation_id", "n")
COUNTED = 1000  # so many records are counted one by one for a page's total


class Record(NamedTuple):
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
    figure: int | None = None,
) -> Page[Record]:
    """A page of the records behind `measure` (a name of MEASURES), newest first.

    `dimension` and `key` narrow to one row of a breakdown ('' is what is not known). `figure` is
    what the figure says, where the caller has asked already. The page's total counts records, and
    beyond COUNTED takes the figure's word as long as the page is as full as that says (`pioneers
    check` compares them all); for unnamed heads it counts occasions, whose `n` add up to it.
    """
    asked = _asked(programme, scope, measure, dimension, key)
    before = (max(page, 1) - 1) * size
    statement = asked.lists.page(size, from_start=not before)
    items = [_record(row) for row in session.execute(statement, asked.values | {"before": before})]
    if figure is None and measure != "unnamed_heads":
        figure = _figure(session, programme, scope, measure, dimension or Dimension.ALL, key or "")
    total = 0 if measure == "unnamed_heads" else figure or 0
    if total <= COUNTED or len(items) < min(size, total - before):
        total = session.scalar(asked.lists.count, asked.values) or 0
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
    asked = _asked(programme, scope, measure, dimension, key)
    found = session.execute(asked.lists.all.execution_options(yield_per=500), asked.values)
    return (_record(row) for row in found)


@dataclass(frozen=True)
class _Asked:
    """The statements of a list of records and their parameters."""

    lists: "_Lists"
    values: dict[str, Any]


def _asked(
    programme: Programme,
    scope: Scope,
    measure: str,
    dimension: Dimension | None,
    key: str | None,
) -> _Asked:
    values = {"programme_id": programme.id, "as_of": scope.as_of, "since": scope.since}
    if dimension == Dimension.ALL or key is None:
        dimension = None
    if dimension is not None and key:
        values |= {"key": _typed(dimension, key), "tally_key": key}
    shape = _Shape(measure, scope.since is not None, dimension, unknown=not key)
    if knows_the_past(scope, clock.today()):
        past = ledger_rows(programme, scope)[measure]
        return _Asked(_Lists(measure, select(past).where(*_wanted(past, shape))), values)
    return _Asked(_lists(shape), values)


@dataclass(frozen=True)
class _Shape:
    """What the text of a statement depends on; the rest are parameters."""

    measure: str
    since: bool
    dimension: Dimension | None
    unknown: bool


@lru_cache(maxsize=128)  # building these statements takes ten times what running them does
def _lists(shape: _Shape) -> "_Lists":
    """The lists of what is known now: from what is kept, or from the ledger where that is quick."""
    if shape.measure in ("participations", "unnamed_heads"):
        source = ledger.SELECTS[shape.measure](View(ByParameters())).subquery(shape.measure)
    else:
        source = kept_rows(ByParameters(), shape.measure).subquery(shape.measure)
    wanted = _wanted(source, shape)
    if shape.dimension is not None:
        wanted += _days_of(shape.dimension, shape.unknown, source.c.day)
    return _Lists(shape.measure, select(source).where(*wanted))


def _wanted(source: Any, shape: _Shape) -> list[Any]:
    wanted: list[Any] = [source.c.day <= bindparam("as_of")]
    if shape.since:
        wanted.append(source.c.day >= bindparam("since"))
    if shape.dimension is not None:
        column = source.c[KEY_OF[shape.dimension]]
        wanted.append(column.is_(None) if shape.unknown else column == bindparam("key"))
    return wanted


def _days_of(dimension: Dimension, unknown: bool, day: Any) -> list[Any]:
    """The days between which a key has facts, so that those of one event are found by its day."""
    days = (
        Tally.programme_id == ByParameters.id,
        Tally.dimension == dimension,
        Tally.key == ("" if unknown else bindparam("tally_key")),
    )
    first = select(func.min(Tally.day)).where(*days).scalar_subquery()
    last = select(func.max(Tally.day)).where(*days).scalar_subquery()
    return [day >= first, day <= last]


def _typed(dimension: Dimension, key: str) -> int | str:
    """A key as its column has it; an id that is none matches nothing."""
    if dimension in (Dimension.FAN, Dimension.PIONEER, Dimension.OCCASION):
        return int(key) if key.isdecimal() and len(key) < 16 else -1
    return key


def kept_rows(programme: Programme | ByParameters, measure: str) -> Select[Any]:
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


class _Lists:
    """The statements about the rows behind a measure."""

    def __init__(self, measure: str, rows: Select[Any]) -> None:
        source = rows.subquery("narrowed")
        if measure in ("participations", "unnamed_heads"):
            latest = source.c.contact_id
        else:
            latest = source.c.person_id if measure.endswith("people") else source.c.company_id
        self._order = (source.c.day.desc(), latest.desc())  # the order of an index
        self._source, self._latest = source, latest.name
        few = select(source.c.day).limit(COUNTED + 1).subquery("few")
        self.count = select(func.count()).select_from(few)
        self._pages: dict[tuple[int, bool], Select[Any]] = {}

    def page(self, size: int, *, from_start: bool) -> Select[Any]:
        """So many rows with their names, from the start or after `before` others."""
        key = (size, from_start)
        if key not in self._pages:
            # The size is part of the text: PostgreSQL keeps no plan for a limit it cannot see.
            few = self._plain().order_by(*self._order).limit(literal_column(str(size), Integer))
            if not from_start:
                few = few.offset(bindparam("before", type_=Integer))
            self._pages[key] = self._named(few.subquery("few"))
        return self._pages[key]

    @cached_property
    def all(self) -> Select[Any]:
        """Every row with its names."""
        return self._named(self._plain().subquery("every"))

    def _plain(self) -> Select[Any]:
        return select(*(self._source.c[name] for name in SHOWN))

    def _named(self, rows: Any) -> Select[Any]:
        """The rows with the names that a list shows, newest first."""
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
            .order_by(rows.c.day.desc(), rows.c[self._latest].desc())
        )


CHANNEL_OF = {channel.value: channel for channel in Channel}


def _record(row: Any) -> Record:
    """A row of `_named`: what is SHOWN, then the names."""
    (day, channel, company_id, person_id, occasion_id, fan_id, pioneer_id, contact_id) = row[:8]
    (activation_id, n, company, first, initials, infix, family, occasion, evidence) = row[8:]
    return Record(
        day=day,
        channel=CHANNEL_OF[channel],
        evidence=evidence,
        company_id=company_id,
        company_name=company or "",
        person_id=person_id,
        person_name=" ".join(filter(None, (first or initials, infix, family))),
        occasion_id=occasion_id,
        occasion_label=occasion or "",
        fan_id=fan_id,
        pioneer_id=pioneer_id,
        contact_id=contact_id,
        activation_id=activation_id,
        n=int(n),
    )
