"""Codes of guests: the page a code opens, and scanning it with the host's phone."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pioneers import clock
from pioneers.accounts.current import settings
from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.events.access import hosted
from pioneers.events.models import Event, EventStatus
from pioneers.presence import queries
from pioneers.presence.access import is_host
from pioneers.presence.blueprint import blueprint
from pioneers.presence.codes import guest_link, qr_svg
from pioneers.presence.deeds import Deed, Kind
from pioneers.presence.labels import said, told
from pioneers.presence.tick_views import door, new_key
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.reach.actions import ContactRefused
from pioneers.registrations.models import Registration, RegistrationState
from pioneers.web.access import public
from pioneers.web.errors import NotFound
from pioneers.web.headers import HEADERS

CAMERA = HEADERS["Permissions-Policy"].replace("camera=()", "camera=(self)")


@blueprint.get("/g/<token>")
@public
def guest(token: str) -> ResponseReturnValue:
    """What a guest's code opens: for the guest the code, for a host of the event the guest."""
    registration = queries.by_token(db.session, token, settings().secret_key)
    if registration is None:
        raise NotFound
    event = db.session.get_one(Event, registration.event_id)
    programme = is_host(event)
    if programme is not None:
        return _for_the_host(programme, event, registration, token)
    return render_template(
        "presence/guest.html",
        event=event,
        registration=registration,
        is_over=clock.now() > queries.window_of(event).closes_at,
        is_off=event.status == EventStatus.CANCELLED,
        is_cancelled=registration.state == RegistrationState.CANCELLED,
        is_in=registration.state == RegistrationState.ATTENDED,
        code=qr_svg(guest_link(registration)),
    )


def _for_the_host(
    programme: Programme, event: Event, registration: Registration, token: str
) -> str:
    standing = queries.standing_of(db.session, registration)
    return render_template(
        "presence/guest_for_host.html",
        programme=programme,
        event=event,
        registration=registration,
        token=token,
        key=new_key(),
        is_in=registration.state == RegistrationState.ATTENDED,
        is_cancelled=registration.state == RegistrationState.CANCELLED,
        since=standing[0].at if standing else None,
    )


@blueprint.route("/p/<slug>/podium/<int:event_id>/inchecken/scannen", methods=["GET", "POST"])
@permitted(Permission.HOST_EVENTS)
def scan(programme: Programme, event_id: int) -> ResponseReturnValue:
    """Scan codes with the camera, or type one; the only page that may use the camera."""
    event = hosted(programme, event_id)
    wrong = ""
    if request.method == "POST":
        try:
            outcome = door(programme, event).do(_scanned())
        except (Refused, ContactRefused) as refusal:
            db.session.rollback()
            wrong = said(refusal)
        else:
            db.session.commit()
            flash(told(outcome), "good")
            return redirect(_after(programme, event), 303)
    page = render_template(
        "presence/scan.html",
        programme=programme,
        event=event,
        wrong=wrong,
        typed=request.form.get("code", "")[:20],
        key=new_key(),
    )
    response = make_response(page, 422 if wrong else 200)
    response.headers["Permissions-Policy"] = CAMERA
    return response


def _scanned() -> Deed:
    """The code of a guest's page, or one that was typed."""
    given = request.form
    guests = given.get("guests", "0")
    return Deed(
        kind=Kind.SCAN if given.get("token") else Kind.CODE,
        key=given.get("key", ""),
        token=(given.get("token") or given.get("code", ""))[:60],
        guests=int(guests) if guests.isascii() and guests.isdecimal() else 0,
    )


def _after(programme: Programme, event: Event) -> str:
    """Back to the guest whose page had the button, else on to the next scan."""
    token = request.form.get("token")
    if token:
        return url_for("presence.guest", token=token)
    return url_for("presence.scan", slug=programme.slug, event_id=event.id)
