"""The progress page as finished dataclasses: the template only loops and branches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from pioneers.accounts.rules import Permission
from pioneers.programmes.models import Municipality, Programme
from pioneers.programmes.rules import Indicator
from pioneers.reach.rules import Measures
from pioneers.reports import labels, links, wording
from pioneers.reports.forms import Filters
from pioneers.reports.rules import (
    By,
    Measure,
    Progress,
    Standing,
    final_step,
    measure_for,
    month_end,
    shown_measures,
)
from pioneers.reports.statement import Days, Statement, first_day
from pioneers.web import charts, lines
from pioneers.web.formats import day as day_words
from pioneers.web.formats import number, percent


@dataclass(frozen=True)
class TargetCard:
    """One target: the figure, its bar and its words."""

    title: str
    value: str
    unit: str
    href: str
    bar: charts.Progress | None
    line: str
    pace: str
    tags: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class MapChoice:
    """A figure that the map can show."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class Dashboard:
    """Everything on the page."""

    headline: str
    cards: Sequence[TargetCard]
    line: lines.LineChart
    counted: str
    funnel: charts.BarChart
    unnamed: str
    unnamed_href: str
    tiles: charts.TileMap
    elsewhere: str
    choices: Sequence[MapChoice]


def is_empty(told: Statement) -> bool:
    """Whether there is nothing to show yet: the first page helps instead."""
    return told.measures == Measures() and not told.events_held


def build(
    told: Statement,
    filters: Filters,
    places: Sequence[Municipality],
    by_place: Sequence[tuple[str, Measures]],
) -> Dashboard:
    """The page of a statement; `by_place` is the breakdown by municipality."""
    programme = told.programme
    tiles, elsewhere = _tiles(programme, filters, places, by_place)
    return Dashboard(
        headline=wording.headline(told),
        cards=[_card(told, filters, target) for target in told.targets],
        line=_line(told),
        counted=_counted(told),
        funnel=_funnel(told, filters),
        unnamed=_unnamed(told.measures.unnamed_heads),
        unnamed_href=links.records(programme, filters, Measure.UNNAMED_HEADS),
        tiles=tiles,
        elsewhere=elsewhere,
        choices=_choices(programme, filters),
    )


def indicator_title(indicator: Indicator) -> str:
    """The name of an indicator on its card."""
    return _("Made aware") if indicator == Indicator.AWARE else _("Took action")


def _card(told: Statement, filters: Filters, target: Standing) -> TargetCard:
    title = indicator_title(target.indicator)
    unit = labels.unit_label(target.unit, target.value)
    bar = charts.progress(
        f"target-{target.indicator.value}",
        title,
        value=target.value,
        target=target.target,
        unit=unit,
        fill=0 if target.indicator == Indicator.AWARE else 2,
    )
    return TargetCard(
        title=title,
        value=number(target.value),
        unit=unit,
        href=links.records(told.programme, filters, measure_for(target.indicator, target.unit)),
        bar=bar if target.target else None,
        line=wording.target_line(target) or _no_target(told),
        pace=wording.pace_line(target, day_words(told.scope.as_of)),
        tags=_tags(target),
    )


def _no_target(told: Statement) -> str:
    if told.scope.since is not None:
        return _("in this period; a target counts from the beginning")
    return _("no target has been set")


def _tags(target: Standing) -> list[tuple[str, str]]:
    if target.progress == Progress.NO_TARGET:
        return []
    kind = wording.tag_kind(target.progress)
    share = (_("%(share)s of the target", share=percent(target.share)), kind)
    if target.progress == Progress.REACHED:
        return [share]
    return [share, (wording.state_label(target.progress), kind)]


def _line(told: Statement) -> lines.LineChart:
    """The cumulative line of the first target's figure."""
    target = told.targets[0]
    measure = measure_for(target.indicator, target.unit)
    title = _("%(figure)s, added up", figure=labels.MEASURES[measure])
    return lines.line_chart(
        "aware",
        title,
        cumulative(told.days, measure, start=_start(told), end=told.scope.as_of),
        goals(target),
        unit=labels.unit_label(target.unit, 2),
    )


def _start(told: Statement) -> date:
    return told.scope.since or first_day(told.programme)


def cumulative(days: Days, measure: Measure, *, start: date, end: date) -> list[lines.Point]:
    """The figure added up, at the end of each month with facts, from zero to the last day."""
    points: list[lines.Point] = []
    total = 0
    for each_day, measures in days:
        total += measure.of(measures)
        at = min(month_end(each_day.replace(day=1)), end)
        if points and points[-1].day == at:
            points.pop()
        points.append(lines.Point(at, total))
    if not points:
        return []
    if start < points[0].day:
        points.insert(0, lines.Point(start, 0))
    if points[-1].day < end:
        points.append(lines.Point(end, total))
    return points


def goals(target: Standing) -> list[lines.Goal]:
    """The target as a level line; with shares of years, these and it as dots on their days."""
    final = final_step(target.steps)
    if final is None:
        return []
    level = lines.Goal(final.value, _("target %(target)s", target=number(final.value)))
    shares = [step for step in target.steps if not step.is_final]
    if not shares:
        return [level]
    dated = [
        lines.Goal(
            step.value,
            _(
                "target %(target)s by %(day)s",
                target=number(step.value),
                day=day_words(step.due_on),
            ),
            step.due_on,
        )
        for step in shares
    ]
    return [level, *dated]


def _counted(told: Statement) -> str:
    """What the line counts, and of when it is."""
    target = told.targets[0]
    measure = measure_for(target.indicator, target.unit)
    return _(
        "Counted: %(meaning)s As of %(day)s.",
        meaning=labels.MEANINGS[measure],
        day=day_words(told.scope.as_of),
    )


def _funnel(told: Statement, filters: Filters) -> charts.BarChart:
    figures = told.measures
    steps = [
        (Measure.PARTICIPATIONS, 1),
        (Measure.PEOPLE, 1),
        (Measure.COMPANIES, 1),
        (Measure.IN_TARGET_GROUP, 1),
        (Measure.ACTIVATED_COMPANIES, 2),
    ]
    bars = [
        charts.Bar(
            str(labels.SHORT[measure]),
            measure.of(figures),
            href=links.records(told.programme, filters, measure),
            fill=fill,
        )
        for measure, fill in steps
    ]
    return charts.bar_chart("funnel", _("From participation to action"), bars, unit=_("Number"))


def _unnamed(heads: int) -> str:
    if not heads:
        return _("Nobody was counted without a name.")
    return _("%(count)s heads without a name are not in this.", count=number(heads))


def _tiles(
    programme: Programme,
    filters: Filters,
    places: Sequence[Municipality],
    by_place: Sequence[tuple[str, Measures]],
) -> tuple[charts.TileMap, str]:
    """The map, and what lies outside it or nowhere: the map and that are the total."""
    values = {code: filters.measure.of(measures) for code, measures in by_place}
    tiles = [
        charts.Tile(
            place.name,
            place.tile_column or 0,
            place.tile_row or 0,
            values.pop(place.code, 0),
            href=links.records(programme, filters, filters.measure, By.MUNICIPALITY, place.code),
        )
        for place in places
    ]
    rest = sum(values.values())
    words = (
        _("%(count)s lie elsewhere or are not known by place.", count=number(rest)) if rest else ""
    )
    unit = str(labels.SHORT[filters.measure])
    return charts.tile_map("places", str(labels.MEASURES[filters.measure]), tiles, unit=unit), words


def _choices(programme: Programme, filters: Filters) -> list[MapChoice]:
    """The figures that the map can show."""
    return [
        MapChoice(
            str(labels.SHORT[measure]),
            links.dashboard(programme, **filters.with_measure(measure).args) + "#waar",
            measure == filters.measure,
        )
        for measure in shown_measures(programme.activated_unit)
        if measure != Measure.UNNAMED_HEADS
    ]


@dataclass(frozen=True)
class FirstStep:
    """A step towards the first figure."""

    title: str
    words: str
    done: bool
    action: str = ""
    href: str = ""
    is_next: bool = False


def first_steps(told: Statement, may_do: Callable[[Permission], bool]) -> list[FirstStep]:
    """What leads from an empty programme to a figure; the first that is left gets the button."""
    slug = told.programme.slug
    steps = [
        (
            _("Set the targets"),
            _("How many, of what, and by when."),
            any(target.target for target in told.targets),
            Permission.MANAGE_PROGRAMME,
            _("Set the targets"),
            url_for("programmes.new_target", slug=slug),
        ),
        (
            _("Add an event"),
            _("The stage of a fan on which a pioneer speaks."),
            False,
            Permission.EDIT_EVENTS,
            _("Add an event"),
            url_for("events.add", slug=slug),
        ),
        (
            _("Upload the attendance list"),
            _("As it came from the host: a spreadsheet or a pasted list. Then the figures move."),
            False,
            Permission.IMPORT,
            _("To the events"),
            url_for("events.index", slug=slug),
        ),
    ]
    following = next((place for place, step in enumerate(steps) if not step[2]), None)
    return [
        FirstStep(
            title, words, done, action if may_do(permission) else "", href, place == following
        )
        for place, (title, words, done, permission, action, href) in enumerate(steps)
    ]


def may_act(may_do: Callable[[Permission], bool]) -> bool:
    """Whether this person is somebody for whom things wait at all."""
    acts = (
        Permission.SETTLE_DOUBTS,
        Permission.VERIFY_ACTIVATIONS,
        Permission.ANSWER_QUESTIONS,
        Permission.EDIT_EVENTS,
        Permission.EDIT_NETWORK,
        Permission.MANAGE_ACCESS,
    )
    return any(may_do(permission) for permission in acts)
