"""Logging in and out, and one's own account."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.actions import change_profile, set_password
from pioneers.accounts.blueprint import blueprint
from pioneers.accounts.current import (
    enter,
    leave,
    mfa_required,
    own_token,
    seconds_left,
    settings,
)
from pioneers.accounts.forms import ChangePasswordForm, LoginForm, ProfileForm
from pioneers.accounts.guards import next_path, signed_in
from pioneers.accounts.login import admit, identify
from pioneers.accounts.models import User
from pioneers.accounts.sessions import end_sessions_of, start_session
from pioneers.accounts.throttle import Throttled
from pioneers.db import db
from pioneers.web import i18n
from pioneers.web.access import public
from pioneers.web.forms import BaseForm, attach


def wait_message(minutes: int) -> str:
    """The same whether the account exists or not."""
    return str(_("Too many attempts. Wait %(minutes)s minutes and try again.", minutes=minutes))


@blueprint.route("/inloggen", methods=["GET", "POST"])
@public
def login() -> ResponseReturnValue:
    """Ask for e-mail address and password; go on to the page that was asked for."""
    if current_user.is_authenticated:
        return redirect(next_path(), 303)
    form = LoginForm()
    if not form.validate_on_submit():
        return _login_page(form), 422 if form.errors else 200
    try:
        user = _identify(form.email.data or "", form.password.data or "")
    except Throttled as refusal:
        form.form_errors.append(wait_message(refusal.minutes))
        return _login_page(form), 429
    if user is None:
        db.session.commit()
        form.form_errors.append(_("The e-mail address or the password is not right."))
        return _login_page(form), 422
    return let_in(user, next_path())


def _login_page(form: LoginForm) -> str:
    onwards = None if next_path() == "/" else next_path()
    return render_template("accounts/login.html", form=form, onwards=onwards)


def _identify(email: str, password: str) -> User | None:
    return identify(
        db.session,
        email=email,
        password=password,
        origin=request.remote_addr or "",
        secret=settings().secret_key,
    )


def let_in(user: User, target: str) -> ResponseReturnValue:
    """Go on to `target`, by way of the second step where there is one; commits."""
    onwards = None if target == "/" else target
    if user.has_mfa or mfa_required(user):
        enter(start_session(db.session, user, mfa_passed=False))
        step = "accounts.second_step" if user.has_mfa else "accounts.set_up"
        address = url_for(step, next=onwards)
    else:
        enter(admit(db.session, user))
        address = target
    db.session.commit()
    return redirect(address, 303)


@blueprint.post("/uitloggen")
@public
def logout() -> ResponseReturnValue:
    """End the session; harmless without one."""
    leave()
    db.session.commit()
    flash(_("You have been logged out."), "good")
    return redirect(url_for("accounts.login"), 303)


@blueprint.post("/sessie/verleng")
@signed_in
def extend() -> ResponseReturnValue:
    """Say that the person is still there; answers how many seconds the session lasts."""
    return jsonify(ends=seconds_left())


@blueprint.route("/account", methods=["GET", "POST"])
@signed_in
def account() -> ResponseReturnValue:
    """One's own name and language, and the ways to the rest."""
    form = ProfileForm(obj=current_user)
    if not form.validate_on_submit():
        page = render_template(
            "accounts/account.html", form=form, required=mfa_required(current_user)
        )
        return page, 422 if form.errors else 200
    change_profile(
        db.session, user_id=current_user.id, name=form.name.data, language=form.language.data
    )
    db.session.commit()
    flash(_("Saved."), "good")
    response = redirect(url_for("accounts.account"), 303)
    response.delete_cookie(i18n.COOKIE)  # the account's language holds again
    return response


@blueprint.route("/account/wachtwoord", methods=["GET", "POST"])
@signed_in
def change_password() -> ResponseReturnValue:
    """Choose another password; one's other sessions end."""
    form = ChangePasswordForm(email=current_user.email)
    if not form.validate_on_submit() or not password_is_right(form, "current"):
        page = render_template("accounts/change_password.html", form=form)
        return page, 422 if form.errors else 200
    set_password(db.session, user=current_user, password=form.password.data, keep=own_token())
    db.session.commit()
    flash(_("Your password has been changed. You are logged out everywhere else."), "good")
    return redirect(url_for("accounts.account"), 303)


@blueprint.post("/account/overal-uitloggen")
@signed_in
def log_out_elsewhere() -> ResponseReturnValue:
    """End one's sessions on other devices."""
    end_sessions_of(db.session, current_user.id, but=own_token())
    db.session.commit()
    flash(_("You are logged out everywhere else."), "good")
    return redirect(url_for("accounts.account"), 303)


def password_is_right(form: BaseForm, field: str) -> bool:
    """Whether the field holds one's own password; guesses are limited as at the log-in page."""
    try:
        user = _identify(current_user.email, form[field].data or "")
    except Throttled as refusal:
        attach(form, field, wait_message(refusal.minutes))
        return False
    if user is None:
        db.session.commit()
        attach(form, field, _("This is not your password."))
    return user is not None
