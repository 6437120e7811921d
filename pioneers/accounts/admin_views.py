"""The keeper of the installation: accounts."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.administration import (
    disable_user,
    enable_user,
    make_administrator,
    withdraw_administrator,
)
from pioneers.accounts.blueprint import blueprint
from pioneers.accounts.current import mfa_required
from pioneers.accounts.guards import administrator
from pioneers.accounts.labels import REFUSALS
from pioneers.accounts.queries import get_user, list_users
from pioneers.accounts.rules import Refused
from pioneers.accounts.sessions import end_sessions_of
from pioneers.db import db


def _back() -> ResponseReturnValue:
    return redirect(url_for("accounts.users"), 303)


@blueprint.get("/beheer/accounts")
@administrator
def users() -> ResponseReturnValue:
    """Everyone with an account."""
    return render_template("accounts/users.html", users=list_users(db.session))


@blueprint.post("/beheer/accounts/<int:user_id>/sluiten")
@administrator
def disable(user_id: int) -> ResponseReturnValue:
    """Close an account; its sessions end at once."""
    user = get_user(db.session, user_id)
    try:
        disable_user(db.session, user=user, actor_id=current_user.id)
    except Refused as refusal:
        flash(str(REFUSALS[refusal.code]), "wrong")
        return _back()
    db.session.commit()
    flash(_("%(name)s cannot log in any more.", name=user.name), "good")
    return _back()


@blueprint.post("/beheer/accounts/<int:user_id>/openen")
@administrator
def enable(user_id: int) -> ResponseReturnValue:
    """Open a closed account."""
    user = get_user(db.session, user_id)
    enable_user(db.session, user=user, actor_id=current_user.id)
    db.session.commit()
    flash(_("%(name)s can log in again.", name=user.name), "good")
    return _back()


@blueprint.post("/beheer/accounts/<int:user_id>/beheerder")
@administrator
def promote(user_id: int) -> ResponseReturnValue:
    """Make somebody administrator."""
    user = get_user(db.session, user_id)
    make_administrator(db.session, user=user, actor_id=current_user.id)
    if mfa_required(user) and not user.has_mfa:
        end_sessions_of(db.session, user.id)  # the next log-in sets the second step up
    db.session.commit()
    flash(_("%(name)s is administrator now.", name=user.name), "good")
    return _back()


@blueprint.post("/beheer/accounts/<int:user_id>/geen-beheerder")
@administrator
def demote(user_id: int) -> ResponseReturnValue:
    """Let somebody be administrator no longer."""
    user = get_user(db.session, user_id)
    try:
        withdraw_administrator(db.session, user=user, actor_id=current_user.id)
    except Refused as refusal:
        flash(str(REFUSALS[refusal.code]), "wrong")
        return _back()
    db.session.commit()
    flash(_("%(name)s is administrator no longer.", name=user.name), "good")
    return _back()
