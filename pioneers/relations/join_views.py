"""A prospect becomes a pioneer or a fan."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import municipality_names
from pioneers.programmes.rules import Refused, Stale
from pioneers.relations import actions
from pioneers.relations.blueprint import blueprint
from pioneers.relations.forms import JoinFanForm, JoinPioneerForm
from pioneers.relations.labels import said
from pioneers.relations.links import to_page
from pioneers.relations.models import Prospect, Side
from pioneers.relations.prospect_views import ONE, changed_meanwhile, to_prospect
from pioneers.relations.queries import get_prospect
from pioneers.relations.rules import About, Subject, is_open
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version


@blueprint.route(f"{ONE}/toetreden", methods=["GET", "POST"])
@permitted(Permission.EDIT_NETWORK)
def join(programme: Programme, prospect_id: int) -> ResponseReturnValue:
    """Appoint the prospect, or make it a fan."""
    found = get_prospect(db.session, programme, prospect_id)
    if not is_open(found.stage):
        return to_prospect(programme, found)
    form = _pioneer_form(found) if found.side == Side.PIONEER else _fan_form(found)
    if form.validate_on_submit():
        try:
            about = _join(programme, found, form)
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        except Stale:
            db.session.rollback()
            changed_meanwhile()
            return to_prospect(programme, found)
        else:
            db.session.commit()
            flash(_joined(found, form), "good")
            return to_page(programme, about)
    return render_template("relations/join.html", programme=programme, form=form, prospect=found)


def _joined(found: Prospect, form: JoinPioneerForm | JoinFanForm) -> str:
    if found.side == Side.PIONEER:
        return _("%(name)s is a pioneer now.", name=form.name.data)
    return _("%(name)s is a fan now.", name=form.name.data)


def _join(programme: Programme, found: Prospect, form: JoinPioneerForm | JoinFanForm) -> About:
    version = parse_version(form.version.data)
    if isinstance(form, JoinPioneerForm):
        pioneer = actions.join_as_pioneer(
            db.session,
            programme=programme,
            prospect=found,
            claim=form.claim(),
            appointed_on=form.data["appointed_on"],
            version=version,
            actor_id=current_user.id,
        )
        return About(Subject.PIONEER, pioneer.id)
    fan = actions.join_as_fan(
        db.session,
        programme=programme,
        prospect=found,
        draft=form.draft(),
        contact=form.contact(),
        version=version,
        actor_id=current_user.id,
    )
    return About(Subject.FAN, fan.id)


def _pioneer_form(found: Prospect) -> JoinPioneerForm:
    return JoinPioneerForm(
        data={
            "name": found.name,
            "company": found.company,
            "email": found.email,
            "appointed_on": clock.today(),
            "version": found.version,
        }
    )


def _fan_form(found: Prospect) -> JoinFanForm:
    form = JoinFanForm(
        data={
            "name": found.name,
            "municipality_code": found.municipality_code,
            "contact_name": found.contact_name,
            "email": found.email,
            "phone": found.phone,
            "version": found.version,
        }
    )
    form.municipality_code.choices = [("", "–"), *municipality_names(db.session).items()]
    return form
