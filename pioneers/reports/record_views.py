"""The records behind a figure: names for who may see people, counts for who may not."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import pioneer_names
from pioneers.contributions.labels import PROOFS
from pioneers.contributions.rooms import proofs_of
from pioneers.db import db
from pioneers.fans.queries import fan_names
from pioneers.programmes.guards import may, permitted
from pioneers.programmes.models import Programme
from pioneers.reach.records import all_records
from pioneers.reach.records import records as ask_records
from pioneers.reports import labels, links, tables
from pioneers.reports.answers import ask_figures, ask_one, narrowed
from pioneers.reports.blueprint import blueprint
from pioneers.reports.forms import FilterForm, Filters, read_filters
from pioneers.reports.overview import shortcuts
from pioneers.reports.queries import events_at, key_names
from pioneers.reports.record_rows import Names, export_header, export_rows, record_rows
from pioneers.reports.rules import FIELDS, By, Measure
from pioneers.reports.views import dimension
from pioneers.web.errors import NotFound
from pioneers.web.formats import number
from pioneers.web.pagination import page_number
from pioneers.web.sheets import Cell, sheet_response

LONGEST_KEY = 20


@dataclass(frozen=True)
class Asked:
    """What a page of records is about: the figure, and the row of a breakdown if any."""

    form: FilterForm
    filters: Filters
    measure: Measure
    by: By | None
    key: str | None
    name: str

    @property
    def args(self) -> dict[str, str]:
        """The address's own part: everything that the filters do not hold."""
        own = {"measure": self.measure.value}
        if self.by is not None and self.key is not None:
            own |= {"per": self.by.value, "van": self.key}
        return own


def asked(programme: Programme, measure: str) -> Asked:
    """Read the address; NotFound for a figure, dimension or key that there is not."""
    if measure not in list(Measure):
        raise NotFound
    form, filters = read_filters(programme, request.args)
    per, key = request.args.get("per"), request.args.get("van")
    if per is None or key is None:
        return Asked(form, filters, Measure(measure), None, None, "")
    by = dimension(per)
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise NotFound
    see_people = may(Permission.SEE_PEOPLE)
    names = key_names(db.session, programme, by, [key], see_people=see_people)
    if key not in names:
        raise NotFound
    return Asked(form, filters, Measure(measure), by, key, names[key])


@blueprint.get("/p/<slug>/cijfers/achter/<measure>")
@permitted(Permission.SEE_FIGURES)
def records(programme: Programme, measure: str) -> ResponseReturnValue:
    """What a figure counts, one by one; or by month for who may not see people."""
    ask = asked(programme, measure)
    figures = ask_figures(db.session, programme, ask.filters.scope, ask.by, ask.key)
    total = ask.measure.of(figures)
    common: dict[str, object] = {
        "form": ask.form,
        "chosen": bool(ask.filters.chosen),
        "title": str(labels.MEASURES[ask.measure]),
        "row_name": ask.name,
        "meaning": str(labels.MEANINGS[ask.measure]),
        "total": number(total),
        "scope": tables.scope_words(ask.filters.scope),
        "hidden": {name: value for name, value in ask.args.items() if name != "measure"},
        "exports": links.exports("reports.records_export", programme, ask.filters, **ask.args),
        "back": links.breakdown(programme, ask.filters, ask.by) if ask.by else None,
        "back_name": str(labels.PER[ask.by]) if ask.by else "",
        "overview_href": links.overview(programme, ask.filters),
        "definitions_href": links.definitions(programme),
        "action": url_for("reports.records", slug=programme.slug, measure=measure),
        "shortcuts": shortcuts(
            programme, "reports.records", ask.filters, clock.today(), **ask.args
        ),
    }
    if not may(Permission.SEE_PEOPLE):
        months, _ = ask_one(db.session, programme, ask.filters.scope, ask.by, ask.key)
        rows = tables.month_rows(months, ask.measure)
        return render_template("reports/counts.html", rows=rows, **common)
    return _list(programme, ask, total, common)


def _list(
    programme: Programme, ask: Asked, total: int, common: dict[str, object]
) -> ResponseReturnValue:
    """The list with names; it says how many of the figure it holds."""
    scope, of = narrowed(ask.filters.scope, ask.by, ask.key)
    found = ask_records(
        db.session,
        programme,
        scope,
        FIELDS[ask.measure],
        dimension=of,
        key=ask.key if of is not None else None,
        page=page_number(),
        figure=total,
    )
    occasions = {record.occasion_id for record in found.items if record.occasion_id}
    events = events_at(db.session, programme, occasions)
    heads = ask.measure == Measure.UNNAMED_HEADS
    names = _names(programme, events, rooms=heads)
    return render_template(
        "reports/records.html",
        rows=record_rows(programme, found.items, names),
        page=found,
        heads=heads,
        listed=number(found.total),
        complete=ask.measure == Measure.UNNAMED_HEADS or found.total == total,
        **common,
    )


def _names(programme: Programme, events: dict[int, int], *, rooms: bool = False) -> Names:
    proofs = proofs_of(db.session, programme, events.values()) if rooms else {}
    return Names(
        fans=fan_names(db.session, programme),
        pioneers=pioneer_names(db.session, programme),
        events=events,
        rooms={event_id: str(PROOFS[proof]) for event_id, proof in proofs.items()},
    )


@blueprint.get("/p/<slug>/cijfers/achter/<measure>/export.<any(csv, xlsx):kind>")
@permitted(Permission.SEE_FIGURES)
def records_export(programme: Programme, measure: str, kind: str) -> ResponseReturnValue:
    """The same records, or counts, as a sheet."""
    ask = asked(programme, measure)
    if ask.form.errors:
        return redirect(links.as_asked("reports.records", slug=programme.slug, measure=measure))
    name = f"{programme.slug}-{measure}-{ask.filters.scope.as_of.isoformat()}"
    if not may(Permission.SEE_PEOPLE):
        months, figures = ask_one(db.session, programme, ask.filters.scope, ask.by, ask.key)
        header = [str(labels.DIMENSIONS[By.MONTH]), str(labels.MEASURES[ask.measure])]
        rows = tables.month_export(programme, ask.filters.scope, months, figures, ask.measure)
        return sheet_response(name, header, rows, kind)
    heads = ask.measure == Measure.UNNAMED_HEADS
    return sheet_response(name, export_header(heads=heads), _all_rows(programme, ask, heads), kind)


def _all_rows(programme: Programme, ask: Asked, heads: bool) -> Iterator[list[Cell]]:
    """Every record, then what the sheet is about."""
    scope, of = narrowed(ask.filters.scope, ask.by, ask.key)
    found = all_records(
        db.session,
        programme,
        scope,
        FIELDS[ask.measure],
        dimension=of,
        key=ask.key if of is not None else None,
    )
    yield from export_rows(found, _names(programme, {}), heads=heads)
    yield from tables.foot(programme, ask.filters.scope, [ask.measure], part=ask.name)
