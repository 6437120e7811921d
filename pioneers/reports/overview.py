"""The page with all figures: a line for each, and the shortcuts to years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from pioneers.programmes.models import Programme
from pioneers.reports import labels, links
from pioneers.reports.forms import Filters
from pioneers.reports.rules import shown_measures, years_between
from pioneers.reports.statement import Statement, first_day
from pioneers.web.formats import number


@dataclass(frozen=True)
class FigureLine:
    """A figure with its meaning and the page with what is behind it, where there is one."""

    label: str
    shown: str
    meaning: str
    href: str = ""


@dataclass(frozen=True)
class Shortcut:
    """A period that one press away is."""

    label: str
    href: str
    current: bool


def figure_lines(told: Statement, filters: Filters) -> list[FigureLine]:
    """Every figure under its own name."""
    programme = told.programme
    network = url_for("events.network", slug=programme.slug)
    lines = [
        FigureLine(
            str(labels.MEASURES[measure]),
            number(measure.of(told.measures)),
            str(labels.MEANINGS[measure]),
            links.records(programme, filters, measure),
        )
        for measure in shown_measures(programme.activated_unit)
    ]
    return [
        *lines,
        FigureLine(
            _("Events held"),
            number(told.events_held),
            _("Events on the stages of fans that took place in the period."),
            _events_page(programme, filters),
        ),
        FigureLine(
            _("Pioneers"),
            number(told.pioneers),
            _("Pioneers appointed by the last day, former ones included."),
            network,
        ),
        FigureLine(
            _("Fans"),
            number(told.fans),
            _("Organisations that are active as a fan now."),
            network,
        ),
    ]


def _events_page(programme: Programme, filters: Filters) -> str:
    """The events held; none for a period that the list of events cannot show."""
    start, end = (str(filters.args.get(name, "")) for name in ("vanaf", "tot"))
    if not start and not end:
        return url_for("events.index", slug=programme.slug, status="held")
    if start[4:] == "-01-01" and end[4:] == "-12-31" and start[:4] == end[:4]:
        return url_for("events.index", slug=programme.slug, status="held", jaar=start[:4])
    return ""


def shortcuts(
    programme: Programme, endpoint: str, filters: Filters, today: date, **args: Any
) -> Sequence[Shortcut]:
    """The whole programme, and each of its years until now; other filters stay."""
    first = first_day(programme)
    last = min(today, programme.ends_on) if programme.ends_on else today
    kept = {name: value for name, value in filters.args.items() if name not in {"vanaf", "tot"}}

    def to(label: str, period: dict[str, Any]) -> Shortcut:
        address = url_for(endpoint, slug=programme.slug, **args, **kept, **period)
        now = {name: filters.args[name] for name in ("vanaf", "tot") if name in filters.args}
        return Shortcut(label, address, now == period)

    return [
        to(_("Whole programme"), {}),
        *(
            to(str(year), {"vanaf": f"{year}-01-01", "tot": f"{year}-12-31"})
            for year in years_between(first, max(first, last))
        ),
    ]
