"""Print runs: the list, a new one, its page, where its cards lead, and withdrawing."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import get_pioneer, pioneer_names, standing_in
from pioneers.cards import actions, queries
from pioneers.cards.blueprint import blueprint
from pioneers.cards.forms import WithdrawForm, run_form, target_form
from pioneers.cards.labels import said
from pioneers.cards.models import Card, PrintRun
from pioneers.cards.rules import NewRun, OwnerKind, Target, sheets
from pioneers.db import db
from pioneers.events.queries import get_event
from pioneers.fans.queries import get_fan
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.web.forms import attach
from pioneers.web.pagination import SIZE, Page, page_number

URL = "/p/<slug>/kaartjes"
CARD = "kaartje"


@blueprint.get(URL)
@permitted(Permission.MANAGE_CARDS)
def runs(programme: Programme) -> ResponseReturnValue:
    """Which cards are about, and what came of them."""
    rows = queries.list_runs(db.session, programme)
    return render_template(
        "cards/runs.html",
        programme=programme,
        rows=rows,
        paper=sum(row.run.quantity for row in rows),
        visits=sum(row.scanned + row.typed for row in rows),
        leads=sum(row.leads for row in rows),
    )


@blueprint.route(f"{URL}/nieuw", methods=["GET", "POST"])
@permitted(Permission.MANAGE_CARDS)
def new_run(programme: Programme) -> ResponseReturnValue:
    """Have cards printed."""
    form = run_form(db.session, programme, clock.now(), request.args.get("voor", ""))
    if request.method == "GET":
        form.printed_on.data = clock.today()
    if form.validate_on_submit():
        try:
            run = _create(programme, form.draft())
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        else:
            db.session.commit()
            flash(_("Print run %(number)s is ready to be printed.", number=run.number), "good")
            return _to(programme, run)
    return render_template("cards/new_run.html", programme=programme, form=form)


def _create(programme: Programme, new: NewRun) -> PrintRun:
    if new.owner.kind == OwnerKind.PIONEER:
        get_pioneer(db.session, programme, new.owner.id)
    elif new.owner.kind == OwnerKind.FAN:
        get_fan(db.session, programme, new.owner.id)
    else:
        get_event(db.session, programme, new.owner.id)
    return actions.create_run(db.session, programme=programme, new=new, actor_id=current_user.id)


def _to(programme: Programme, run: PrintRun) -> ResponseReturnValue:
    return redirect(url_for("cards.run", slug=programme.slug, run_id=run.id), 303)


@blueprint.get(f"{URL}/<int:run_id>")
@permitted(Permission.MANAGE_CARDS)
def run(programme: Programme, run_id: int) -> ResponseReturnValue:
    """A print run: to print, its cards, where they lead."""
    found = queries.get_run(db.session, programme, run_id)
    cards = queries.cards_of(db.session, found)
    history = queries.destinations_of(db.session, found)
    names = queries.names_of(
        db.session, programme, [found.event_id, *(one.event_id for one, _code in history)]
    )
    in_use = [card for card in cards if card.withdrawn_at is None]
    return render_template(
        "cards/run.html",
        programme=programme,
        run=found,
        owner=names.owner(found),
        kind=queries.owner_of(found).kind,
        page=_page(cards),
        in_use=len(in_use),
        sheets=sheets(len(in_use)),
        history=[(one, code, names.target(one)) for one, code in history],
        visits=sum(card.scanned + card.typed for card in cards),
        **_stand_in(programme, found),
    )


def _stand_in(programme: Programme, run: PrintRun) -> dict[str, object]:
    """Whether the pioneer whose cards these are has left, and who is there instead."""
    if run.pioneer_id is None:
        return {"owner_left": False}
    instead = standing_in(db.session, run.pioneer_id, clock.today())
    names = pioneer_names(db.session, programme)
    return {"owner_left": instead != run.pioneer_id, "stand_in": names.get(instead or 0, "")}


def _page(cards: list[Card]) -> Page[Card]:
    number = page_number()
    return Page(cards[(number - 1) * SIZE : number * SIZE], number, SIZE, len(cards))


@blueprint.route(f"{URL}/<int:run_id>/bestemming", methods=["GET", "POST"])
@permitted(Permission.MANAGE_CARDS)
def destination(programme: Programme, run_id: int) -> ResponseReturnValue:
    """Let printed cards lead elsewhere."""
    found = queries.get_run(db.session, programme, run_id)
    card = queries.get_card(db.session, found, request.args.get(CARD))
    last = queries.last_destination(db.session, found, card)
    held = Target() if last is None else Target(last.pioneer_id, last.event_id)
    form = target_form(db.session, programme, clock.now(), held)
    if form.validate_on_submit():
        made = actions.lead_to(
            db.session,
            run=found,
            card=card,
            target=form.chosen(),
            because=form.because.data or "",
            actor_id=current_user.id,
        )
        db.session.commit()
        flash(_("The cards lead there from now on.") if made else _("They did already."), "good")
        return _to(programme, found)
    return render_template(
        "cards/destination.html", programme=programme, run=found, card=card, form=form
    )


@blueprint.route(f"{URL}/<int:run_id>/intrekken", methods=["GET", "POST"])
@permitted(Permission.MANAGE_CARDS)
def withdraw(programme: Programme, run_id: int) -> ResponseReturnValue:
    """Cards are no longer in use."""
    found = queries.get_run(db.session, programme, run_id)
    card = queries.get_card(db.session, found, request.args.get(CARD))
    form = WithdrawForm()
    if form.validate_on_submit():
        count = actions.withdraw(
            db.session,
            run=found,
            card=card,
            because=form.because.data or "",
            actor_id=current_user.id,
        )
        db.session.commit()
        flash(ngettext("One card is withdrawn.", "%(num)s cards are withdrawn.", count), "good")
        return _to(programme, found)
    return render_template(
        "cards/withdraw.html", programme=programme, run=found, card=card, form=form
    )


@blueprint.post(f"{URL}/<int:run_id>/terug")
@permitted(Permission.MANAGE_CARDS)
def restore(programme: Programme, run_id: int) -> ResponseReturnValue:
    """Cards that were withdrawn are in use again."""
    found = queries.get_run(db.session, programme, run_id)
    card = queries.get_card(db.session, found, request.args.get(CARD))
    count = actions.restore(db.session, run=found, card=card, actor_id=current_user.id)
    db.session.commit()
    flash(ngettext("One card is in use again.", "%(num)s cards are in use again.", count), "good")
    return _to(programme, found)
