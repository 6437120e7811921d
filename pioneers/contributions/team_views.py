"""For the project team: what every pioneer did, by name, and reports that differ."""

from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import list_pioneers, pioneer_names
from pioneers.ambassadors.rules import Standing
from pioneers.contributions import actions, queries, rooms
from pioneers.contributions.blueprint import blueprint
from pioneers.contributions.forms import SettleForm
from pioneers.contributions.labels import KINDS, MEETING_TAGS, MEETINGS, said
from pioneers.db import db
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.programmes.rules import Refused, Stale, default_day
from pioneers.reach.actions import ContactRefused
from pioneers.web.pagination import page_number
from pioneers.web.parsing import parse_version


@dataclass(frozen=True)
class PioneerLine:
    """A pioneer and what they did; the list is by name, since nobody is ranked."""

    id: int
    name: str
    active: bool
    done: int
    is_below: bool
    latest: date | None


@blueprint.get("/p/<slug>/inzet")
@permitted(Permission.EDIT_NETWORK)
def index(programme: Programme) -> ResponseReturnValue:
    """Each pioneer's year, and what was done."""
    year = _year(programme)
    pioneer_id = parse_version(request.args.get("pionier")) or None
    lines = _lines(programme, year)
    return render_template(
        "contributions/index.html",
        programme=programme,
        year=year,
        years=queries.years(db.session, programme),
        lines=lines,
        below=sum(line.is_below for line in lines),
        page=queries.page_of(
            db.session, programme, year=year, pioneer_id=pioneer_id, page=page_number()
        ),
        pioneer_id=pioneer_id,
        names=pioneer_names(db.session, programme),
        differences=len(rooms.differences(db.session, programme)),
        kinds=KINDS,
    )


def _year(programme: Programme) -> int:
    asked = parse_version(request.args.get("jaar"))
    if 1900 < asked < 2200:
        return asked
    return default_day(
        today=clock.today(), starts_on=programme.starts_on, ends_on=programme.ends_on
    ).year


def _lines(programme: Programme, year: int) -> list[PioneerLine]:
    done = queries.counted(db.session, programme, year)
    latest = queries.latest_days(db.session, programme)
    today = clock.today()
    below = queries.below(db.session, programme, today) if year == today.year else frozenset()
    return [
        PioneerLine(
            id=one.id,
            name=one.name,
            active=one.standing != Standing.FORMER,
            done=done.get(one.id, 0),
            is_below=one.id in below,
            latest=latest.get(one.id),
        )
        for one in list_pioneers(db.session, programme)
    ]


@blueprint.get("/p/<slug>/inzet/verschillen")
@permitted(Permission.EDIT_NETWORK)
def differences(programme: Programme) -> ResponseReturnValue:
    """Where host and pioneer do not say the same."""
    return _differences(programme)


def _differences(programme: Programme, problem: tuple[int, str] | None = None) -> str:
    return render_template(
        "contributions/differences.html",
        programme=programme,
        rooms=rooms.differences(db.session, programme),
        names=pioneer_names(db.session, programme),
        problem=problem,
        meetings=MEETINGS,
        meeting_tags=MEETING_TAGS,
        link_to=link_to,
    )


@blueprint.post("/p/<slug>/inzet/<int:contribution_id>/beslissen")
@permitted(Permission.EDIT_NETWORK)
def settle(programme: Programme, contribution_id: int) -> ResponseReturnValue:
    """Say which number counts."""
    found = queries.get_contribution(db.session, programme, contribution_id)
    form, event_id = SettleForm(), found.event_id or 0
    there = url_for("contributions.differences", slug=programme.slug)
    if not form.validate_on_submit() or form.heads.data is None:
        words = " ".join(form.heads.errors) or _("Fill in a number.")
        return _differences(programme, (event_id, words)), 422
    try:
        actions.settle(
            db.session,
            programme=programme,
            contribution=found,
            heads=form.heads.data,
            version=parse_version(form.version.data),
            actor_id=current_user.id,
        )
    except (Refused, ContactRefused) as refusal:
        db.session.rollback()
        return _differences(programme, (event_id, said(refusal))), 422
    except Stale:
        db.session.rollback()
        flash(_("Somebody else settled this meanwhile. Look again."), "warn")
        return redirect(there, 303)
    db.session.commit()
    flash(_("Settled: the event has this number now."), "good")
    return redirect(there, 303)
