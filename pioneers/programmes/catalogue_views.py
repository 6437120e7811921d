"""The catalogue: which actions count as activation, and with what proof."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.programmes import queries
from pioneers.programmes.blueprint import blueprint
from pioneers.programmes.forms import KindForm, kind_form
from pioneers.programmes.guards import permitted
from pioneers.programmes.kinds import add_kind, change_kind, use_kind
from pioneers.programmes.labels import explain
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.web.forms import attach

URL = "/p/<slug>/instellingen/acties"


def _back(programme: Programme) -> ResponseReturnValue:
    return redirect(url_for("programmes.catalogue", slug=programme.slug), 303)


@blueprint.get(URL)
@permitted(Permission.MANAGE_PROGRAMME)
def catalogue(programme: Programme) -> ResponseReturnValue:
    """Every action, those in use first."""
    kinds = queries.activation_kinds(db.session, programme)
    return render_template("programmes/catalogue.html", programme=programme, kinds=kinds)


@blueprint.route(f"{URL}/nieuw", methods=["GET", "POST"])
@permitted(Permission.MANAGE_PROGRAMME)
def new_kind(programme: Programme) -> ResponseReturnValue:
    """Add an action."""
    form = KindForm()
    if form.validate_on_submit():
        try:
            add_kind(
                db.session, programme=programme, wording=form.wording(), actor_id=current_user.id
            )
        except Refused as refusal:
            attach(form, refusal.field, explain(refusal))
        else:
            db.session.commit()
            flash(_("The action is in the list now."), "good")
            return _back(programme)
    return render_template("programmes/kind.html", programme=programme, form=form, kind=None)


@blueprint.route(f"{URL}/<int:kind_id>", methods=["GET", "POST"])
@permitted(Permission.MANAGE_PROGRAMME)
def change_wording(programme: Programme, kind_id: int) -> ResponseReturnValue:
    """Reword an action."""
    kind = queries.get_kind(db.session, programme, kind_id)
    form = kind_form(kind)
    if form.validate_on_submit():
        try:
            change_kind(db.session, kind=kind, wording=form.wording(), actor_id=current_user.id)
        except Refused as refusal:
            attach(form, refusal.field, explain(refusal))
        else:
            db.session.commit()
            flash(_("The wording has been saved."), "good")
            return _back(programme)
    return render_template("programmes/kind.html", programme=programme, form=form, kind=kind)


@blueprint.post(f"{URL}/<int:kind_id>/gebruik")
@permitted(Permission.MANAGE_PROGRAMME)
def use(programme: Programme, kind_id: int) -> ResponseReturnValue:
    """Retire an action or take it in use again."""
    kind = queries.get_kind(db.session, programme, kind_id)
    in_use = request.form.get("in_use") == "1"
    use_kind(db.session, kind=kind, in_use=in_use, actor_id=current_user.id)
    db.session.commit()
    flash(_("The action is in use again.") if in_use else _("The action is retired."), "good")
    return _back(programme)
