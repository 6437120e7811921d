"""The progress page, all figures, breakdowns, and how we count."""

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.programmes.guards import may, permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import activation_kinds
from pioneers.reach.figures import breakdown as ask_rows
from pioneers.reach.figures import by_month
from pioneers.reach.rules import Dimension
from pioneers.reports import dashboard as page
from pioneers.reports import labels, links, tables
from pioneers.reports.answers import ask_breakdown
from pioneers.reports.attention import attention
from pioneers.reports.blueprint import blueprint
from pioneers.reports.definitions import definitions_of
from pioneers.reports.desk import desk_card
from pioneers.reports.forms import read_filters
from pioneers.reports.overview import figure_lines, shortcuts
from pioneers.reports.queries import map_of
from pioneers.reports.rules import By
from pioneers.reports.statement import statement
from pioneers.web.errors import NotFound
from pioneers.web.pagination import SIZE, Page, page_number
from pioneers.web.sheets import sheet_response


def dimension(value: str) -> By:
    """The dimension that an address names; NotFound for another word."""
    try:
        return By(value)
    except ValueError:
        raise NotFound from None


@blueprint.get("/p/<slug>/")
@permitted(Permission.SEE_FIGURES)
def dashboard(programme: Programme) -> ResponseReturnValue:
    """Where do we stand?"""
    form, filters = read_filters(programme, request.args)
    told = statement(db.session, programme, filters.scope)
    waiting = attention(db.session, programme, roles=g.roles, user_id=current_user.id)
    if page.is_empty(told) and not filters.chosen:
        steps = page.first_steps(told, may_do=may)
        return render_template("reports/first.html", steps=steps, waiting=waiting)
    by_place = ask_rows(db.session, programme, filters.scope, Dimension.MUNICIPALITY)
    places = map_of(db.session, programme)
    return render_template(
        "reports/dashboard.html",
        form=form,
        shown=page.build(told, filters, places, by_place.rows),
        waiting=waiting,
        desk=desk_card(db.session, programme, filters.scope),
        acts=page.may_act(may),
        figures_href=links.overview(programme, filters),
        breakdowns=[(str(labels.PER[by]), links.breakdown(programme, filters, by)) for by in By],
        chosen=bool(filters.args.keys() - {"maat"}),
        definitions_href=links.definitions(programme),
        action=links.dashboard(programme),
        shortcuts=shortcuts(programme, "reports.dashboard", filters, clock.today()),
    )


@blueprint.get("/p/<slug>/cijfers")
@permitted(Permission.SEE_FIGURES)
def overview(programme: Programme) -> ResponseReturnValue:
    """Every figure of a period, and the ways to break it down."""
    form, filters = read_filters(programme, request.args)
    told = statement(db.session, programme, filters.scope)
    return render_template(
        "reports/overview.html",
        form=form,
        chosen=bool(filters.chosen),
        lines=figure_lines(told, filters),
        scope=tables.scope_words(filters.scope),
        breakdowns=[
            (str(labels.DIMENSIONS[by]), links.breakdown(programme, filters, by)) for by in By
        ],
        exports=links.exports("reports.overview_export", programme, filters),
        definitions_href=links.definitions(programme),
        dashboard_href=links.dashboard(programme),
        action=url_for("reports.overview", slug=programme.slug),
        shortcuts=shortcuts(programme, "reports.overview", filters, clock.today()),
    )


@blueprint.get("/p/<slug>/cijfers/export.<any(csv, xlsx):kind>")
@permitted(Permission.SEE_FIGURES)
def overview_export(programme: Programme, kind: str) -> ResponseReturnValue:
    """The figures and their months, as a sheet."""
    form, filters = read_filters(programme, request.args)
    if form.errors:
        return redirect(links.as_asked("reports.overview", slug=programme.slug))
    told = statement(db.session, programme, filters.scope)
    months = by_month(db.session, programme, filters.scope)
    rows = tables.overview_rows(told, months)
    header = tables.figures_header(programme, str(labels.DIMENSIONS[By.MONTH]))
    name = f"{programme.slug}-cijfers-{filters.scope.as_of.isoformat()}"
    return sheet_response(name, header, rows, kind)


@blueprint.get("/p/<slug>/cijfers/<by>")
@permitted(Permission.SEE_FIGURES)
def breakdown(programme: Programme, by: str) -> ResponseReturnValue:
    """The figures by one dimension: the parts, and the total that they add up to."""
    dimension_asked = dimension(by)
    form, filters = read_filters(programme, request.args)
    see_people = may(Permission.SEE_PEOPLE)
    number = page_number()
    table = ask_breakdown(
        db.session, programme, filters, dimension_asked, see_people=see_people, page=number
    )
    return render_template(
        "reports/breakdown.html",
        form=form,
        chosen=bool(filters.args.keys() - {"maat"}),
        title=str(labels.PER[dimension_asked]),
        first=str(labels.DIMENSIONS[dimension_asked]),
        table=table,
        page=Page(items=table.rows, number=number, size=SIZE, total=len(table.parts)),
        scope=tables.scope_words(filters.scope),
        others=[
            (
                str(labels.DIMENSIONS[each]),
                links.breakdown(programme, filters, each),
                each == dimension_asked,
            )
            for each in By
        ],
        exports=links.exports("reports.breakdown_export", programme, filters, by=by),
        overview_href=links.overview(programme, filters),
        definitions_href=links.definitions(programme),
        action=url_for("reports.breakdown", slug=programme.slug, by=by),
        shortcuts=shortcuts(programme, "reports.breakdown", filters, clock.today(), by=by),
    )


@blueprint.get("/p/<slug>/cijfers/<by>/export.<any(csv, xlsx):kind>")
@permitted(Permission.SEE_FIGURES)
def breakdown_export(programme: Programme, by: str, kind: str) -> ResponseReturnValue:
    """The same table as a sheet."""
    chosen = dimension(by)
    form, filters = read_filters(programme, request.args)
    if form.errors:
        return redirect(links.as_asked("reports.breakdown", slug=programme.slug, by=by))
    see_people = may(Permission.SEE_PEOPLE)
    table = ask_breakdown(db.session, programme, filters, chosen, see_people=see_people)
    header = tables.figures_header(programme, str(labels.DIMENSIONS[chosen]))
    name = f"{programme.slug}-{by}-{filters.scope.as_of.isoformat()}"
    return sheet_response(name, header, tables.breakdown_rows(programme, filters, table), kind)


@blueprint.get("/p/<slug>/hoe-we-tellen")
@permitted(Permission.SEE_FIGURES)
def definitions(programme: Programme) -> ResponseReturnValue:
    """The definitions, with this programme's settings filled in."""
    kinds = activation_kinds(db.session, programme, active_only=True)
    return render_template("reports/definitions.html", shown=definitions_of(programme, kinds))
