"""The host at the door: ticking names, also while the connection is gone."""

import secrets
from datetime import datetime

import structlog
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import OperationalError

from pioneers.accounts.current import settings
from pioneers.accounts.rules import Permission
from pioneers.companies.names import fold
from pioneers.db import db
from pioneers.events.access import hosted
from pioneers.events.models import Event
from pioneers.presence import queries
from pioneers.presence.blueprint import blueprint
from pioneers.presence.deeds import LONGEST_KEY, Deed, Door, Kind, Outcome, read_deed
from pioneers.presence.forms import SomebodyForm
from pioneers.presence.labels import said, told
from pioneers.presence.queries import Guest, Room
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.programmes.rules import Refused
from pioneers.reach.actions import ContactRefused
from pioneers.web.formats import digits
from pioneers.web.forms import attach

MOST_DEEDS = 200  # in one request
MOST_BYTES = 512 * 1024
log = structlog.get_logger("pioneers.presence")


def door(programme: Programme, event: Event) -> Door:
    """Where the present host's deeds are done."""
    return Door(db.session, programme, event, current_user.id, settings().secret_key)


def new_key() -> str:
    """The beginning of keys for the forms of one page: pressing a button twice does it once."""
    return secrets.token_hex(8)


@blueprint.route("/p/<slug>/podium/<int:event_id>/inchecken", methods=["GET", "POST"])
@permitted(Permission.HOST_EVENTS)
def tick(programme: Programme, event_id: int) -> ResponseReturnValue:
    """Tick who is there. Without scripts every button sends the page."""
    event = hosted(programme, event_id)
    form = SomebodyForm()
    if request.method == "POST":
        done = _done(programme, event, form)
        if done is not None:
            flash(told(done), "good")
            return _back(programme, event, done.registration_id)
    return _page(programme, event, form), 422 if form.errors else 200


def _pressed(form: SomebodyForm) -> Deed | None:
    """Which button was pressed, as a deed; None when the form of a newcomer is incomplete."""
    given = request.form
    for kind in (Kind.IN, Kind.UNDO, Kind.GUESTS):
        if kind.value in given:
            number = given[kind.value]
            return read_deed(
                {
                    "kind": kind.value,
                    "key": f"{given.get('key', '')}-{number}",
                    "registration": number,
                    "guests": given.get(f"guests-{number}"),
                }
            )
    if not form.validate_on_submit():
        return None
    return Deed(
        kind=Kind.NEW,
        key=form.key.data or new_key(),
        name=form.name.data or "",
        company=form.company.data or "",
        email=form.email.data or "",
    )


def _done(programme: Programme, event: Event, form: SomebodyForm) -> Outcome | None:
    """Do what was pressed; None where the form says what is wrong."""
    try:
        deed = _pressed(form)
        outcome = None if deed is None else door(programme, event).do(deed)
    except (Refused, ContactRefused) as refusal:
        db.session.rollback()
        attach(form, "name", said(refusal))
        return None
    db.session.commit()
    return outcome


def _back(programme: Programme, event: Event, guest_id: int | None) -> ResponseReturnValue:
    anchor = f"gast-{guest_id}" if guest_id else None
    query = request.args.get("q") or None
    there = url_for(
        "presence.tick", slug=programme.slug, event_id=event.id, q=query, _anchor=anchor
    )
    return redirect(there, 303)


def _page(programme: Programme, event: Event, form: SomebodyForm) -> str:
    room = queries.room(db.session, event)
    sought = request.args.get("q", "")[:100]
    words = fold(sought).split()
    shown = {one.id for one in room.guests if all(word in one.sought for word in words)}
    form.key.data = form.key.data or new_key()
    return render_template(
        "presence/tick.html",
        programme=programme,
        event=event,
        form=form,
        room=room,
        shown=shown,
        sought=sought,
        key=new_key(),
        user_id=current_user.id,
        link_to=link_to,
    )


@blueprint.route("/p/<slug>/podium/<int:event_id>/inchecken/verzenden", methods=["POST"])
@permitted(Permission.HOST_EVENTS)
def sync(programme: Programme, event_id: int) -> ResponseReturnValue:
    """Do what a phone kept while it could not send; each thing is done or refused by itself."""
    event = hosted(programme, event_id)
    deeds = _sent()
    if not isinstance(deeds, list) or len(deeds) > MOST_DEEDS:
        return {"error": "deeds"}, 422
    results = [_result(programme, event, one) for one in deeds]
    db.session.commit()
    return {"results": results, "room": _room_data(queries.room(db.session, event))}


def _sent() -> object:
    """What the phone sent as its deeds; None where there is nothing of the kind."""
    request.max_content_length = MOST_BYTES
    try:
        given = request.get_json(silent=True)
    except RecursionError:  # lists within lists
        return None
    return given.get("deeds") if isinstance(given, dict) else None


def _result(programme: Programme, event: Event, given: object) -> dict[str, object]:
    """Do one thing. What fails is answered too: the phone would send it again for ever, and all
    that it kept after it. A database that is out of reach is another matter: that is tried again.
    """
    key = given.get("key") if isinstance(given, dict) else None
    if not isinstance(key, str) or len(key) > LONGEST_KEY:
        key = None
    try:
        deed = read_deed(given)
        with db.session.begin_nested():
            outcome = door(programme, event).do(deed)
    except (Refused, ContactRefused) as refusal:
        return {"key": key, "status": "refused", "words": said(refusal)}
    except OperationalError:
        raise
    except Exception as error:
        log.exception("deed_failed", event_id=event.id, problem=type(error).__name__)
        words = _("Something went wrong with this. Look whether it is in the list.")
        return {"key": key, "status": "failed", "words": words}
    return {
        "key": key,
        "status": "done",
        "result": outcome.result.value,
        "words": told(outcome),
        "id": outcome.registration_id,
    }


def _room_data(room: Room) -> dict[str, object]:
    return {
        "inside": room.inside,
        "expected": room.expected,
        "heads": room.heads,
        "guests": [_guest_data(guest) for guest in room.guests],
    }


def _guest_data(guest: Guest) -> dict[str, object]:
    return {
        "id": guest.id,
        "name": guest.name,
        "company": guest.company,
        "note": note_of(guest),
        "sought": guest.sought,
        "inside": guest.inside,
        "since": face_of(guest.since),
        "keys": guest.keys,
        "guests": guest.guests,
        "along": guest.came_along,
    }


def face_of(moment: datetime | None) -> str:
    """A moment as a clock shows it, as short as a row on a phone needs it."""
    return "" if moment is None else digits(moment)


def note_of(guest: Guest) -> str:
    """What the host should know of somebody, in a few words."""
    notes = [guest.company] if guest.company else []
    if guest.lead:
        notes.append(_("with %(name)s", name=guest.lead))
    if guest.is_waiting:
        notes.append(_("on the waiting list"))
    return " · ".join(notes)


blueprint.add_app_template_filter(note_of, "guest_note")
blueprint.add_app_template_filter(face_of, "clock_face")
