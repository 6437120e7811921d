"""The one counting query: pages, exports, reports and commands all ask here.

What is known now is summed from the tallies; what was known on an earlier day is counted from the
ledger. Both follow the same definitions (ledger.py), and `pioneers check` compares them.
"""

import operator
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, String, bindparam, cast, func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Indicator, Unit, Verdict, default_day
from pioneers.reach import ledger
from pioneers.reach.ledger import View
from pioneers.reach.models import Tally
from pioneers.reach.rules import MEASURES, Breakdown, Dimension, Measures, Scope

AnySession = Session | scoped_session[Session]
OF = operator.attrgetter(*MEASURES)  # the figures of Measures, in its order


def current_scope(programme: Programme, today: date) -> Scope:
    """What is meant when nobody says otherwise: all until today, or the programme's last day."""
    return Scope(
        as_of=default_day(today=today, starts_on=programme.starts_on, ends_on=programme.ends_on)
    )


def knows_the_past(scope: Scope, today: date) -> bool:
    """Whether the scope asks for what was known on an earlier day."""
    return scope.known_on is not None and scope.known_on < today


def figures(session: AnySession, programme: Programme, scope: Scope) -> Measures:
    """The figures of the scope."""
    rows = _grouped(session, programme, scope, Dimension.ALL, by_day=False)
    return rows[0][1] if rows else Measures()


def by_month(
    session: AnySession,
    programme: Programme,
    scope: Scope,
    dimension: Dimension = Dimension.ALL,
    key: str = "",
) -> list[tuple[date, Measures]]:
    """Each month with facts (its first day) and that month's own figures, in order of time.

    `dimension` and `key` narrow to one row of a breakdown ('' is what is not known).
    """
    months: dict[date, list[tuple[int, ...]]] = {}
    for day, measures in _grouped(session, programme, scope, dimension, by_day=True, key=key):
        months.setdefault(day.replace(day=1), []).append(OF(measures))
    return [
        (month, Measures(*map(sum, zip(*months[month], strict=True)))) for month in sorted(months)
    ]


def by_day(session: AnySession, programme: Programme, scope: Scope) -> list[tuple[date, Measures]]:
    """Each day with facts and that day's own figures, in order of time."""
    return _grouped(session, programme, scope, Dimension.ALL, by_day=True)


def breakdown(
    session: AnySession, programme: Programme, scope: Scope, dimension: Dimension
) -> Breakdown:
    """The figures for each key of a dimension (largest first), which add up to the total."""
    rows = [
        (key, measures)
        for key, measures in _grouped(session, programme, scope, dimension, by_day=False)
        if any(getattr(measures, name) for name in MEASURES)
    ]
    rows.sort(key=lambda row: (row[0] == "", -row[1].participations, row[0]))
    total = figures(session, programme, scope)
    return Breakdown(dimension=dimension.value, rows=rows, total=total)


def target_value(programme: Programme, indicator: Indicator, measures: Measures) -> int:
    """The figure that an indicator's target is compared with, in the programme's unit."""
    if indicator == Indicator.AWARE:
        return measures.people if programme.aware_unit == Unit.PEOPLE else measures.companies
    if programme.activated_unit == Unit.PEOPLE:
        return measures.activated_people
    return measures.activated_companies


def reached_on(
    days: Sequence[tuple[date, Measures]], programme: Programme, indicator: Indicator, value: int
) -> date | None:
    """The day on which the indicator first stood at `value`, given `by_day`'s answer."""
    total = 0
    for day, measures in days:
        total += target_value(programme, indicator, measures)
        if total >= value:
            return day
    return None


def _grouped(
    session: AnySession,
    programme: Programme,
    scope: Scope,
    dimension: Dimension,
    *,
    by_day: bool,
    key: str = "",
) -> list[tuple[Any, Measures]]:
    """Sums by key of the dimension; or by day, of one of its keys."""
    if knows_the_past(scope, clock.today()):
        return _from_ledger(session, programme, scope, dimension, by_day=by_day, key=key)
    given = {"programme_id": programme.id, "dimension": dimension, "as_of": scope.as_of}
    given |= {"key": key, "since": scope.since}
    rows = session.execute(_sums(by_day, scope.since is not None), given)
    return [(group, Measures(*map(int, sums))) for group, *sums in rows]


@cache  # on every page with a figure
def _sums(by_day: bool, since: bool) -> Select[*tuple[Any, ...]]:
    """The sums of all measures (in the order of Measures), by day of one key or by key."""
    group: Any = Tally.day if by_day else Tally.key
    sums = (func.sum(getattr(Tally, measure)) for measure in MEASURES)
    wanted = [
        Tally.programme_id == bindparam("programme_id"),
        Tally.dimension == bindparam("dimension"),
        Tally.day <= bindparam("as_of"),
    ]
    if by_day:
        wanted.append(Tally.key == bindparam("key"))
    if since:
        wanted.append(Tally.day >= bindparam("since"))
    statement: Select[*tuple[Any, ...]] = (
        select(group, *sums).where(*wanted).group_by(group).order_by(group)
    )
    return statement


def _within(day: Any, scope: Scope) -> list[Any]:
    since = [] if scope.since is None else [day >= scope.since]
    return [day <= scope.as_of, *since]


KEY_OF = {
    Dimension.MUNICIPALITY: "municipality",
    Dimension.SECTOR: "sector",
    Dimension.SIZE: "size",
    Dimension.FAN: "fan",
    Dimension.PIONEER: "pioneer",
    Dimension.OCCASION: "occasion",
    Dimension.CHANNEL: "channel",
}


def key_text(value: Any) -> str:
    """A ledger's value as a tally's key; '' where it is not known."""
    return "" if value is None else str(value)


def _from_ledger(
    session: AnySession,
    programme: Programme,
    scope: Scope,
    dimension: Dimension,
    *,
    by_day: bool,
    key: str,
) -> list[tuple[Any, Measures]]:
    counted: dict[Any, dict[str, int]] = {}
    for measure, rows in ledger_rows(programme, scope).items():
        group = rows.c.day if by_day else None
        if group is None and dimension != Dimension.ALL:
            group = rows.c[KEY_OF[dimension]]
        columns: list[Any] = [func.sum(rows.c.n)]
        statement = select(*columns) if group is None else select(*columns, group).group_by(group)
        if by_day and dimension != Dimension.ALL:
            column = rows.c[KEY_OF[dimension]]
            one = column.is_(None) if key == "" else cast(column, String) == key
            statement = statement.where(one)
        for number, *group_key in session.execute(statement):
            if number is None:
                continue
            name = group_key[0] if by_day else key_text(group_key[0] if group_key else None)
            row = counted.setdefault(name, dict.fromkeys(MEASURES, 0))
            row[measure] += int(number)
    return [(name, Measures(**counted[name])) for name in sorted(counted)]


def ledger_rows(programme: Programme, scope: Scope) -> dict[str, Any]:
    """For each measure the rows behind it, as a subquery, as known in the scope."""
    known_at = None if scope.known_on is None else clock.end_of_day(scope.known_on)
    view = View(programme, known_at)
    found: dict[str, Any] = {}
    for measure, statement in ledger.SELECTS.items():
        found[measure] = _scoped(statement(view), scope).subquery(measure)
    companies = found["companies"]
    in_group = select(companies).where(companies.c.verdict == Verdict.YES)
    found["companies_in_target_group"] = in_group.subquery("companies_in_target_group")
    return found


def _scoped(statement: Select[Any], scope: Scope) -> Select[Any]:
    rows = statement.subquery()
    return select(rows).where(*_within(rows.c.day, scope))
