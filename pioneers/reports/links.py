"""The addresses that figures lead to; filters survive in all of them."""

from typing import Any
from urllib.parse import urlencode

from flask import request, url_for

from pioneers.programmes.models import Programme
from pioneers.reports.forms import Filters
from pioneers.reports.rules import By, Measure


def dashboard(programme: Programme, **args: Any) -> str:
    """The progress of the programme."""
    return url_for("reports.dashboard", slug=programme.slug, **args)


def overview(programme: Programme, filters: Filters) -> str:
    """All figures."""
    return url_for("reports.overview", slug=programme.slug, **filters.args)


def breakdown(programme: Programme, filters: Filters, by: By) -> str:
    """The figures by a dimension."""
    return url_for("reports.breakdown", slug=programme.slug, by=by.value, **filters.args)


def records(
    programme: Programme,
    filters: Filters,
    measure: Measure,
    by: By | None = None,
    key: str | None = None,
) -> str:
    """What is behind a figure, of one row of a breakdown when `by` and `key` are given."""
    args = {name: value for name, value in filters.args.items() if name != "maat"}
    if by is not None and key is not None:
        args |= {"per": by.value, "van": key}
    return url_for("reports.records", slug=programme.slug, measure=measure.value, **args)


def definitions(programme: Programme) -> str:
    """How we count."""
    return url_for("reports.definitions", slug=programme.slug)


def exports(
    endpoint: str, programme: Programme, filters: Filters, **args: Any
) -> list[tuple[str, str]]:
    """The downloads of a table: the name of the kind and its address."""
    keep = {name: value for name, value in filters.args.items() if name not in args}
    return [
        (kind.upper(), url_for(endpoint, slug=programme.slug, kind=kind, **args, **keep))
        for kind in ("csv", "xlsx")
    ]


def as_asked(endpoint: str, **values: Any) -> str:
    """The address of a page with the query of this request, right or wrong: it shows the errors."""
    query = urlencode(list(request.args.items(multi=True)))
    return f"{url_for(endpoint, **values)}?{query}"
