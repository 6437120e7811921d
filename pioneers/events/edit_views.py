"""Adding an event and counting its room; changing and cancelling tell people: see hosting."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import pioneer_names
from pioneers.db import db
from pioneers.events import actions, queries
from pioneers.events.blueprint import blueprint
from pioneers.events.faults import form_faults, is_right
from pioneers.events.forms import EventForm, HeadcountForm, event_form
from pioneers.events.labels import said
from pioneers.events.models import Event
from pioneers.events.rules import EventDraft
from pioneers.fans.queries import fan_names
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import municipality_names
from pioneers.programmes.rules import Refused
from pioneers.reach.actions import ContactRefused
from pioneers.web.forms import attach

NEW = EventDraft.__dataclass_fields__


def _form(programme: Programme, values: dict[str, Any]) -> EventForm:
    return event_form(
        fans=fan_names(db.session, programme),
        pioneers=pioneer_names(db.session, programme),
        municipalities=municipality_names(db.session),
        values=values,
    )


def _to(programme: Programme, event: Event) -> ResponseReturnValue:
    return redirect(url_for("events.event", slug=programme.slug, event_id=event.id), 303)


@blueprint.route("/p/<slug>/bijeenkomsten/nieuw", methods=["GET", "POST"])
@permitted(Permission.EDIT_EVENTS)
def add(programme: Programme) -> ResponseReturnValue:
    """Add an event."""
    start = {name: NEW[name].default for name in ("starts", "ends", "status")}
    form = _form(programme, {**start, "status": str(start["status"])})
    if is_right(form, form_faults(programme, form), said):
        try:
            event = actions.create_event(
                db.session, programme=programme, draft=form.draft(), actor_id=current_user.id
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        else:
            db.session.commit()
            flash(_("%(title)s has been added.", title=event.title), "good")
            return _to(programme, event)
    return render_template(
        "events/edit.html", programme=programme, form=form, event=None, stale=None, told=0
    )


@blueprint.route("/p/<slug>/bijeenkomsten/<int:event_id>/aantal", methods=["GET", "POST"])
@permitted(Permission.EDIT_EVENTS)
def headcount(programme: Programme, event_id: int) -> ResponseReturnValue:
    """Everybody who was in the room."""
    event = queries.get_event(db.session, programme, event_id)
    form = HeadcountForm(data={"headcount": event.headcount})
    if form.validate_on_submit():
        try:
            actions.report_headcount(
                db.session,
                programme=programme,
                event=event,
                heads=form.headcount.data,
                actor_id=current_user.id,
            )
        except (Refused, ContactRefused) as refusal:
            attach(form, "headcount", said(refusal))
            db.session.rollback()
        else:
            db.session.commit()
            flash(_("The number of people has been saved."), "good")
            return _to(programme, event)
    counts = queries.counts(db.session, event)
    return render_template(
        "events/headcount.html", programme=programme, form=form, event=event, counts=counts
    )
