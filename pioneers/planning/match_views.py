"""The project leader: who fits an event, asking, confirming proposals, who is asked how often."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import list_pioneers
from pioneers.db import db
from pioneers.events.access import hosted
from pioneers.events.labels import COURSE_TAGS, COURSES
from pioneers.events.models import Event
from pioneers.events.queries import event_day, get_event
from pioneers.events.rules import course_of
from pioneers.events.themes import theme_words
from pioneers.fans.queries import fan_names
from pioneers.planning import actions, proposals, queries
from pioneers.planning.blueprint import blueprint
from pioneers.planning.forms import AskForm, ConfirmForm
from pioneers.planning.labels import (
    AVAILABILITY,
    AVAILABILITY_TAGS,
    STATE_TAGS,
    STATES,
    said,
)
from pioneers.planning.rules import Load, Match
from pioneers.programmes.guards import may, permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.programmes.rules import Refused
from pioneers.web.formats import number
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version

URL = "/p/<slug>/bijeenkomsten/<int:event_id>"


def _chosen() -> list[int]:
    """The pioneers whose boxes are ticked, or the one whose button was pressed."""
    only = request.form.getlist("only")
    given = only or request.form.getlist("pioneer")
    return [found for found in map(parse_version, given[:200]) if found]


def _ask(programme: Programme, event: Event, chosen: list[int], form: AskForm) -> int:
    """Ask them; answers how many were."""
    asked = actions.ask(
        db.session,
        programme=programme,
        event=event,
        pioneer_ids=chosen,
        message=form.message.data or "",
        although_away=bool(form.although_away.data),
        actor_id=current_user.id,
    )
    return len(asked)


@blueprint.route(f"{URL}/pioniers", methods=["GET", "POST"])
@permitted(Permission.PLAN_EVENTS)
def match(programme: Programme, event_id: int) -> ResponseReturnValue:
    """Pioneers beside an event, who fits best first; each can be asked."""
    event = get_event(db.session, programme, event_id)
    form = AskForm()
    if form.validate_on_submit():
        chosen = _chosen()
        try:
            if not chosen:
                raise Refused("nobody_chosen", "message")
            asked = _ask(programme, event, chosen, form)
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field if refusal.field in form else "message", said(refusal))
        else:
            db.session.commit()
            flash(_asked(asked), "good")
            return redirect(request.path, 303)
    matches = queries.matches(db.session, programme, event)
    page = render_template(
        "planning/match.html",
        programme=programme,
        event=event,
        form=form,
        matches=matches,
        wants_pioneer=_still_wanted(event, matches),
        fan=fan_names(db.session, programme).get(event.fan_id or 0),
        theme=theme_words(event.theme),
        day=event_day(event),
        ticked=set(_chosen()),
        availability=AVAILABILITY,
        availability_tags=AVAILABILITY_TAGS,
        states=STATES,
        state_tags=STATE_TAGS,
    )
    return page, 422 if form.errors else 200


def _still_wanted(event: Event, matches: list[Match]) -> bool:
    """Whether the host's question for a pioneer waits: until somebody is asked."""
    return event.wants_pioneer and not any(one.is_asked for one in matches)


def _asked(count: int) -> str:
    return ngettext(
        "One pioneer has been asked.",
        "%(written)s pioneers have been asked.",
        count,
        written=number(count),
    )


@blueprint.post("/p/<slug>/podium/<int:event_id>/verzoeken/<int:request_id>/intrekken")
@permitted(Permission.HOST_EVENTS)
def withdraw(programme: Programme, event_id: int, request_id: int) -> ResponseReturnValue:
    """Take a request to a pioneer back: host or project leader."""
    event = hosted(programme, event_id)
    found = queries.get_request(db.session, programme, request_id, event_id=event.id)
    done = actions.withdraw(
        db.session, programme=programme, event=event, request=found, actor_id=current_user.id
    )
    db.session.commit()
    flash(_("The request has been withdrawn.") if done else _("It was withdrawn already."), "good")
    return redirect(_back(programme, event), 303)


def _back(programme: Programme, event: Event) -> str:
    endpoint = "planning.match" if may(Permission.PLAN_EVENTS) else "hosting.event"
    return link_to(endpoint, slug=programme.slug, event_id=event.id) or "/"


@blueprint.route(f"{URL}/bevestigen", methods=["GET", "POST"])
@permitted(Permission.PLAN_EVENTS)
def confirm(programme: Programme, event_id: int) -> ResponseReturnValue:
    """Confirm a proposal, or not, with a word to the host."""
    event = get_event(db.session, programme, event_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        try:
            words = _decide(programme, event, form)
        except Refused as refusal:
            db.session.rollback()
            attach(form, "remark", said(refusal))
        else:
            db.session.commit()
            flash(words, "good")
            return redirect(url_for("events.event", slug=programme.slug, event_id=event.id), 303)
    page = render_template(
        "planning/confirm.html",
        programme=programme,
        event=event,
        form=form,
        fan=fan_names(db.session, programme).get(event.fan_id or 0),
        requests=queries.requests_for(db.session, programme, event),
        same_day=[
            one
            for one in queries.events_of_month(
                db.session, programme, event_day(event).replace(day=1)
            )
            if event_day(one) == event_day(event) and one.id != event.id
        ],
        stands=course_of(event, clock.now()),
        courses=COURSES,
        course_tags=COURSE_TAGS,
        states=STATES,
        state_tags=STATE_TAGS,
    )
    return page, 422 if form.errors else 200


def _decide(programme: Programme, event: Event, form: ConfirmForm) -> str:
    refuse = form.decision.data == "no"
    act = proposals.decline_proposal if refuse else proposals.confirm_proposal
    done = act(
        db.session,
        programme=programme,
        event=event,
        remark=form.remark.data or "",
        actor_id=current_user.id,
    )
    if not done:
        return _("This was decided already.")
    if refuse:
        return _("The proposal is off. The host has been told.")
    return _("%(title)s is planned now. The host has been told.", title=event.title)


@blueprint.get("/p/<slug>/netwerk/pioniers/belasting")
@permitted(Permission.PLAN_EVENTS)
def load(programme: Programme) -> ResponseReturnValue:
    """Who is asked how often, in a year."""
    years = queries.load_years(db.session, programme)
    wanted = parse_version(request.args.get("jaar"))
    year = wanted if wanted in years else years[0]
    loads = queries.loads(db.session, programme, year)
    rows = [
        (row, loads.get(row.id, Load()))
        for row in list_pioneers(db.session, programme)
        if row.active or row.id in loads
    ]
    rows.sort(key=lambda pair: (-pair[1].weight, -pair[1].asked, pair[0].name))
    return render_template(
        "planning/load.html",
        programme=programme,
        rows=rows,
        years=years,
        year=year,
        link_to=link_to,
    )
