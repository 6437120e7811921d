"""The code on the last slide, and checking oneself in with it."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pioneers import clock
from pioneers.accounts.current import settings
from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.events.access import hosted
from pioneers.events.models import Event, EventStatus
from pioneers.presence import actions, queries
from pioneers.presence.blueprint import blueprint
from pioneers.presence.codes import qr_svg, spoken
from pioneers.presence.forms import WalkInForm, WhoForm
from pioneers.presence.labels import said
from pioneers.presence.models import Way
from pioneers.presence.throttling import Throttled, begin, forget
from pioneers.presence.tick_views import new_key
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.programmes.rules import Refused
from pioneers.reach.actions import ContactRefused
from pioneers.registrations.models import Registration
from pioneers.web.access import public
from pioneers.web.errors import NotFound
from pioneers.web.formats import hour
from pioneers.web.forms import attach
from pioneers.web.links import link

NIGHT = timedelta(hours=6)


@blueprint.route("/p/<slug>/podium/<int:event_id>/scherm", methods=["GET", "POST"])
@permitted(Permission.HOST_EVENTS)
def screen(programme: Programme, event_id: int) -> ResponseReturnValue:
    """The page for the projector. The code is made when the host begins."""
    event = hosted(programme, event_id)
    if request.method == "POST":
        actions.open_self_check_in(db.session, event=event)
        db.session.commit()
        return redirect(url_for("presence.screen", slug=programme.slug, event_id=event.id), 303)
    times = queries.window_of(event)
    if event.check_in_code is None:
        return render_template(
            "presence/screen_start.html",
            programme=programme,
            event=event,
            times=times,
        )
    address = link("presence.self_check_in", code=event.check_in_code)
    return render_template(
        "presence/screen.html",
        programme=programme,
        event=event,
        times=times,
        address=spoken(address).rpartition("/")[0],
        code=qr_svg(address, margin=1),  # the page around it is white
        inside=queries.inside(db.session, event),
    )


def _opened(code: str) -> tuple[Event, Programme]:
    found = queries.by_screen_code(db.session, code)
    if found is None:
        raise NotFound
    return found


def _closed(event: Event, programme: Programme) -> str | None:
    """The page that says when one can check in; None while one can."""
    times = queries.window_of(event)
    if event.status != EventStatus.CANCELLED and times.holds(clock.now()):
        return None
    return render_template(
        "presence/closed.html",
        event=event,
        of=programme,
        times=times,
        is_off=event.status == EventStatus.CANCELLED,
        is_over=clock.now() > times.closes_at,
    )


@blueprint.route("/i/<code>", methods=["GET", "POST"])
@public
def self_check_in(code: str) -> ResponseReturnValue:
    """Somebody in the room checks in: by what they registered with, else with their details."""
    event, programme = _opened(code)
    closed = _closed(event, programme)
    if closed is not None:
        return closed, 403 if request.method == "POST" else 200
    if request.form.get("step") == "who":
        return _registered(event, programme)
    form = WalkInForm()
    form.word(programme.name)
    if request.form.get("step") == "new":
        return _walked_in(event, programme, form)
    if "nieuw" in request.args:
        return _details(event, programme, form)
    return _ask_who(event, programme, WhoForm(formdata=None))


def _ask_who(event: Event, programme: Programme, form: WhoForm) -> ResponseReturnValue:
    page = render_template("presence/who.html", event=event, of=programme, form=form)
    return page, 422 if form.errors else 200


def _details(
    event: Event, programme: Programme, form: WalkInForm, *, follows: bool = False
) -> ResponseReturnValue:
    form.key.data = form.key.data or new_key()
    page = render_template(
        "presence/walk_in.html",
        event=event,
        of=programme,
        form=form,
        follows=follows,
        link_to=link_to,
    )
    return page, 422 if form.errors else 200


def _done(event: Event) -> ResponseReturnValue:
    return redirect(url_for("presence.checked_in", code=event.check_in_code), 303)


def _begin(event: Event, what: str) -> list[int]:
    secret, origin = settings().secret_key, request.remote_addr or ""
    return begin(db.session, secret=secret, event=event, origin=origin, what=what)


def _registered(event: Event, programme: Programme) -> ResponseReturnValue:
    """Check in who is on the list; whoever is not is asked for their details, and told no more."""
    form = WhoForm()
    if not form.validate_on_submit():
        return _ask_who(event, programme, form)
    given = form.who.data or ""
    try:
        attempt = _begin(event, "who")
        found = _found(event, given)
        if len(found) == 1:
            _note(event, programme, found[0])
            forget(db.session, attempt)
            db.session.commit()
            return _done(event)
    except (Refused, ContactRefused, Throttled) as refusal:
        db.session.rollback()
        attach(form, "who", _words(refusal))
        return _ask_who(event, programme, form)
    db.session.commit()
    if "@" not in given:
        attach(form, "who", _("This code is not known here. Give your e-mail address instead."))
        return _ask_who(event, programme, form)
    details = WalkInForm(formdata=None, email=given)
    details.word(programme.name)
    return _details(event, programme, details, follows=True)


def _found(event: Event, given: str) -> list[Registration]:
    if "@" in given:
        return queries.with_address(db.session, event, given)
    found = queries.by_code(db.session, event, given)
    return [] if found is None else [found]


def _note(event: Event, programme: Programme, who: Registration) -> None:
    noted = actions.check_in(
        db.session,
        programme=programme,
        event=event,
        registration=who,
        way=Way.SELF,
        at=None,
        client_key=new_key(),
        by_user_id=None,
    )
    if noted.since is not None:
        flash(_("You were checked in already, at %(time)s.", time=hour(noted.since)), "quiet")


def _words(refusal: Refused | ContactRefused | Throttled) -> str:
    if isinstance(refusal, Throttled):
        return _("Too many tries from here. Ask the host to check you in.")
    return said(refusal)


def _walked_in(event: Event, programme: Programme, form: WalkInForm) -> ResponseReturnValue:
    """Take in who gave their details; a robot is thanked and forgotten."""
    if form.website.data:
        return _done(event)
    if not form.validate_on_submit():
        return _details(event, programme, form)
    try:
        _begin(event, "new")
        actions.check_in_unregistered(
            db.session,
            programme=programme,
            event=event,
            draft=form.draft(programme.name),
            way=Way.SELF,
            at=None,
            client_key=form.key.data or new_key(),
            by_user_id=None,
        )
    except (Refused, ContactRefused, Throttled) as refusal:
        db.session.rollback()
        attach(form, "name", _words(refusal))
        return _details(event, programme, form)
    db.session.commit()
    return _done(event)


@blueprint.get("/i/<code>/binnen")
@public
def checked_in(code: str) -> ResponseReturnValue:
    """Thanks; the same for everybody, so that it tells nothing about anybody."""
    event, programme = _opened(code)
    return render_template("presence/checked_in.html", event=event, of=programme)


@blueprint.get("/i/<code>/aantal")
@public
def inside(code: str) -> ResponseReturnValue:
    """How many are in, for the screen: asked without a session, so that it keeps none alive."""
    event, _programme = _opened(code)
    return {"inside": queries.inside(db.session, event)}
