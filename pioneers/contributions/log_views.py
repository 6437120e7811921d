"""Logging a contribution, logged in: a pioneer's own, or by the project team for a pioneer."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import own_pioneer_id, pioneer_names, pioneer_row
from pioneers.contributions.blueprint import blueprint
from pioneers.contributions.models import Contribution, LoggedBy
from pioneers.contributions.queries import count_of, known_heads, untold
from pioneers.contributions.telling import (
    Teller,
    by_script,
    form_for,
    heading,
    outlook,
    tell,
    thanks,
)
from pioneers.db import db
from pioneers.events.models import Event
from pioneers.fans.queries import fan_names
from pioneers.programmes.guards import may, permitted
from pioneers.programmes.models import Programme
from pioneers.web.errors import NotFound
from pioneers.web.formats import number
from pioneers.web.parsing import parse_version


def own_pioneer(programme: Programme) -> int | None:
    """The pioneer that the present user is; None for nobody."""
    return own_pioneer_id(db.session, programme, user_id=current_user.id, email=current_user.email)


@blueprint.route("/p/<slug>/inzet/nieuw", methods=["GET", "POST"])
@permitted(Permission.LOG_CONTRIBUTIONS)
def log(programme: Programme) -> ResponseReturnValue:
    """Log what one did; the latest talk of which nothing was told yet is asked about."""
    pioneer_id = _for_whom(programme)
    if pioneer_id is None:
        return _choose(programme)
    is_own = pioneer_id == own_pioneer(programme)
    talks = untold(db.session, programme, pioneer_id)
    teller = Teller(
        programme,
        pioneer_id,
        LoggedBy.PAGE if is_own else LoggedBy.TEAM,
        event=_asked_about(talks),
        actor_id=current_user.id,
    )
    form = form_for(teller)
    made = tell(teller, form)
    if made is not None:
        return _done(programme, made, is_own=is_own)
    if by_script() and request.method == "POST":
        return {"status": "refused"}, 422
    page = render_template(
        "contributions/log.html",
        programme=programme,
        form=form,
        event=teller.event,
        host=fan_names(db.session, programme).get(teller.event.fan_id or 0) if teller.event else "",
        known=known_heads(db.session, teller.event) if teller.event else 0,
        others=[talk for talk in talks if talk is not teller.event],
        heading=heading(teller.event),
        outlook=outlook(teller) if is_own else "",
        whom="" if is_own else pioneer_row(db.session, programme, pioneer_id).name,
        pioneer_id=pioneer_id,
        address=request.full_path.rstrip("?"),
        crumb=_crumb(programme, is_own=is_own),
        store=f"inzet-{programme.slug}-{pioneer_id}-{current_user.id}",
    )
    return page, 422 if form.errors else 200


def _for_whom(programme: Programme) -> int | None:
    """The pioneer of the address for the project team, else oneself; None for nobody."""
    asked = request.args.get("pionier")
    if asked is not None and may(Permission.EDIT_NETWORK):
        return pioneer_row(db.session, programme, parse_version(asked)).id
    return own_pioneer(programme)


def _asked_about(talks: list[Event]) -> Event | None:
    """The talk of the address, or the one of the form that was sent, else the latest."""
    asked = request.args.get("bijeenkomst")
    if request.method == "POST":
        asked = request.form.get("event_id", "")
    if asked is None:
        return talks[0] if talks else None
    number = parse_version(asked)
    return next((talk for talk in talks if talk.id == number), None)


def _choose(programme: Programme) -> ResponseReturnValue:
    """For whom? Only the project team can answer that."""
    if not may(Permission.EDIT_NETWORK):
        if request.method == "POST":
            raise NotFound
        return redirect(url_for("contributions.own", slug=programme.slug))
    return render_template(
        "contributions/choose.html",
        programme=programme,
        pioneers=pioneer_names(db.session, programme),
    )


def _crumb(programme: Programme, *, is_own: bool) -> tuple[str, str]:
    if is_own:
        return _("Your page"), url_for("contributions.own", slug=programme.slug)
    return _("Contributions"), url_for("contributions.index", slug=programme.slug)


def _done(programme: Programme, made: Contribution, *, is_own: bool) -> ResponseReturnValue:
    if is_own:
        words, there = thanks(programme, made), "contributions.own"
    else:
        words, there = _for_others(programme, made), "contributions.index"
    address = url_for(there, slug=programme.slug)
    flash(words, "good")
    if by_script():
        return {"status": "done", "words": words, "href": address}
    return redirect(address, 303)


def _for_others(programme: Programme, made: Contribution) -> str:
    name = pioneer_row(db.session, programme, made.pioneer_id).name
    year = made.day.year
    place = count_of(db.session, programme, made.pioneer_id, year)
    return _(
        "Logged for %(name)s: %(done)s of %(wanted)s in %(year)s.",
        name=name,
        done=number(place),
        wanted=number(programme.contributions_per_year),
        year=str(year),
    )
