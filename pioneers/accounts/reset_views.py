"""Choosing a new password with a link."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.actions import set_password
from pioneers.accounts.blueprint import blueprint
from pioneers.accounts.current import leave, settings
from pioneers.accounts.emails import mail_new_password
from pioneers.accounts.forms import NewPasswordForm
from pioneers.accounts.guards import administrator
from pioneers.accounts.queries import get_user
from pioneers.accounts.resets import make_reset, user_by_reset
from pioneers.db import db
from pioneers.web.access import public
from pioneers.web.links import link


@blueprint.route("/wachtwoord/<token>", methods=["GET", "POST"])
@public
def new_password(token: str) -> ResponseReturnValue:
    """Set a new password; one then logs in with it, second step and all."""
    user = user_by_reset(db.session, token=token, secret=settings().secret_key)
    if user is None:
        return render_template("accounts/reset_gone.html"), 410
    form = NewPasswordForm(email=user.email)
    if not form.validate_on_submit():
        page = render_template("accounts/reset.html", form=form, email=user.email)
        return page, 422 if form.errors else 200
    set_password(db.session, user=user, password=form.password.data or "")
    leave()
    db.session.commit()
    flash(_("Your password has been changed. Log in with it."), "good")
    return redirect(url_for("accounts.login"), 303)


@blueprint.post("/beheer/accounts/<int:user_id>/wachtwoordlink")
@administrator
def reset_link(user_id: int) -> ResponseReturnValue:
    """Make such a link for somebody; it is mailed, and shown once."""
    user = get_user(db.session, user_id)
    secret = settings().secret_key
    token = make_reset(db.session, user=user, secret=secret, actor_id=current_user.id)
    mail_new_password(db.session, user=user, token=token)
    db.session.commit()
    address = link("accounts.new_password", token=token)
    return render_template("accounts/reset_link.html", user=user, link=address)
