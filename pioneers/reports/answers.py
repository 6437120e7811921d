"""From filters to figures: the one way in which the pages and exports of a breakdown ask."""

from dataclasses import replace

from sqlalchemy.orm import Session, scoped_session

from pioneers.programmes.models import Programme
from pioneers.reach.figures import breakdown, by_month, figures
from pioneers.reach.rules import Dimension, Measures, Scope
from pioneers.reports import tables
from pioneers.reports.forms import Filters
from pioneers.reports.queries import key_names
from pioneers.reports.rules import DIMENSIONS, By, month_end, month_of
from pioneers.reports.tables import BreakdownTable
from pioneers.web.errors import NotFound

AnySession = Session | scoped_session[Session]


def ask_breakdown(
    session: AnySession,
    programme: Programme,
    filters: Filters,
    by: By,
    *,
    see_people: bool,
    page: int = 1,
) -> BreakdownTable:
    """A page of the table of a dimension; its total is counted apart from its rows."""
    if by == By.MONTH:
        parts = tables.month_parts(by_month(session, programme, filters.scope))
        total = figures(session, programme, filters.scope)
    else:
        answer = breakdown(session, programme, filters.scope, DIMENSIONS[by])
        parts, total = list(answer.rows), answer.total
    keys = [key for key, _figures in parts]
    names = key_names(session, programme, by, keys, see_people=see_people)
    return tables.breakdown_table(programme, filters, by, parts, total, names, page)


def narrowed(scope: Scope, by: By | None, key: str | None) -> tuple[Scope, Dimension | None]:
    """The scope and dimension in which the records of a breakdown's row lie.

    Raises NotFound for a month that is none.
    """
    if by is None or key is None:
        return scope, None
    if by != By.MONTH:
        return scope, DIMENSIONS[by]
    first = month_of(key)
    if first is None:
        raise NotFound
    since = first if scope.since is None else max(first, scope.since)
    return replace(scope, since=since, as_of=min(month_end(first), scope.as_of)), None


def ask_one(
    session: AnySession, programme: Programme, scope: Scope, by: By | None, key: str | None
) -> tuple[list[tuple[str, Measures]], Measures]:
    """The months of one row of a breakdown (or of everything), and that row's own figures.

    The row's figures are those that the breakdown shows; the months are counted by themselves.
    """
    inner, dimension = narrowed(scope, by, key)
    if dimension is None or key is None:
        months = by_month(session, programme, inner)
    else:
        months = by_month(session, programme, inner, dimension, key)
    return tables.month_parts(months), ask_figures(session, programme, scope, by, key)


def ask_figures(
    session: AnySession, programme: Programme, scope: Scope, by: By | None, key: str | None
) -> Measures:
    """The figures of one row of a breakdown (as the breakdown shows them), or of everything."""
    inner, dimension = narrowed(scope, by, key)
    if dimension is None or key is None:
        return figures(session, programme, inner)
    return dict(breakdown(session, programme, inner, dimension).rows).get(key, Measures())
