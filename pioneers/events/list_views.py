"""One line of an event's list: adding somebody by hand, and correcting a mistake."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.rules import Permission
from pioneers.companies.names import display_name
from pioneers.companies.queries import get_person
from pioneers.db import db
from pioneers.events import actions, queries
from pioneers.events.blueprint import blueprint
from pioneers.events.forms import CorrectForm, SomebodyForm
from pioneers.events.labels import said
from pioneers.events.models import Event
from pioneers.events.rules import Present
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.reach.actions import ContactRefused
from pioneers.reach.intake import take_in
from pioneers.web.forms import attach


def _to(programme: Programme, event: Event) -> ResponseReturnValue:
    return redirect(url_for("events.event", slug=programme.slug, event_id=event.id), 303)


@blueprint.route("/p/<slug>/bijeenkomsten/<int:event_id>/aanwezig", methods=["GET", "POST"])
@permitted(Permission.RECORD_CONTACTS)
def mark_present(programme: Programme, event_id: int) -> ResponseReturnValue:
    """Put one person on the list by hand; whoever is known is recognised."""
    event = queries.get_event(db.session, programme, event_id)
    form = SomebodyForm()
    if form.validate_on_submit():
        try:
            words = _mark(programme, event, form)
        except (Refused, ContactRefused) as refusal:
            db.session.rollback()
            attach(form, "name", said(refusal))
        else:
            db.session.commit()
            flash(words, "good")
            return _to(programme, event)
    return render_template("events/present.html", programme=programme, form=form, event=event)


def _mark(programme: Programme, event: Event, form: SomebodyForm) -> str:
    """Recognise or add the person, record the presence, and say what was done."""
    (taken,) = take_in(
        db.session,
        programme=programme,
        claims=[form.claim()],
        day=queries.event_day(event),
        actor_id=current_user.id,
    )
    if taken.person_id is None:
        raise Refused("name_missing", "name")
    result = actions.record_attendance(
        db.session,
        programme=programme,
        event=event,
        present=[Present(taken.person_id, taken.company_id)],
        actor_id=current_user.id,
    )
    name = form.name.data
    if not result.contacts:
        return _("%(name)s was on the list already.", name=name)
    if taken.made_person:
        return _("%(name)s is new and is on the list now.", name=name)
    return _("%(name)s was known already and is on the list now.", name=name)


@blueprint.route(
    "/p/<slug>/bijeenkomsten/<int:event_id>/aanwezig/<int:attendance_id>", methods=["GET", "POST"]
)
@permitted(Permission.RECORD_CONTACTS)
def correct(programme: Programme, event_id: int, attendance_id: int) -> ResponseReturnValue:
    """Somebody on the list was not there, or should not be on it."""
    event = queries.get_event(db.session, programme, event_id)
    line = queries.get_attendance(db.session, event, attendance_id)
    name = display_name(get_person(db.session, programme, line.person_id))
    form = CorrectForm()
    if form.validate_on_submit():
        actions.correct_attendance(
            db.session,
            programme=programme,
            event=event,
            line=line,
            reason=form.chosen(),
            actor_id=current_user.id,
        )
        db.session.commit()
        flash(_("The list has been corrected: %(name)s no longer counts.", name=name), "good")
        return _to(programme, event)
    return render_template(
        "events/correct.html", programme=programme, form=form, event=event, name=name
    )
