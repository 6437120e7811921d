"""The page of a prospect: forward, back, joining, ending, taking up again."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.queries import user_names
from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.programmes.guards import permitted
from pioneers.programmes.labels import END_REASONS
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import municipality_names
from pioneers.programmes.rules import Refused, Stale
from pioneers.programmes.stale import differences
from pioneers.relations import actions
from pioneers.relations.blueprint import blueprint
from pioneers.relations.board_views import URL, board_address
from pioneers.relations.forms import (
    EndProspectForm,
    VersionForm,
    prospect_form,
    prospect_values,
)
from pioneers.relations.labels import STAGES, said
from pioneers.relations.links import known_page, page_of
from pioneers.relations.models import Prospect, Stage
from pioneers.relations.queries import get_prospect, team
from pioneers.relations.rules import OPEN, About, Subject, is_open, next_stage
from pioneers.web.formats import NOTHING
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version

ONE = f"{URL}/<int:prospect_id>"


def to_prospect(programme: Programme, prospect: Prospect) -> ResponseReturnValue:
    """Go to the page of a prospect."""
    return redirect(page_of(programme, About(Subject.PROSPECT, prospect.id)), 303)


def changed_meanwhile() -> None:
    """Say that nothing was done, because somebody else was in between."""
    flash(_("Somebody else changed this meanwhile. Look at how it stands now."), "warn")


@blueprint.get(ONE)
@permitted(Permission.EDIT_NETWORK)
def prospect(programme: Programme, prospect_id: int) -> ResponseReturnValue:
    """How far it is with somebody, what was said and what comes next."""
    found = get_prospect(db.session, programme, prospect_id)
    return render_template(
        "relations/prospect.html",
        programme=programme,
        prospect=found,
        facts=_facts(found),
        stages=STAGES,
        open_stages=OPEN,
        is_open=is_open(found.stage),
        forward=next_stage(found.stage),
        reason=END_REASONS[found.end_reason] if found.end_reason else None,
        became=_became(programme, found),
    )


def _facts(found: Prospect) -> list[tuple[str, str]]:
    places = municipality_names(db.session)
    names = user_names(db.session, [found.responsible_id])
    facts = [
        (_("Company"), found.company),
        (_("Contact person"), found.contact_name),
        (_("E-mail address"), found.email or ""),
        (_("Phone"), found.phone or ""),
        (_("Municipality"), places.get(found.municipality_code or "", "")),
        (_("Found through"), found.found_through),
    ]
    known = [(term, value) for term, value in facts if value]
    return [*known, (_("Keeps in touch"), names.get(found.responsible_id or 0, NOTHING))]


def _became(programme: Programme, found: Prospect) -> str | None:
    if found.pioneer_id is not None:
        return page_of(programme, About(Subject.PIONEER, found.pioneer_id))
    return page_of(programme, About(Subject.FAN, found.fan_id)) if found.fan_id else None


@blueprint.route(f"{ONE}/wijzigen", methods=["GET", "POST"])
@permitted(Permission.EDIT_NETWORK)
def change(programme: Programme, prospect_id: int) -> ResponseReturnValue:
    """Change what is known of a prospect."""
    found = get_prospect(db.session, programme, prospect_id)
    people, places = team(db.session, programme), municipality_names(db.session)
    form = prospect_form(places, people, prospect_values(found) | {"version": found.version})
    stale = known = None
    if form.validate_on_submit():
        try:
            actions.change_prospect(
                db.session,
                programme=programme,
                prospect=found,
                draft=form.draft(found.side),
                version=parse_version(form.version.data),
                actor_id=current_user.id,
            )
        except Refused as refusal:
            attach(form, refusal.field, said(refusal))
            known = known_page(programme, refusal)
        except Stale:
            stale = differences(form, prospect_values(found))
            form.version.data = found.version
        else:
            db.session.commit()
            flash(_("%(name)s has been saved.", name=found.name), "good")
            return to_prospect(programme, found)
    return render_template(
        "relations/form.html",
        programme=programme,
        form=form,
        side=found.side,
        prospect=found,
        stale=stale,
        known=known,
    )


@blueprint.post(f"{ONE}/fase")
@permitted(Permission.EDIT_NETWORK)
def move(programme: Programme, prospect_id: int) -> ResponseReturnValue:
    """Bring a prospect to another stage, from the board or from its own page; joining asks more
    than a press, and leads to its form."""
    found = get_prospect(db.session, programme, prospect_id)
    form = VersionForm()
    if form.to.data == Stage.JOINED:
        to = url_for("relations.join", slug=programme.slug, prospect_id=found.id)
        return redirect(to, 303)
    try:
        actions.move(
            db.session,
            prospect=found,
            to=_asked_stage(form),
            version=parse_version(form.version.data),
            actor_id=current_user.id,
        )
    except Stale:
        changed_meanwhile()
    except Refused as refusal:
        flash(said(refusal), "warn")
    else:
        db.session.commit()
        words = _("%(name)s: %(stage)s.", name=found.name, stage=str(STAGES[found.stage]).lower())
        flash(words, "good")
    if request.args.get("van") == "bord":
        return redirect(board_address(programme), 303)
    return to_prospect(programme, found)


def _asked_stage(form: VersionForm) -> Stage:
    try:
        return Stage(form.to.data or "")
    except ValueError:
        raise Refused("stage_unknown", "stage") from None


@blueprint.route(f"{ONE}/einde", methods=["GET", "POST"])
@permitted(Permission.EDIT_NETWORK)
def end(programme: Programme, prospect_id: int) -> ResponseReturnValue:
    """It came to nothing: why?"""
    found = get_prospect(db.session, programme, prospect_id)
    form = EndProspectForm(data={"version": found.version})
    if form.validate_on_submit():
        try:
            actions.end_prospect(
                db.session,
                prospect=found,
                reason=form.chosen(),
                remark=form.remark.data or "",
                version=parse_version(form.version.data),
                actor_id=current_user.id,
            )
        except Refused as refusal:
            attach(form, refusal.field, said(refusal))
        except Stale:
            changed_meanwhile()
            return to_prospect(programme, found)
        else:
            db.session.commit()
            flash(_("%(name)s has been closed, with its reason.", name=found.name), "good")
            return to_prospect(programme, found)
    return render_template("relations/end.html", programme=programme, form=form, prospect=found)


@blueprint.post(f"{ONE}/hervatten")
@permitted(Permission.EDIT_NETWORK)
def resume(programme: Programme, prospect_id: int) -> ResponseReturnValue:
    """Take up again what came to nothing."""
    found = get_prospect(db.session, programme, prospect_id)
    try:
        actions.resume_prospect(
            db.session,
            prospect=found,
            version=parse_version(VersionForm().version.data),
            actor_id=current_user.id,
        )
    except Stale:
        changed_meanwhile()
    except Refused as refusal:
        flash(said(refusal), "warn")
        known = known_page(programme, refusal)
        if known is not None:
            return redirect(known, 303)
    else:
        db.session.commit()
        flash(_("%(name)s is on the board again.", name=found.name), "good")
    return to_prospect(programme, found)
