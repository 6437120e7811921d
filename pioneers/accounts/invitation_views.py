"""Following an invitation: GET shows, POST acts; links are followed by scanners too."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.actions import accept_invitation, register
from pioneers.accounts.blueprint import blueprint
from pioneers.accounts.current import leave, mfa_required
from pioneers.accounts.forms import RegisterForm
from pioneers.accounts.labels import REFUSALS, ROLE_LABELS
from pioneers.accounts.models import Invitation
from pioneers.accounts.queries import invitation_by_token, user_by_email
from pioneers.accounts.rules import Refusal, Refused
from pioneers.accounts.views import let_in
from pioneers.db import db
from pioneers.web.access import public
from pioneers.web.forms import BaseForm


def _gone() -> ResponseReturnValue:
    """One page for every link that does not work, whatever the reason."""
    db.session.rollback()
    return render_template("accounts/invitation_gone.html"), 410


def _role(invitation: Invitation) -> str:
    return str(ROLE_LABELS[invitation.role] if invitation.role else _("Administrator"))


@blueprint.route("/uitnodiging/<token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> ResponseReturnValue:
    """Show what is offered to whoever holds the link, and let them take it."""
    found = invitation_by_token(db.session, token)
    if found is None:
        return _gone()
    if current_user.is_authenticated:
        return _for_somebody_signed_in(found)
    if user_by_email(db.session, found.email) is not None:
        return render_template(
            "accounts/invitation_login.html",
            invitation=found,
            role=_role(found),
            target=request.path,
        )
    return _for_somebody_new(found)


def _for_somebody_signed_in(found: Invitation) -> ResponseReturnValue:
    if current_user.email != found.email:
        return render_template("accounts/invitation_other.html", invitation=found), 403
    form = BaseForm()
    if not form.validate_on_submit():
        return render_template(
            "accounts/invitation_accept.html", form=form, invitation=found, role=_role(found)
        )
    try:
        accept_invitation(db.session, invitation=found, user=current_user)
    except Refused:
        return _gone()
    db.session.flush()  # the new role may ask for a second step
    if mfa_required(current_user) and not current_user.has_mfa:
        leave()
        db.session.commit()
        flash(_("Your new role asks for a second step. Log in again to set it up."), "warn")
        return redirect("/inloggen", 303)
    db.session.commit()
    flash(_("You have access now."), "good")
    return redirect("/", 303)


def _for_somebody_new(found: Invitation) -> ResponseReturnValue:
    form = RegisterForm(email=found.email)
    if form.validate_on_submit():
        try:
            user = register(
                db.session,
                invitation=found,
                name=form.name.data or "",
                password=form.password.data or "",
            )
            db.session.flush()
        except Refused as refusal:
            if refusal.code is Refusal.INVITATION_GONE:
                return _gone()
            db.session.rollback()
            form.form_errors.append(str(REFUSALS[refusal.code]))
        else:
            return let_in(user, "/")
    page = render_template(
        "accounts/invitation_register.html", form=form, invitation=found, role=_role(found)
    )
    return page, 422 if form.errors else 200
