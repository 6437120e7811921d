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
    """A figure with its meaning; without an address it has no records of its own."""

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
        ),
        FigureLine(
            _("Pioneers"),
            number(told.pioneers),
            _("Pioneers appointed by the last day, former ones included."),
        ),
        FigureLine(_("Fans"), number(told.fans), _("Organisations that are active as a fan now.")),
    ]


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
