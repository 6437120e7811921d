"""Tables of figures: the same rows for the page and for its export."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from pioneers import clock
from pioneers.programmes.models import Programme
from pioneers.reach.rules import Measures, Scope
from pioneers.reports import labels, links
from pioneers.reports.forms import Filters
from pioneers.reports.rules import (
    By,
    Measure,
    added,
    measure_for,
    month_key,
    month_of,
    shown_measures,
)
from pioneers.reports.statement import Statement
from pioneers.web import charts
from pioneers.web.formats import day, number
from pioneers.web.formats import month as month_words
from pioneers.web.pagination import SIZE
from pioneers.web.sheets import Cell


@dataclass(frozen=True)
class FigureCell:
    """A figure with the records that it opens into."""

    label: str
    shown: str
    href: str
    current: bool = False


@dataclass(frozen=True)
class FigureRow:
    """A row of a breakdown."""

    key: str
    name: str
    cells: Sequence[FigureCell]


@dataclass(frozen=True)
class BreakdownTable:
    """A breakdown: the rows of a page, its total, and whether all parts are the total."""

    by: By
    rows: Sequence[FigureRow]
    header: Sequence[FigureCell]
    total: Sequence[FigureCell]
    adds_up: bool
    whole: Measures
    lead: str
    bars: charts.BarChart
    parts: Sequence[tuple[str, Measures]]
    names: dict[str, str]


def breakdown_table(
    programme: Programme,
    filters: Filters,
    by: By,
    parts: Sequence[tuple[str, Measures]],
    total: Measures,
    names: dict[str, str],
    page: int = 1,
) -> BreakdownTable:
    """The page's table; `total` was counted apart from `parts`, which must add up to it.

    Only the rows of `page` are put in words: all of them would take longer than their figures.
    """
    measures = shown_measures(programme.activated_unit)
    ordered = in_order(by, filters.measure, parts)
    named = {key: names.get(key, _("Unknown (%(key)s)", key=key)) for key, _figures in ordered}

    def cells(figures: Measures, key: str | None) -> list[FigureCell]:
        return [
            FigureCell(
                str(labels.SHORT[measure]),
                number(measure.of(figures)),
                links.records(programme, filters, measure, by if key is not None else None, key),
                measure == filters.measure,
            )
            for measure in measures
        ]

    return BreakdownTable(
        by=by,
        rows=[
            FigureRow(key, named[key], cells(figures, key))
            for key, figures in ordered[(page - 1) * SIZE : page * SIZE]
        ],
        header=[_head(programme, filters, by, measure) for measure in measures],
        total=cells(total, None),
        adds_up=added(figures for _key, figures in parts) == total,
        whole=total,
        lead=_lead(filters.measure, total, ordered, named),
        bars=_bars(programme, filters, by, ordered, named),
        parts=ordered,
        names=named,
    )


def in_order(
    by: By, measure: Measure, parts: Sequence[tuple[str, Measures]]
) -> list[tuple[str, Measures]]:
    """Months in order of time; others largest first, what is not known last."""
    if by == By.MONTH:
        return sorted(parts, key=lambda part: part[0])
    return sorted(parts, key=lambda part: (part[0] == "", -measure.of(part[1]), part[0]))


def month_parts(months: Sequence[tuple[date, Measures]]) -> list[tuple[str, Measures]]:
    """Months as rows of a breakdown."""
    return [(month_key(first), measures) for first, measures in months]


def _head(programme: Programme, filters: Filters, by: By, measure: Measure) -> FigureCell:
    """The head of a column: choosing it orders the rows and draws the bars."""
    return FigureCell(
        str(labels.SHORT[measure]),
        "",
        links.breakdown(programme, filters.with_measure(measure), by),
        measure == filters.measure,
    )


def _lead(
    measure: Measure,
    total: Measures,
    ordered: Sequence[tuple[str, Measures]],
    named: dict[str, str],
) -> str:
    """The answer in a sentence: the figure, and where most of it is."""
    whole = number(measure.of(total))
    known = [(named[key], measure.of(figures)) for key, figures in ordered if key]
    name, most = max(known, key=lambda part: part[1], default=("", 0))
    if not most:
        return _("%(figure)s: %(total)s.", figure=labels.MEASURES[measure], total=whole)
    return _(
        "%(figure)s: %(total)s. Most: %(name)s, with %(count)s.",
        figure=labels.MEASURES[measure],
        total=whole,
        name=name,
        count=number(most),
    )


MOST_BARS = 12  # beyond, a list of bars says less than the table below it
MOST_MONTHS = 48


def _bars(
    programme: Programme,
    filters: Filters,
    by: By,
    ordered: Sequence[tuple[str, Measures]],
    named: dict[str, str],
) -> charts.BarChart:
    measure = filters.measure
    shown = ordered[-MOST_MONTHS:] if by == By.MONTH else ordered[:MOST_BARS]
    title = str(labels.MEASURES[measure])
    if len(shown) < len(ordered):
        title = (
            _("%(figure)s: the last %(count)s months", figure=title, count=number(len(shown)))
            if by == By.MONTH
            else _("%(figure)s: the %(count)s largest", figure=title, count=number(len(shown)))
        )
    bars = [
        charts.Bar(
            named[key],
            measure.of(figures),
            href=links.records(programme, filters, measure, by, key),
            fill=2 if measure in {Measure.ACTIVATED_COMPANIES, Measure.ACTIVATED_PEOPLE} else 0,
        )
        for key, figures in shown
        if measure.of(figures)
    ]
    return charts.bar_chart("parts", title, bars, unit=str(labels.SHORT[measure]))


def figures_header(programme: Programme, first: str) -> list[str]:
    """The header of an exported table of figures."""
    shown = shown_measures(programme.activated_unit)
    return [first, *(str(labels.MEASURES[measure]) for measure in shown)]


def figures_row(programme: Programme, name: str, figures: Measures) -> list[Cell]:
    """One row of an exported table of figures."""
    return [name, *(measure.of(figures) for measure in shown_measures(programme.activated_unit))]


def scope_words(scope: Scope) -> list[tuple[str, str]]:
    """The scope in words, for the foot of a page and of an export."""
    return [
        (_("From"), day(scope.since) if scope.since else _("the beginning of the programme")),
        (_("Up to and including"), day(scope.as_of)),
        (_("As known on"), day(scope.known_on or clock.today())),
    ]


def foot(
    programme: Programme, scope: Scope, measures: Iterable[Measure], *, part: str = ""
) -> Iterator[list[Cell]]:
    """What stands under an exported table: programme, scope, and what each figure means."""
    yield []
    yield [_("Programme"), programme.name]
    if part:
        yield [_("Part"), part]
    for term, words in scope_words(scope):
        yield [term, words]
    for measure in measures:
        yield [str(labels.MEASURES[measure]), str(labels.MEANINGS[measure])]


def breakdown_rows(
    programme: Programme, filters: Filters, table: BreakdownTable
) -> Iterator[list[Cell]]:
    """The export of a breakdown: its rows, the total, and what it is about."""
    for key, figures in table.parts:
        yield figures_row(programme, table.names[key], figures)
    yield figures_row(programme, _("Total"), table.whole)
    yield from foot(programme, filters.scope, shown_measures(programme.activated_unit))


def overview_rows(told: Statement, months: Sequence[tuple[date, Measures]]) -> Iterator[list[Cell]]:
    """The export of all figures: each month, the total, then what has no months."""
    programme = told.programme
    for first, figures in months:
        yield figures_row(programme, month_words(first), figures)
    yield figures_row(programme, _("Total"), told.measures)
    yield []
    yield [_("Events held"), told.events_held]
    yield [_("Pioneers"), told.pioneers]
    yield [_("Fans"), told.fans]
    for target in told.targets:
        if target.target is not None:
            measure = measure_for(target.indicator, target.unit)
            yield [_("Target"), target.target, str(labels.MEASURES[measure]), target.due_on]
    yield from foot(programme, told.scope, shown_measures(programme.activated_unit))


def month_rows(months: Sequence[tuple[str, Measures]], measure: Measure) -> list[tuple[str, str]]:
    """The months of one figure, for who sees counts only."""
    counts = [(key, measure.of(figures)) for key, figures in months]
    return [(_month_name(key), number(count)) for key, count in counts if count]


def month_export(
    programme: Programme,
    scope: Scope,
    months: Sequence[tuple[str, Measures]],
    total: Measures,
    measure: Measure,
) -> Iterator[list[Cell]]:
    """The same, as a sheet."""
    for key, figures in months:
        if measure.of(figures):
            yield [_month_name(key), measure.of(figures)]
    yield [_("Total"), measure.of(total)]
    yield from foot(programme, scope, [measure])


def _month_name(key: str) -> str:
    first = month_of(key)
    return month_words(first) if first else key
