"""The board of who may join, as columns and as a list; adding somebody to it."""

from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.programmes.guards import permitted
from pioneers.programmes.labels import END_REASONS
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import municipality_names
from pioneers.programmes.rules import Refused
from pioneers.relations import actions
from pioneers.relations import board as boards
from pioneers.relations.blueprint import blueprint
from pioneers.relations.board import BoardFilters, Column
from pioneers.relations.forms import prospect_form
from pioneers.relations.labels import SIDES, STAGES, said
from pioneers.relations.links import known_page, page_of
from pioneers.relations.models import Side, Stage
from pioneers.relations.queries import team
from pioneers.web.forms import attach
from pioneers.web.pagination import SIZE, Page, offset, page_number

URL = "/p/<slug>/netwerk/werving"
KEPT = ("kant", "wie", "te-laat", "q", "weergave", "fase")
COLUMNS: dict[Side, dict[Column, LazyString]] = {
    side: {Column(stage.value): STAGES[stage] for stage in Stage if stage.value in [*Column]}
    | {Column.ACTIVE: active, Column.FORMER: _l("Former, or came to nothing")}
    for side, active in ((Side.PIONEER, _l("Appointed")), (Side.FAN, _l("Active")))
}
SHOWN = 8  # of those who joined or left; the list has them all


def asked_side() -> Side:
    """The side in the address: pioneers unless it says fans."""
    return Side.FAN if request.args.get("kant") == Side.FAN else Side.PIONEER


def kept_arguments() -> dict[str, str]:
    """What the address says of the board, to come back to it as it was."""
    return {name: request.args[name] for name in KEPT if request.args.get(name)}


def board_address(programme: Programme) -> str:
    """The board as it was."""
    address = url_for("relations.board", slug=programme.slug)
    return f"{address}?{urlencode(kept_arguments())}"


def _filters(people: dict[int, str]) -> BoardFilters:
    who = request.args.get("wie", type=int)
    column = request.args.get("fase", "")
    return BoardFilters(
        responsible_id=who if who in people else None,
        overdue=request.args.get("te-laat") == "1",
        column=Column(column) if column in [*Column] else None,
        text=request.args.get("q", "")[:100].strip(),
    )


@blueprint.get(URL)
@permitted(Permission.EDIT_NETWORK)
def board(programme: Programme) -> ResponseReturnValue:
    """Who may become a pioneer or fan, how far that is, and what comes next."""
    side, people, today = asked_side(), team(db.session, programme), clock.today()
    filters = _filters(people)
    found = boards.cards(db.session, programme, side, filters, today)
    as_list = request.args.get("weergave") == "lijst"
    start = offset(page_number())
    return render_template(
        "relations/list.html" if as_list else "relations/board.html",
        programme=programme,
        side=side,
        sides=SIDES,
        columns=COLUMNS[side],
        cards={column: [card for card in found if card.column == column] for column in Column},
        page=Page(found[start : start + SIZE], page_number(), SIZE, len(found)),
        shown=SHOWN,
        stages=STAGES,
        reasons=END_REASONS,
        filters=filters,
        filtered=filters != BoardFilters(),
        team=people,
        today=today,
        kept=kept_arguments(),
        as_list=as_list,
        page_of=page_of,
    )


@blueprint.route(f"{URL}/nieuw", methods=["GET", "POST"])
@permitted(Permission.EDIT_NETWORK)
def add(programme: Programme) -> ResponseReturnValue:
    """Put somebody on the board."""
    side, people = asked_side(), team(db.session, programme)
    responsible = current_user.id if current_user.id in people else 0
    form = prospect_form(municipality_names(db.session), people, {"responsible_id": responsible})
    known = None
    if form.validate_on_submit():
        try:
            made = actions.add_prospect(
                db.session, programme=programme, draft=form.draft(side), actor_id=current_user.id
            )
        except Refused as refusal:
            attach(form, refusal.field, said(refusal))
            known = known_page(programme, refusal)
        else:
            db.session.commit()
            flash(_("%(name)s is on the board.", name=made.name), "good")
            to = url_for("relations.prospect", slug=programme.slug, prospect_id=made.id)
            return redirect(to, 303)
    return render_template(
        "relations/form.html",
        programme=programme,
        form=form,
        side=side,
        prospect=None,
        stale=None,
        known=known,
    )
