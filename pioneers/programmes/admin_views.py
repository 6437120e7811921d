"""The keeper of the installation: making a programme."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.actions import invite
from pioneers.accounts.guards import administrator
from pioneers.accounts.rules import Role
from pioneers.db import db
from pioneers.programmes.actions import create_programme
from pioneers.programmes.blueprint import blueprint
from pioneers.programmes.forms import NewProgrammeForm
from pioneers.programmes.labels import explain
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import all_programmes
from pioneers.programmes.rules import Refused
from pioneers.web.forms import attach


@blueprint.route("/beheer/programma", methods=["GET", "POST"])
@administrator
def programmes() -> ResponseReturnValue:
    """The programmes of this installation, and a form for a new one."""
    form = NewProgrammeForm()
    if form.validate_on_submit():
        try:
            programme = create_programme(
                db.session,
                slug=form.slug.data,
                name=form.name.data,
                starts_on=form.starts_on.data,
                ends_on=form.ends_on.data,
                aware=form.aware.data,
                activated=form.activated.data,
                province=form.province.data,
                actor_id=current_user.id,
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, _field(form, refusal), explain(refusal))
        else:
            return _made(programme, form.leader.data)
    return render_template(
        "programmes/programmes.html", form=form, programmes=all_programmes(db.session)
    )


def _field(form: NewProgrammeForm, refusal: Refused) -> str:
    """A refused target belongs to the target that was filled in wrong."""
    if refusal.field == "value":
        return (
            "aware" if (form.aware.data or 0) <= 0 and form.aware.data is not None else "activated"
        )
    return "ends_on" if refusal.field == "due_on" else refusal.field


def _made(programme: Programme, leader: str | None) -> ResponseReturnValue:
    """Invite the project leader; the link is shown once, because it is kept nowhere."""
    token = None
    if leader:
        _invitation, token = invite(
            db.session,
            email=leader,
            programme_id=programme.id,
            role=Role.PROJECT_LEADER,
            actor_id=current_user.id,
        )
    db.session.commit()
    flash(_("%(name)s has been made.", name=programme.name), "good")
    if token is None:
        return redirect(url_for("programmes.programmes"), 303)
    link = url_for("accounts.invitation", token=token, _external=True)
    return render_template("programmes/made.html", made=programme, email=leader, link=link)
