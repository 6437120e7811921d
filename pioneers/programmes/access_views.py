"""Who has access to a programme: the list, invitations, roles, withdrawal, the yearly review."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.actions import (
    invite,
    record_review,
    set_roles,
    withdraw,
    withdraw_invitation,
)
from pioneers.accounts.current import mfa_required, settings
from pioneers.accounts.emails import mail_invitation
from pioneers.accounts.labels import REFUSALS, ROLE_LABELS
from pioneers.accounts.queries import (
    get_access,
    get_invitation,
    get_user,
    list_access,
    open_invitations,
    review_due,
)
from pioneers.accounts.rules import Permission, Refused, Role
from pioneers.accounts.sessions import end_sessions_of
from pioneers.db import db
from pioneers.programmes.access_forms import InviteForm, ReviewForm, RolesForm
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.web.forms import BaseForm, attach
from pioneers.web.sheets import sheet_response

blueprint = Blueprint("access", __name__, url_prefix="/p/<slug>/toegang")


def _back(programme: Programme) -> ResponseReturnValue:
    return redirect(url_for("access.overview", slug=programme.slug), 303)


@blueprint.get("")
@permitted(Permission.MANAGE_ACCESS)
def overview(programme: Programme) -> ResponseReturnValue:
    """Everyone with access, the open invitations, and when this was last reviewed."""
    return render_template(
        "programmes/access.html",
        programme=programme,
        people=list_access(db.session, programme.id),
        invitations=open_invitations(db.session, programme.id),
        review=review_due(db.session, programme.id, clock.today()),
        labels=ROLE_LABELS,
    )


@blueprint.route("/uitnodigen", methods=["GET", "POST"])
@permitted(Permission.MANAGE_ACCESS)
def invite_person(programme: Programme) -> ResponseReturnValue:
    """Invite an address; the link is mailed, and shown once, because it is kept nowhere."""
    form = InviteForm()
    if form.validate_on_submit():
        try:
            invitation, token = invite(
                db.session,
                email=form.email.data or "",
                programme_id=programme.id,
                role=Role(form.role.data),
                actor_id=current_user.id,
                days=settings().invitation_days,
            )
        except Refused as refusal:
            attach(form, "role", REFUSALS[refusal.code])
        else:
            mail_invitation(
                db.session, invitation=invitation, token=token, programme=programme.name
            )
            db.session.commit()
            return render_template(
                "programmes/access_invited.html",
                programme=programme,
                invitation=invitation,
                link=url_for("accounts.invitation", token=token, _external=True),
            )
    page = render_template("programmes/access_invite.html", programme=programme, form=form)
    return page, 422 if form.errors else 200


@blueprint.post("/uitnodigingen/<int:invitation_id>/intrekken")
@permitted(Permission.MANAGE_ACCESS)
def withdraw_invited(programme: Programme, invitation_id: int) -> ResponseReturnValue:
    """Let a link that was sent work no longer."""
    invitation = get_invitation(db.session, programme_id=programme.id, invitation_id=invitation_id)
    try:
        withdraw_invitation(db.session, invitation=invitation, actor_id=current_user.id)
    except Refused:
        flash(_("This invitation was accepted, withdrawn or expired already."), "warn")
        return _back(programme)
    db.session.commit()
    flash(_("The link that was sent does not work any more."), "good")
    return _back(programme)


@blueprint.route("/<int:user_id>", methods=["GET", "POST"])
@permitted(Permission.MANAGE_ACCESS)
def roles(programme: Programme, user_id: int) -> ResponseReturnValue:
    """What one person may do here."""
    access = get_access(db.session, programme_id=programme.id, user_id=user_id)
    form = RolesForm(access.roles)
    if form.validate_on_submit():
        try:
            set_roles(
                db.session,
                user_id=user_id,
                programme_id=programme.id,
                roles=form.roles(),
                actor_id=current_user.id,
            )
        except Refused as refusal:
            db.session.rollback()
            form.form_errors.append(str(REFUSALS[refusal.code]))
        else:
            _ask_second_step(user_id)
            db.session.commit()
            flash(_("The roles of %(name)s have been changed.", name=access.name), "good")
            return _back(programme)
    page = render_template(
        "programmes/access_roles.html", programme=programme, form=form, access=access, roles=Role
    )
    return page, 422 if form.errors else 200


def _ask_second_step(user_id: int) -> None:
    """A role that opens personal data may ask for a second step: then log in again."""
    db.session.flush()
    user = get_user(db.session, user_id)
    if mfa_required(user) and not user.has_mfa:
        end_sessions_of(db.session, user_id)


@blueprint.route("/<int:user_id>/intrekken", methods=["GET", "POST"])
@permitted(Permission.MANAGE_ACCESS)
def withdraw_access(programme: Programme, user_id: int) -> ResponseReturnValue:
    """Take somebody's access away, after saying what that means."""
    access = get_access(db.session, programme_id=programme.id, user_id=user_id)
    form = BaseForm()
    if form.validate_on_submit():
        try:
            withdraw(
                db.session,
                user_id=user_id,
                programme_id=programme.id,
                actor_id=current_user.id,
            )
        except Refused as refusal:
            db.session.rollback()
            flash(str(REFUSALS[refusal.code]), "wrong")
            return _back(programme)
        db.session.commit()
        flash(_("%(name)s has no access any more.", name=access.name), "good")
        return _back(programme) if user_id != current_user.id else redirect("/", 303)
    return render_template(
        "programmes/access_withdraw.html",
        programme=programme,
        form=form,
        access=access,
        oneself=user_id == current_user.id,
    )


@blueprint.route("/jaarcontrole", methods=["GET", "POST"])
@permitted(Permission.MANAGE_ACCESS)
def review(programme: Programme) -> ResponseReturnValue:
    """Look at everyone's access once a year, and say that it is right."""
    people = list_access(db.session, programme.id)
    form = ReviewForm(person.user_id for person in people)
    if form.validate_on_submit():
        unticked = form.unticked()
        if not unticked:
            record_review(
                db.session,
                programme_id=programme.id,
                actor_id=current_user.id,
                people=len(people),
                note=form.note.data or "",
            )
            db.session.commit()
            flash(_("The review has been saved."), "good")
            return _back(programme)
        attach(form, "right", _unticked_message(unticked))
    page = render_template(
        "programmes/access_review.html",
        programme=programme,
        form=form,
        people=people,
        ticked=set(form.right.data or ()),
        review=review_due(db.session, programme.id, clock.today()),
        labels=ROLE_LABELS,
    )
    return page, 422 if form.errors else 200


def _unticked_message(number: int) -> str:
    return str(
        ngettext(
            "One person is not ticked. Tick them, or change or withdraw their access first.",
            "%(num)s people are not ticked. Tick them, or change or withdraw their access first.",
            number,
        )
    )


@blueprint.get("/export")
@permitted(Permission.MANAGE_ACCESS)
def export(programme: Programme) -> ResponseReturnValue:
    """Everyone with access, as a sheet."""
    header = [_("Name"), _("E-mail address"), _("Roles"), _("Since"), _("Last log-in"), _("Status")]
    rows = [
        (
            person.name,
            person.email,
            ", ".join(str(ROLE_LABELS[role]) for role in person.roles),
            person.since,
            person.last_login_at,
            _("Closed") if person.is_disabled else _("Open"),
        )
        for person in list_access(db.session, programme.id)
    ]
    title = _("access")
    name = f"{title}-{programme.slug}-{clock.today():%Y-%m-%d}"
    return sheet_response(name, [str(cell) for cell in header], rows, request.args.get("soort", ""))
