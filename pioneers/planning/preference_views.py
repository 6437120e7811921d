"""What a pioneer speaks about and how far one travels: set by oneself or the project leader."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.rules import Permission
from pioneers.ambassadors.actions import set_preferences
from pioneers.ambassadors.models import Pioneer
from pioneers.ambassadors.queries import get_pioneer, pioneer_names
from pioneers.db import db
from pioneers.events.themes import known_themes
from pioneers.planning.answer_views import own_pioneer
from pioneers.planning.blueprint import blueprint
from pioneers.planning.forms import PreferencesForm
from pioneers.planning.labels import said
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.programmes.stale import differences
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version


@blueprint.route("/p/<slug>/netwerk/pioniers/<int:pioneer_id>/voorkeuren", methods=["GET", "POST"])
@permitted(Permission.EDIT_NETWORK)
def preferences(programme: Programme, pioneer_id: int) -> ResponseReturnValue:
    """The project leader keeps them."""
    pioneer = get_pioneer(db.session, programme, pioneer_id)
    back = url_for("events.pioneer", slug=programme.slug, pioneer_id=pioneer.id)
    return _edited(programme, pioneer, back)


@blueprint.route("/p/<slug>/verzoeken/voorkeuren", methods=["GET", "POST"])
@permitted(Permission.ANSWER_REQUESTS)
def own_preferences(programme: Programme) -> ResponseReturnValue:
    """The pioneer keeps them."""
    pioneer_id = own_pioneer(programme)
    back = url_for("planning.requests", slug=programme.slug)
    if pioneer_id is None:
        return redirect(back, 303)
    return _edited(programme, get_pioneer(db.session, programme, pioneer_id), back)


def _edited(programme: Programme, pioneer: Pioneer, back: str) -> ResponseReturnValue:
    form = PreferencesForm(known_themes(pioneer.themes), pioneer.travels_km, pioneer.version)
    stale = None
    if form.validate_on_submit():
        try:
            set_preferences(
                db.session,
                programme=programme,
                pioneer=pioneer,
                themes=known_themes(",".join(form.themes.data or ())),
                travels_km=form.travels_km.data,
                version=parse_version(form.version.data),
                actor_id=current_user.id,
            )
        except Refused as refusal:
            attach(form, refusal.field, said(refusal))
        except Stale:
            stale = differences(
                form,
                {
                    "themes": list(known_themes(pioneer.themes)),
                    "travels_km": pioneer.travels_km,
                },
            )
            form.version.data = pioneer.version
        else:
            db.session.commit()
            flash(_("Saved."), "good")
            return redirect(back, 303)
        db.session.rollback()
    return render_template(
        "planning/preferences.html",
        programme=programme,
        form=form,
        stale=stale,
        back=back,
        name=pioneer_names(db.session, programme).get(pioneer.id, ""),
    )
