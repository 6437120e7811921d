"""The day and the words of an appointment: corrected, or settled when the meeting is known."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.rules import Permission
from pioneers.ambassadors.actions import change_appointment
from pioneers.ambassadors.models import Pioneer
from pioneers.ambassadors.queries import get_pioneer, pioneer_row
from pioneers.db import db
from pioneers.events.blueprint import blueprint
from pioneers.events.forms import AppointmentForm
from pioneers.events.labels import said
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.programmes.stale import differences
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version


@blueprint.route("/p/<slug>/netwerk/pioniers/<int:pioneer_id>/benoeming", methods=["GET", "POST"])
@permitted(Permission.EDIT_NETWORK)
def appointment(programme: Programme, pioneer_id: int) -> ResponseReturnValue:
    """When, by whom and in which meeting somebody is appointed."""
    found = get_pioneer(db.session, programme, pioneer_id)
    form = AppointmentForm(data=_values(found) | {"version": found.version})
    stale = None
    if form.validate_on_submit():
        try:
            change_appointment(
                db.session,
                programme=programme,
                pioneer=found,
                appointed_on=form.data["appointed_on"],
                appointed_by=form.appointed_by.data or "",
                appointed_at=form.appointed_at.data or "",
                version=parse_version(form.version.data),
                actor_id=current_user.id,
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        except Stale:
            stale = differences(form, {key: value or None for key, value in _values(found).items()})
            form.version.data = found.version
        else:
            db.session.commit()
            flash(_("The appointment has been saved."), "good")
            return redirect(
                url_for("events.pioneer", slug=programme.slug, pioneer_id=found.id), 303
            )
    row = pioneer_row(db.session, programme, pioneer_id)
    return render_template(
        "events/appointment.html", programme=programme, form=form, pioneer=row, stale=stale
    )


def _values(pioneer: Pioneer) -> dict[str, object]:
    return {
        "appointed_on": pioneer.appointed_on,
        "appointed_by": pioneer.appointed_by,
        "appointed_at": pioneer.appointed_at,
    }
