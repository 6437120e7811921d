"""Who knows whom: noting that a pioneer can introduce us, and taking it back."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import list_pioneers
from pioneers.companies.queries import get_company
from pioneers.db import db
from pioneers.fans.queries import list_fans
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.relations import notes
from pioneers.relations.blueprint import blueprint
from pioneers.relations.forms import IntroduceForm
from pioneers.relations.labels import said
from pioneers.relations.links import page_of, target_page
from pioneers.relations.queries import get_introduction, prospects
from pioneers.relations.rules import About, Subject, Target
from pioneers.web.forms import attach

URL = "/p/<slug>/netwerk/introducties"


@blueprint.route(f"{URL}/nieuw", methods=["GET", "POST"])
@permitted(Permission.EDIT_NETWORK)
def introduce(programme: Programme) -> ResponseReturnValue:
    """Note that a pioneer knows somebody; the address says from which page one came."""
    company_id = request.args.get("bedrijf", type=int)
    form = _form(programme, company_id)
    if form.validate_on_submit():
        try:
            target, target_id = _target(programme, form)
            notes.introduce(
                db.session,
                programme=programme,
                pioneer_id=form.pioneer_id.data,
                target=target,
                target_id=target_id,
                remark=form.remark.data or "",
                actor_id=current_user.id,
            )
        except Refused as refusal:
            attach(form, refusal.field, said(refusal))
        else:
            db.session.commit()
            flash(_("It has been noted."), "good")
            return redirect(_back(programme) or target_page(programme, target, target_id), 303)
    return render_template(
        "relations/introduce.html", programme=programme, form=form, with_company=not company_id
    )


def _form(programme: Programme, company_id: int | None) -> IntroduceForm:
    today, asked = clock.today(), request.args
    active = [
        (row.id, row.name)
        for row in list_pioneers(db.session, programme)
        if row.ended_on is None or row.ended_on > today
    ]
    choices = [("", "–")]
    if company_id:
        company = get_company(db.session, programme, company_id)
        choices.append((f"{Target.COMPANY}-{company.id}", company.name))
    else:
        fans = list_fans(db.session, programme, active_only=True)
        choices += [(f"{Target.FAN}-{fan.id}", fan.name) for fan in fans]
        choices += [
            (f"{Target.PROSPECT}-{one}", f"{name} ({_('prospect')})")
            for one, name in prospects(db.session, programme).items()
        ]
    chosen = ""
    for name, target in (
        ("fan", Target.FAN),
        ("bedrijf", Target.COMPANY),
        ("kandidaat", Target.PROSPECT),
    ):
        if asked.get(name, type=int):
            chosen = f"{target}-{asked.get(name, type=int)}"
    form = IntroduceForm(data={"pioneer_id": asked.get("pionier", 0, int), "target": chosen})
    form.pioneer_id.choices = active if asked.get("pionier") else [(0, "–"), *active]
    form.target.choices = choices
    return form


def _target(programme: Programme, form: IntroduceForm) -> tuple[Target, int]:
    if not form.pioneer_id.data:
        raise Refused("pioneer_missing", "pioneer_id")
    if form.target.data:
        kind, _dash, number = form.target.data.partition("-")
        return Target(kind), int(number)
    if not form.company.data:
        raise Refused("target_missing", "target")
    return Target.COMPANY, notes.company_named(db.session, programme, form.company.data)


def _back(programme: Programme) -> str | None:
    pioneer = request.args.get("pionier", type=int)
    return page_of(programme, About(Subject.PIONEER, pioneer)) if pioneer else None


@blueprint.post(f"{URL}/<int:introduction_id>/verwijderen")
@permitted(Permission.EDIT_NETWORK)
def remove_introduction(programme: Programme, introduction_id: int) -> ResponseReturnValue:
    """It is not so, or not any more."""
    one = get_introduction(db.session, programme, introduction_id)
    back = page_of(programme, About(Subject.PIONEER, one.pioneer_id))
    if request.args.get("van") == "ander":
        back = _other_side(programme, one.fan_id, one.company_id, one.prospect_id)
    notes.remove_introduction(db.session, one=one, actor_id=current_user.id)
    db.session.commit()
    flash(_("The introduction has been removed."), "good")
    return redirect(back, 303)


def _other_side(
    programme: Programme, fan_id: int | None, company_id: int | None, prospect_id: int | None
) -> str:
    if fan_id is not None:
        return target_page(programme, Target.FAN, fan_id)
    if company_id is not None:
        return target_page(programme, Target.COMPANY, company_id)
    return target_page(programme, Target.PROSPECT, prospect_id or 0)
