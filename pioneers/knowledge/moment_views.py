"""When an item goes to the site and off it, and that somebody looked it over."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.knowledge import actions, queries
from pioneers.knowledge.blueprint import blueprint
from pioneers.knowledge.forms import MomentForm, PlainForm
from pioneers.knowledge.item_views import ONE, to_item
from pioneers.knowledge.labels import said
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.web.forms import attach


@blueprint.route(f"{ONE}/publiceren", methods=["GET", "POST"])
@permitted(Permission.EDIT_KNOWLEDGE)
def publish(programme: Programme, item_id: int) -> ResponseReturnValue:
    """Show the newest version to everybody, now or later."""
    found = queries.get_item(db.session, programme, item_id)
    form = MomentForm()
    if form.validate_on_submit():
        try:
            at = form.at()
            actions.publish(db.session, item=found, at=at, user_id=current_user.id)
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field if refusal.field in form else "when", said(refusal))
        else:
            db.session.commit()
            flash(_("It is on the site.") if at is None else _("It is planned."), "good")
            return to_item(programme, found)
    page = render_template(
        "knowledge/publish.html",
        programme=programme,
        item=found,
        newest=queries.latest(db.session, found),
        form=form,
    )
    return page, 422 if form.errors else 200


@blueprint.route(f"{ONE}/intrekken", methods=["GET", "POST"])
@permitted(Permission.EDIT_KNOWLEDGE)
def withdraw(programme: Programme, item_id: int) -> ResponseReturnValue:
    """Take an item off the site, now or later."""
    found = queries.get_item(db.session, programme, item_id)
    form = MomentForm()
    if form.validate_on_submit():
        try:
            at = form.at()
            actions.withdraw(db.session, item=found, at=at, user_id=current_user.id)
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        else:
            db.session.commit()
            flash(_("It is off the site.") if at is None else _("It is planned."), "good")
            return to_item(programme, found)
    page = render_template("knowledge/withdraw.html", programme=programme, item=found, form=form)
    return page, 422 if form.errors else 200


@blueprint.post(f"{ONE}/planning")
@permitted(Permission.EDIT_KNOWLEDGE)
def cancel_plan(programme: Programme, item_id: int) -> ResponseReturnValue:
    """Let nothing happen by itself any more."""
    found = queries.get_item(db.session, programme, item_id)
    if PlainForm().validate_on_submit():
        actions.cancel_plan(db.session, item=found, user_id=current_user.id)
        db.session.commit()
        flash(_("Nothing is planned any more."), "good")
    return to_item(programme, found)


@blueprint.post(f"{ONE}/nagekeken")
@permitted(Permission.EDIT_KNOWLEDGE)
def reviewed(programme: Programme, item_id: int) -> ResponseReturnValue:
    """Somebody looked it over, and it still holds: again in a year."""
    found = queries.get_item(db.session, programme, item_id)
    if PlainForm().validate_on_submit():
        day = actions.reviewed(db.session, item=found, today=clock.today(), user_id=current_user.id)
        db.session.commit()
        flash(_("Noted. The next time is %(day)s.", day=f"{day:%d-%m-%Y}"), "good")
    return to_item(programme, found)


@blueprint.post(f"{ONE}/toestemming-weg")
@permitted(Permission.EDIT_KNOWLEDGE)
def consent_gone(programme: Programme, item_id: int) -> ResponseReturnValue:
    """Whoever agreed does not any more: off the site, at once."""
    found = queries.get_item(db.session, programme, item_id)
    if PlainForm().validate_on_submit():
        actions.withdraw_consent(db.session, item=found, user_id=current_user.id)
        db.session.commit()
        flash(_("Noted. The item is off the site."), "good")
    return to_item(programme, found)
