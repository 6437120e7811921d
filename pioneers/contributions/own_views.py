"""A pioneer's own page: what they did, what waits for them, and what came of it."""

from datetime import date

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.cards.queries import results_of
from pioneers.contributions import queries
from pioneers.contributions.blueprint import blueprint
from pioneers.contributions.labels import KINDS
from pioneers.contributions.log_views import own_pioneer
from pioneers.contributions.telling import heading
from pioneers.db import db
from pioneers.events.models import EventStatus
from pioneers.fans.queries import fan_names
from pioneers.planning.queries import RequestRow, requests_to
from pioneers.planning.rules import ANSWERABLE
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.programmes.rules import default_day

# What a pioneer does elsewhere, as far as the application has it.
ELSEWHERE = {
    "profile_href": "profiles.edit",
    "question_href": "questions.pioneer_note",
    "feeds_href": "agenda.feeds",
    "preferences_href": "planning.own_preferences",
}


@blueprint.get("/p/<slug>/pionier")
@permitted(Permission.LOG_CONTRIBUTIONS)
def own(programme: Programme) -> ResponseReturnValue:
    """The page on which a pioneer lands."""
    pioneer_id = own_pioneer(programme)
    if pioneer_id is None:
        return render_template("contributions/nobody.html", programme=programme)
    today = clock.today()
    day = default_day(today=today, starts_on=programme.starts_on, ends_on=programme.ends_on)
    untold = queries.untold(db.session, programme, pioneer_id)
    return render_template(
        "contributions/own.html",
        programme=programme,
        year=day.year,
        today=today,
        done=queries.count_of(db.session, programme, pioneer_id, day.year),
        wanted=programme.contributions_per_year,
        untold=untold,
        heading=heading(untold[0]) if untold else "",
        requests=_waiting(programme, pioneer_id),
        to_come=queries.to_come(db.session, programme, pioneer_id),
        fans=fan_names(db.session, programme),
        page=queries.page_of(db.session, programme, year=day.year, pioneer_id=pioneer_id),
        heard=queries.heard_by(db.session, programme, pioneer_id, day.year),
        results=results_of(db.session, programme, pioneer_id, date(day.year, 1, 1)),
        kinds=KINDS,
        store=f"inzet-{programme.slug}-{pioneer_id}-{current_user.id}",
        **{name: link_to(page, slug=programme.slug) for name, page in ELSEWHERE.items()},
    )


def _waiting(programme: Programme, pioneer_id: int) -> list[RequestRow]:
    """Requests that the pioneer can answer."""
    return [
        row
        for row in requests_to(db.session, programme, pioneer_id)
        if not row.is_past
        and row.request.state in ANSWERABLE
        and row.event.status != EventStatus.CANCELLED
    ]
