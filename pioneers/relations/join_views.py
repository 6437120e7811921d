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
from pioneers.programmes.stale import differences
from pioneers.relations import actions
from pioneers.relations.blueprint import blueprint
from pioneers.relations.forms import JoinFanForm, JoinPioneerForm
from pioneers.relations.labels import said
from pioneers.relations.links import to_page
from pioneers.relations.models import Prospect, Side
from pioneers.relations.prospect_views import ONE, changed_meanwhile, to_prospect
from pioneers.relations.queries import get_prospect
from pioneers.relations.rules import About, Subject, is_open
from pioneers.web.formats import day
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
    stale = None
    if form.validate_on_submit():
        try:
            about = _join(programme, found, form)
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        except Stale:
            db.session.rollback()
            if not is_open(found.stage):
                changed_meanwhile()
                return to_prospect(programme, found)
            stale = differences(form, _values(found))
            form.version.data = found.version
        else:
            db.session.commit()
            flash(_joined(form), "good")
            return to_page(programme, about)
    page = render_template(
        "relations/join.html", programme=programme, form=form, prospect=found, stale=stale
    )
    return page, 422 if form.errors else 200


def _joined(form: JoinPioneerForm | JoinFanForm) -> str:
    name = form.name.data
    if isinstance(form, JoinFanForm):
        return _("%(name)s is a fan now.", name=name)
    begin = form.data["appointed_on"]
    if begin > clock.today():
        return _("%(name)s is a pioneer from %(day)s on.", name=name, day=day(begin))
    return _("%(name)s is a pioneer now.", name=name)


def _join(programme: Programme, found: Prospect, form: JoinPioneerForm | JoinFanForm) -> About:
    version = parse_version(form.version.data)
    if isinstance(form, JoinPioneerForm):
        pioneer = actions.join_as_pioneer(
            db.session,
            programme=programme,
            prospect=found,
            claim=form.claim(),
            appointed_on=form.data["appointed_on"],
            appointed_by=form.appointed_by.data or "",
            appointed_at=form.appointed_at.data or "",
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


def _values(found: Prospect) -> dict[str, object]:
    """What the form begins with of a prospect."""
    values: dict[str, object] = {"name": found.name, "email": found.email}
    if found.side == Side.PIONEER:
        return values | {"company": found.company or None}
    return values | {
        "municipality_code": found.municipality_code,
        "contact_name": found.contact_name or None,
        "phone": found.phone,
    }


def _pioneer_form(found: Prospect) -> JoinPioneerForm:
    begin = {"appointed_on": clock.today(), "version": found.version}
    return JoinPioneerForm(data=_values(found) | begin)


def _fan_form(found: Prospect) -> JoinFanForm:
    form = JoinFanForm(data=_values(found) | {"version": found.version})
    form.municipality_code.choices = [("", "–"), *municipality_names(db.session).items()]
    return form
