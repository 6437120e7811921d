"""What became of the cards: the funnel, and the records behind each number."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pioneers.accounts.rules import Permission
from pioneers.cards.blueprint import blueprint
from pioneers.cards.following import LeadRow, Step, companies_in_action, lead_rows, leads_of
from pioneers.cards.funnel import By, Funnel, Line, funnel_of, talk_of_leads
from pioneers.cards.labels import BYS, LEADS, STEPS
from pioneers.cards.queries import (
    Names,
    get_run,
    names_of,
    people_of,
    run_numbers,
    runs_of_pioneer,
)
from pioneers.db import db
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.web.errors import NotFound
from pioneers.web.pagination import SIZE, Page, page_number

URL = "/p/<slug>/kaartjes/trechter"
MOST_LINES = 200


@dataclass(frozen=True)
class Row:
    """A line of the breakdown with its name, and where it leads."""

    line: Line
    name: str
    href: str | None


@blueprint.get(URL)
@permitted(Permission.MANAGE_CARDS)
def funnel(programme: Programme) -> ResponseReturnValue:
    """From card to action."""
    by = _by()
    found = funnel_of(db.session, programme, by)
    return render_template(
        "cards/funnel.html",
        programme=programme,
        total=found.total,
        rows=_rows(programme, found, by),
        left_out=max(0, len(found.lines) - MOST_LINES),
        by=by,
        choices=[(one, label, one == by) for one, label in BYS.items()],
        steps=Step,
    )


def _by() -> By:
    asked = request.args.get("per", "")
    return By(asked) if asked in set(By) else By.PIONEER


def _rows(programme: Programme, found: Funnel, by: By) -> list[Row]:
    lines = list(found.lines)[:MOST_LINES]
    names = names_of(db.session, programme, [one.key for one in lines] if by == By.TALK else ())
    numbers = run_numbers(db.session, programme) if by == By.RUN else {}
    rows = [_row(programme, line, by, names, numbers) for line in lines]
    return sorted(rows, key=lambda row: row.name) if by == By.PIONEER else rows


def _row(programme: Programme, line: Line, by: By, names: Names, numbers: dict[int, int]) -> Row:
    slug = programme.slug
    if by == By.RUN:
        name = _("Print run %(number)s", number=numbers[line.key])
        return Row(line, name, url_for("cards.run", slug=slug, run_id=line.key))
    if by == By.TALK:
        href = link_to("events.event", slug=slug, event_id=line.key)
        return Row(line, names.events.get(line.key, ""), href)
    href = link_to("events.pioneer", slug=slug, pioneer_id=line.key)
    return Row(line, names.pioneers.get(line.key, ""), href)


@blueprint.get(f"{URL}/gegevens")
@permitted(Permission.MANAGE_CARDS)
def leads(programme: Programme) -> ResponseReturnValue:
    """Who left details, and came as far as a step; of all cards, or of one line of the funnel."""
    asked = request.args.get("stap", "")
    step = Step(asked) if asked in set(Step) else Step.DETAILS
    rows = leads_of(lead_rows(db.session, programme), step)
    rows = _narrowed(programme, rows)
    number = page_number()
    shown = rows[(number - 1) * SIZE : number * SIZE]
    page = Page(shown, number, SIZE, len(rows))
    people, companies = people_of(db.session, programme, shown)
    return render_template(
        "cards/leads.html",
        programme=programme,
        page=page,
        step=STEPS[step],
        companies_counted=companies_in_action(rows) if step == Step.ACTION else None,
        kinds=LEADS,
        people=people,
        companies=companies,
        link_to=link_to,
        numbers=run_numbers(db.session, programme),
    )


def _narrowed(programme: Programme, rows: list[LeadRow]) -> list[LeadRow]:
    """Those of one pioneer, print run or talk, where the address names one."""
    by, key = of_line(programme)
    if by is None:
        return rows
    if by == By.TALK:
        return talk_of_leads(db.session, programme, rows, key)
    if by == By.RUN:
        return [one for one in rows if one.run_id == key]
    runs = set(runs_of_pioneer(db.session, programme, key))
    return [one for one in rows if one.run_id in runs]


def of_line(programme: Programme) -> tuple[By | None, int]:
    """The line of the funnel that the address names; without one, all of it."""
    asked = request.args.get("van", "")
    if not asked:
        return None, 0
    if not asked.isascii() or not asked.isdecimal() or len(asked) > 9:
        raise NotFound
    by, key = _by(), int(asked)
    if by == By.RUN:
        get_run(db.session, programme, key)
    return by, key
