"""Logging in and out."""

from flask import flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.blueprint import blueprint
from pioneers.accounts.current import enter, leave, seconds_left, settings
from pioneers.accounts.forms import LoginForm
from pioneers.accounts.guards import next_path, signed_in
from pioneers.accounts.login import admit, identify
from pioneers.accounts.throttle import Throttled
from pioneers.db import db
from pioneers.web.access import public


def wait_message(minutes: int) -> str:
    """The same whether the account exists or not."""
    return str(_("Too many attempts. Wait %(minutes)s minutes and try again.", minutes=minutes))


@blueprint.route("/inloggen", methods=["GET", "POST"])
@public
def login() -> ResponseReturnValue:
    """Ask for e-mail address and password; go on to the page that was asked for."""
    if current_user.is_authenticated:
        return redirect(next_path())
    form = LoginForm()
    if not form.validate_on_submit():
        return render_template("accounts/login.html", form=form)
    try:
        user = identify(
            db.session,
            email=form.email.data or "",
            password=form.password.data or "",
            origin=request.remote_addr or "",
            secret=settings().secret_key,
        )
    except Throttled as refusal:
        form.form_errors.append(wait_message(refusal.minutes))
        return render_template("accounts/login.html", form=form), 429
    if user is None:
        db.session.commit()
        form.form_errors.append(_("The e-mail address or the password is not right."))
        return render_template("accounts/login.html", form=form), 422
    enter(admit(db.session, user))
    db.session.commit()
    return redirect(next_path(), 303)


@blueprint.post("/uitloggen")
@public
def logout() -> ResponseReturnValue:
    """End the session; harmless without one."""
    leave()
    db.session.commit()
    flash(_("You have been logged out."), "good")
    return redirect("/inloggen", 303)


@blueprint.post("/sessie/verleng")
@signed_in
def extend() -> ResponseReturnValue:
    """Say that the person is still there; answers how many seconds the session lasts."""
    return jsonify(ends=seconds_left())


@blueprint.get("/account")
@signed_in
def account() -> ResponseReturnValue:
    """The person's own account."""
    return render_template("accounts/account.html")
