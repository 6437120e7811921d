"""Adding and changing fans and their contact people. The page of a fan is in events."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.fans.actions import (
    add_contact_person,
    add_fan,
    change_fan,
    end_contact_person,
    end_fan,
)
from pioneers.fans.forms import ContactPersonForm, EndFanForm, end_values, fan_form, values_of
from pioneers.fans.labels import REFUSALS
from pioneers.fans.models import Fan
from pioneers.fans.queries import get_contact_person, get_fan
from pioneers.programmes.guards import permitted
from pioneers.programmes.labels import explain
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import municipality_names
from pioneers.programmes.rules import Refused, Stale
from pioneers.programmes.stale import differences
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version

blueprint = Blueprint("fans", __name__, url_prefix="/p/<slug>/netwerk/fans")


def _to(programme: Programme, fan: Fan) -> ResponseReturnValue:
    return redirect(url_for("events.fan", slug=programme.slug, fan_id=fan.id), 303)


@blueprint.route("/nieuw", methods=["GET", "POST"])
@permitted(Permission.EDIT_NETWORK)
def add(programme: Programme) -> ResponseReturnValue:
    """Add a fan."""
    form = fan_form(municipality_names(db.session))
    if form.validate_on_submit():
        try:
            fan = add_fan(
                db.session, programme=programme, draft=form.draft(), actor_id=current_user.id
            )
        except Refused as refusal:
            attach(form, refusal.field, explain(refusal, REFUSALS))
        else:
            db.session.commit()
            flash(_("%(name)s is a fan now.", name=fan.name), "good")
            return _to(programme, fan)
    return render_template("fans/fan.html", programme=programme, form=form, fan=None, stale=None)


@blueprint.route("/<int:fan_id>/wijzigen", methods=["GET", "POST"])
@permitted(Permission.EDIT_NETWORK)
def change(programme: Programme, fan_id: int) -> ResponseReturnValue:
    """Change a fan."""
    fan = get_fan(db.session, programme, fan_id)
    form = fan_form(municipality_names(db.session), fan)
    stale = None
    if form.validate_on_submit():
        try:
            change_fan(
                db.session,
                programme=programme,
                fan=fan,
                draft=form.draft(),
                version=parse_version(form.version.data),
                actor_id=current_user.id,
            )
        except Refused as refusal:
            attach(form, refusal.field, explain(refusal, REFUSALS))
        except Stale:
            stale = differences(form, values_of(fan))
            form.version.data = fan.version
        else:
            db.session.commit()
            flash(_("%(name)s has been saved.", name=fan.name), "good")
            return _to(programme, fan)
    return render_template("fans/fan.html", programme=programme, form=form, fan=fan, stale=stale)


@blueprint.route("/<int:fan_id>/einde", methods=["GET", "POST"])
@permitted(Permission.EDIT_NETWORK)
def end(programme: Programme, fan_id: int) -> ResponseReturnValue:
    """A fan takes part no longer, or again."""
    fan = get_fan(db.session, programme, fan_id)
    form = EndFanForm(data=end_values(fan) | {"version": fan.version})
    stale = None
    if form.validate_on_submit():
        try:
            end_fan(
                db.session,
                programme=programme,
                fan=fan,
                ended_on=form.ended_on.data,
                reason=form.chosen(),
                version=parse_version(form.version.data),
                actor_id=current_user.id,
            )
        except Refused as refusal:
            attach(form, refusal.field, explain(refusal, REFUSALS))
        except Stale:
            stale = differences(form, end_values(fan))
            form.version.data = fan.version
        else:
            db.session.commit()
            flash(_("%(name)s has been saved.", name=fan.name), "good")
            return _to(programme, fan)
    return render_template("fans/end.html", programme=programme, form=form, fan=fan, stale=stale)


@blueprint.route("/<int:fan_id>/contactpersonen", methods=["GET", "POST"])
@permitted(Permission.EDIT_NETWORK)
def add_contact(programme: Programme, fan_id: int) -> ResponseReturnValue:
    """Add somebody who speaks for the fan."""
    fan = get_fan(db.session, programme, fan_id)
    form = ContactPersonForm()
    if form.validate_on_submit():
        try:
            add_contact_person(
                db.session,
                programme=programme,
                fan=fan,
                draft=form.draft(),
                actor_id=current_user.id,
            )
        except Refused as refusal:
            attach(form, refusal.field, explain(refusal, REFUSALS))
        else:
            db.session.commit()
            flash(_("The contact person has been added."), "good")
            return _to(programme, fan)
    return render_template("fans/contact.html", programme=programme, form=form, fan=fan)


@blueprint.post("/<int:fan_id>/contactpersonen/<int:fan_contact_id>/einde")
@permitted(Permission.EDIT_NETWORK)
def end_contact(programme: Programme, fan_id: int, fan_contact_id: int) -> ResponseReturnValue:
    """Somebody no longer speaks for the fan."""
    fan = get_fan(db.session, programme, fan_id)
    contact = get_contact_person(db.session, fan, fan_contact_id)
    end_contact_person(
        db.session, programme=programme, fan=fan, contact=contact, actor_id=current_user.id
    )
    db.session.commit()
    flash(_("%(name)s is no longer a contact person.", name=contact.name), "good")
    return _to(programme, fan)
