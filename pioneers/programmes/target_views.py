"""The programme's targets: what stands, what stood before, and setting or changing one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.programmes import queries
from pioneers.programmes.blueprint import blueprint
from pioneers.programmes.forms import ChangeTargetForm, TargetForm
from pioneers.programmes.guards import may, permitted
from pioneers.programmes.labels import INDICATORS, UNITS, explain
from pioneers.programmes.models import Programme, Target
from pioneers.programmes.rules import Indicator, Refused, Stale
from pioneers.programmes.stale import differences
from pioneers.programmes.targets import set_target
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version


def _back(programme: Programme) -> ResponseReturnValue:
    return redirect(url_for("programmes.targets", slug=programme.slug), 303)


@blueprint.get("/p/<slug>/doelen")
@permitted(Permission.SEE_FIGURES)
def targets(programme: Programme) -> ResponseReturnValue:
    """What has to be reached, and what stood before."""
    history = queries.target_history(db.session, programme)
    return render_template(
        "programmes/targets.html",
        programme=programme,
        standing=queries.targets_of(db.session, programme),
        history=history,
        replaced={target.id: target for target, _name in history},
        labels=INDICATORS,
        units={
            Indicator.AWARE: UNITS[programme.aware_unit],
            Indicator.ACTIVATED: UNITS[programme.activated_unit],
        },
        may_change=may(Permission.MANAGE_PROGRAMME),
    )


@blueprint.route("/p/<slug>/doelen/nieuw", methods=["GET", "POST"])
@permitted(Permission.MANAGE_PROGRAMME)
def new_target(programme: Programme) -> ResponseReturnValue:
    """Set a first target or a sub-target."""
    form = TargetForm(
        data={"indicator": request.args.get("voor", "aware"), "due_on": programme.ends_on}
    )
    if form.validate_on_submit():
        try:
            set_target(
                db.session,
                programme=programme,
                indicator=form.chosen(),
                value=form.data["value"],
                due_on=form.data["due_on"],
                is_final=form.kind.data == "final",
                actor_id=current_user.id,
            )
        except Refused as refusal:
            attach(form, refusal.field, explain(refusal))
        except Stale:
            attach(form, "kind", _("There is a final target already. Change that one."))
        else:
            db.session.commit()
            flash(_("The target has been set."), "good")
            return _back(programme)
    return render_template("programmes/target_new.html", programme=programme, form=form)


@blueprint.route("/p/<slug>/doelen/<int:target_id>", methods=["GET", "POST"])
@permitted(Permission.MANAGE_PROGRAMME)
def change_target(programme: Programme, target_id: int) -> ResponseReturnValue:
    """Change a target; the old one is kept with the reason."""
    target = queries.get_target(db.session, programme, target_id)
    form = ChangeTargetForm(
        data={"value": target.value, "due_on": target.due_on, "seen": str(target.id)}
    )
    stale = None
    if form.validate_on_submit():
        try:
            set_target(
                db.session,
                programme=programme,
                indicator=target.indicator,
                value=form.data["value"],
                due_on=form.data["due_on"],
                is_final=target.is_final,
                reason=form.reason.data or "",
                replaces=parse_version(form.seen.data) or target.id,
                actor_id=current_user.id,
            )
        except Refused as refusal:
            attach(form, refusal.field, explain(refusal))
        except Stale as changed:
            stale = _meanwhile(form, changed.current)
        else:
            db.session.commit()
            flash(_("The target has been changed. The old one stays in the list."), "good")
            return _back(programme)
    return render_template(
        "programmes/target_change.html",
        programme=programme,
        form=form,
        target=target,
        stale=stale,
        labels=INDICATORS,
    )


def _meanwhile(form: ChangeTargetForm, current: object) -> object:
    if not isinstance(current, Target):
        return []
    form.seen.data = str(current.id)
    return differences(form, {"value": current.value, "due_on": current.due_on})
