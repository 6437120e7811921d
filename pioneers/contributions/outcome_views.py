"""What is behind the numbers of a pioneer's own page: when, by which card, what. Never who: a
pioneer sees nobody's details."""

import enum
from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.cards.labels import CAME, LEADS
from pioneers.cards.queries import action_rows, by_day, details_of, visits_of
from pioneers.contributions.blueprint import blueprint
from pioneers.contributions.log_views import own_pioneer
from pioneers.db import db
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import default_day
from pioneers.web.pagination import SIZE, Page, page_number


class Outcome(enum.StrEnum):
    """What can be opened, as it stands in the address."""

    VISITS = "bezoeken"
    DETAILS = "gegevens"
    QUESTIONS = "vragen"
    AFTER_CARD = "actie-na-kaartje"
    WITHOUT_CARD = "actie-zonder-kaartje"


TITLES: dict[Outcome, LazyString] = {
    Outcome.VISITS: _l("Visits by your cards"),
    Outcome.DETAILS: _l("Details left by your cards"),
    Outcome.QUESTIONS: _l("Questions by your cards"),
    Outcome.AFTER_CARD: _l("Companies that took action after your card"),
    Outcome.WITHOUT_CARD: _l("Companies that took action thanks to you, without a card"),
}


@blueprint.get("/p/<slug>/pionier/opbrengst")
@permitted(Permission.LOG_CONTRIBUTIONS)
def outcome(programme: Programme) -> ResponseReturnValue:
    """The records behind a number of the pioneer's own page, in the same year."""
    pioneer_id = own_pioneer(programme)
    if pioneer_id is None:
        return redirect(url_for("contributions.own", slug=programme.slug))
    asked = request.args.get("wat", "")
    what = Outcome(asked) if asked in set(Outcome) else Outcome.VISITS
    today = clock.today()
    day = default_day(today=today, starts_on=programme.starts_on, ends_on=programme.ends_on)
    page = _page(programme, pioneer_id, what, date(day.year, 1, 1))
    return render_template(
        "contributions/outcome.html",
        programme=programme,
        what=what,
        title=TITLES[what],
        year=day.year,
        page=page,
        days=by_day(page.items) if what == Outcome.VISITS else [],
        came=CAME,
        wishes=LEADS,
    )


def _page(programme: Programme, pioneer_id: int, what: Outcome, since: date) -> Page[Any]:
    number = page_number()
    if what == Outcome.VISITS:
        return visits_of(db.session, programme, pioneer_id, since, number)
    rows: list[Any]
    if what in (Outcome.AFTER_CARD, Outcome.WITHOUT_CARD):
        acted = action_rows(db.session, programme, pioneer_id, since)
        rows = [one for one in acted if one.is_after_card == (what == Outcome.AFTER_CARD)]
    else:
        found = details_of(db.session, programme, pioneer_id, since)
        asking = what == Outcome.QUESTIONS
        rows = [one for one in found if one.question_id is not None or not asking]
    return Page(rows[(number - 1) * SIZE : number * SIZE], number, SIZE, len(rows))
