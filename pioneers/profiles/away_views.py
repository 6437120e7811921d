"""Days on which a pioneer is away: they are not asked for a stage then."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.profiles import actions, queries
from pioneers.profiles.access import is_own, kept
from pioneers.profiles.blueprint import blueprint
from pioneers.profiles.edit_views import URL, crumbs
from pioneers.profiles.forms import AwayForm, PlainForm
from pioneers.profiles.labels import said
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.web.forms import attach


@blueprint.route(f"{URL}/afwezig", methods=["GET", "POST"])
@permitted(Permission.LOG_CONTRIBUTIONS)
def away(programme: Programme, pioneer_id: int) -> ResponseReturnValue:
    """When a pioneer is away, and adding such days."""
    pioneer = kept(programme, pioneer_id)
    form = AwayForm()
    if form.validate_on_submit():
        try:
            actions.add_away(
                db.session, pioneer=pioneer, period=form.period(), actor_id=current_user.id
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        else:
            db.session.commit()
            flash(_("Saved. You are not asked for these days."), "good")
            return redirect(
                url_for("profiles.away", slug=programme.slug, pioneer_id=pioneer.id), 303
            )
    page = render_template(
        "profiles/away.html",
        programme=programme,
        form=form,
        pioneer=pioneer,
        own=is_own(programme, pioneer),
        periods=queries.away_periods(db.session, pioneer.id, clock.today()),
        trail=crumbs(programme, pioneer),
    )
    return page, 422 if form.errors else 200


@blueprint.post(f"{URL}/afwezig/<int:away_id>/weg")
@permitted(Permission.LOG_CONTRIBUTIONS)
def remove_away(programme: Programme, pioneer_id: int, away_id: int) -> ResponseReturnValue:
    """The pioneer is not away after all."""
    pioneer = kept(programme, pioneer_id)
    found = queries.get_away(db.session, pioneer.id, away_id)
    if PlainForm().validate_on_submit():
        actions.remove_away(db.session, pioneer=pioneer, away=found, actor_id=current_user.id)
        db.session.commit()
        flash(_("Removed. You can be asked for these days."), "good")
    return redirect(url_for("profiles.away", slug=programme.slug, pioneer_id=pioneer.id), 303)
