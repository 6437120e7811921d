"""The public page of an event: registering, in under a minute, on a phone."""

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pioneers.accounts.current import settings
from pioneers.db import db, expect_writes
from pioneers.events.models import Event
from pioneers.programmes.rules import Refused
from pioneers.registrations import actions, queries, rules
from pioneers.registrations.blueprint import blueprint
from pioneers.registrations.forms import SHOWN, RegisterForm, asking
from pioneers.registrations.labels import said
from pioneers.registrations.models import RegistrationState
from pioneers.registrations.rules import CONSENTS, NEWS, REGISTRATION, Phase
from pioneers.registrations.shown import Shown, is_full, seats_in_words, shown
from pioneers.registrations.thanking import remember, remembered
from pioneers.web.access import public
from pioneers.web.errors import NotFound
from pioneers.web.forms import attach
from pioneers.web.i18n import language
from pioneers.web.opened import LEAST_SECONDS, MOST_SECONDS, opened_stamp, seconds_open
from pioneers.web.throttling import Limit, is_too_often, is_used_up

PER_ORIGIN = Limit("register-origin", 30, minutes=10)  # an office registers from one address
PER_EVENT = Limit("register-event", 1000)
PER_ADDRESS = Limit("register-address", 5, minutes=60)  # of all events: each sends a mail
WAITING_LIST = "wachtlijst"


def _public_event(code: str) -> Shown:
    found = shown(queries.public_event(db.session, code))
    if found.phase == Phase.HIDDEN:
        raise NotFound
    return found


@blueprint.route("/b/<code>", methods=["GET", "POST"])
@public
def event_page(code: str) -> ResponseReturnValue:
    """An event, and the form to register for it."""
    too_often = request.method == "POST" and _too_often(code)
    trapped = bool(request.form.get("website"))
    if too_often or trapped:
        expect_writes(False)  # a flood of these keeps nobody from writing
    found = _public_event(code)
    if found.phase != Phase.OPEN:
        return render_template("registrations/closed.html", shown=found)
    event = found.event
    form = asking(
        RegisterForm,
        queries.questions_of(db.session, event),
        {"begun": _stamp(event)},
    )
    if request.method == "GET":
        return _form_page(found, form)
    if too_often:
        attach(form, "name", said(Refused("too_often")))
        return _form_page(found, form), 429
    seconds = _seconds_taken(event, form.begun.data or "")
    if trapped:
        return _done(event, waits=is_full(event))
    if seconds < LEAST_SECONDS:  # or a stamp that is not ours: nobody loses what they filled in
        form.begun.data = form.begun.data if seconds else _stamp(event)
        form.form_errors.append(_("That went very fast. Look once more, and press the button."))
        return _form_page(found, form), 422
    if seconds > MOST_SECONDS:
        form.begun.data = _stamp(event)
        form.form_errors.append(_("This page was open for too long. Look and send it once more."))
        return _form_page(found, form), 422
    if not form.validate_on_submit():
        return _form_page(found, form), 422
    return _register(found, form)


def _too_often(code: str) -> bool:
    """Count somebody who sends the form of an event that exists; looking it up locks nothing."""
    expect_writes(False)
    event = queries.public_event(db.session, code)
    passed = is_too_often(PER_ORIGIN, PER_EVENT, event.public_code or "")
    db.session.rollback()
    expect_writes(True)
    return passed


def _register(found: Shown, form: Any) -> ResponseReturnValue:
    event, programme, draft = found.event, found.programme, form.draft()
    in_line = 1  # who is known stands elsewhere, and is told of a place as if they did not
    try:
        party = actions.register(db.session, programme=programme, event=event, draft=draft)
    except actions.AlreadyRegistered as known:
        actions.remind_of_link(
            db.session, programme=programme, event=event, registration=known.registration
        )
        waits = not rules.gets_seats(  # as of anybody else who sends this
            draft.people,
            capacity=event.capacity,
            taken=event.seats_taken,
            somebody_waits=queries.somebody_waits(db.session, event),
        )
    except Refused as refusal:
        db.session.rollback()
        attach(form, refusal.field if refusal.field in form else "name", said(refusal))
        return _form_page(_public_event(event.public_code or ""), form), 422
    else:
        waits, in_line = party[0].state == RegistrationState.WAITING, 0
    in_line += len(queries.waiting_parties(db.session, event)) if waits else 0
    remember(event, draft, place=in_line if waits else 0)
    answer = _done(event, waits=waits)  # what is read after the commit begins another transaction
    if is_used_up(PER_ADDRESS, (form.email.data or "").lower()):
        db.session.rollback()  # whoever owns the address is not flooded; whoever fills in sees no
        return answer  # difference
    db.session.commit()
    return answer


def _form_page(found: Shown, form: Any) -> str:
    full = is_full(found.event)
    form.news.label.text = CONSENTS[NEWS].words(language())
    return render_template(
        "registrations/event.html",
        shown=found,
        form=form,
        full=full,
        seats=seats_in_words(found.event, full=full),
        names_shown=SHOWN,
        agreement=CONSENTS[REGISTRATION].words(language()),
    )


def _stamp(event: Event) -> str:
    """When the form was opened, signed."""
    return opened_stamp(settings().secret_key, f"event-{event.public_code}")


def _seconds_taken(event: Event, stamp: str) -> float:
    """How long ago the form was opened here; 0 for a stamp that is not ours."""
    return seconds_open(settings().secret_key, f"event-{event.public_code}", stamp) or 0


def _done(event: Event, *, waits: bool) -> ResponseReturnValue:
    """The same page for everybody: who registers twice, or for a machine, learns nothing."""
    mark = WAITING_LIST if waits else None
    return redirect(url_for("registrations.done", code=event.public_code, lijst=mark), 303)


@blueprint.get("/b/<code>/gelukt")
@public
def done(code: str) -> ResponseReturnValue:
    """What happens next; who registered a moment ago sees what they filled in, nobody else."""
    found = _public_event(code)
    if found.phase == Phase.CANCELLED:
        return render_template("registrations/closed.html", shown=found)
    waits = request.args.get("lijst") == WAITING_LIST
    thanks = remembered(found.event)
    page = render_template("registrations/done.html", shown=found, waits=waits, thanks=thanks)
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response
