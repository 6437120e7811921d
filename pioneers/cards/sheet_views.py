"""Files to print cards from."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from pioneers.accounts.rules import Permission
from pioneers.cards import printing, queries
from pioneers.cards.blueprint import blueprint
from pioneers.cards.models import PrintRun
from pioneers.db import db
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.web.errors import NotFound
from pioneers.web.typst import pdf_response


def _name(programme: Programme, run: PrintRun) -> str:
    return queries.names_of(db.session, programme, [run.event_id]).owner(run)


@blueprint.get("/p/<slug>/kaartjes/<int:run_id>/vel.pdf")
@permitted(Permission.MANAGE_CARDS)
def sheet(programme: Programme, run_id: int) -> ResponseReturnValue:
    """The cards that are in use, ten to a sheet; one code is on as many cards as were asked for."""
    run = queries.get_run(db.session, programme, run_id)
    cards = [one for one in queries.cards_of(db.session, run) if one.withdrawn_at is None]
    if run.is_single_code and cards:
        cards *= min(run.quantity, 10)
    content = printing.sheet(run, programme, _name(programme, run), cards)
    return pdf_response(content, f"kaartjes-{run.number}.pdf")


@blueprint.get("/p/<slug>/kaartjes/<int:run_id>/kaartje.svg")
@permitted(Permission.MANAGE_CARDS)
def svg(programme: Programme, run_id: int) -> ResponseReturnValue:
    """One card for a printer: the first one in use, or the one that is asked for."""
    run = queries.get_run(db.session, programme, run_id)
    card = queries.get_card(db.session, run, request.args.get("kaartje"))
    if card is None:
        cards = queries.cards_of(db.session, run)
        card = next((one for one in cards if one.withdrawn_at is None), None)
    if card is None:
        raise NotFound
    drawn = printing.single(programme, _name(programme, run), card.code)
    response = Response(drawn, mimetype="image/svg+xml")
    name = f"kaartje-{run.number}-{card.code}.svg"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
