"""The second step of logging in: setting it up, entering the code, switching it off."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers.accounts.blueprint import blueprint
from pioneers.accounts.current import enter, mfa_required, pending_user, settings
from pioneers.accounts.forms import CodeForm, SwitchOffForm
from pioneers.accounts.guards import next_path, signed_in, to_login
from pioneers.accounts.login import admit, begin_attempt
from pioneers.accounts.models import User
from pioneers.accounts.throttle import Throttled, code_limits, succeed
from pioneers.accounts.totp import begin_setup, confirm_setup, qr_image, setup_uri, use_code
from pioneers.accounts.totp import switch_off as switch_mfa_off
from pioneers.accounts.views import password_is_right, wait_message
from pioneers.db import db
from pioneers.web.access import public
from pioneers.web.errors import Forbidden
from pioneers.web.forms import attach


def _code_is_right(user: User, form: CodeForm, *, setting_up: bool) -> bool:
    """Check the code under a limit of guesses; what is wrong stands on the form."""
    limits = code_limits(settings().secret_key, user_id=user.id)
    try:
        attempt = begin_attempt(db.session, limits)
    except Throttled as refusal:
        attach(form, "code", wait_message(refusal.minutes))
        return False
    check = confirm_setup if setting_up else use_code
    if not check(db.session, user=user, code=form.code.data or ""):
        db.session.rollback()
        attach(form, "code", _("That code is not right, or was used before. Wait for the next."))
        return False
    succeed(db.session, limits, attempt)
    return True


@blueprint.route("/inloggen/code", methods=["GET", "POST"])
@public
def second_step() -> ResponseReturnValue:
    """Ask somebody who gave the right password for the code from their app."""
    user = pending_user()
    if user is None or not user.has_mfa:
        return to_login()
    form = CodeForm()
    if form.validate_on_submit() and _code_is_right(user, form, setting_up=False):
        enter(admit(db.session, user))
        db.session.commit()
        return redirect(next_path(), 303)
    return render_template("accounts/second_step.html", form=form), 422 if form.errors else 200


@blueprint.route("/inloggen/instellen", methods=["GET", "POST"])
@public
def set_up() -> ResponseReturnValue:
    """Set the second step up: by choice from the account, or because the role asks for it."""
    user: User | None = pending_user() or (current_user if current_user.is_authenticated else None)
    if user is None or user.has_mfa:
        return to_login() if user is None else redirect(url_for("accounts.account"))
    form = CodeForm()
    if "begin" in request.form:
        begin_setup(user)
        db.session.commit()
        return redirect(url_for("accounts.set_up", next=request.values.get("next")), 303)
    if form.validate_on_submit() and _code_is_right(user, form, setting_up=True):
        enter(admit(db.session, user))
        db.session.commit()
        flash(_("From now on, logging in asks for a code from your app."), "good")
        return redirect(next_path(), 303)
    image = qr_image(setup_uri(user)) if user.totp_secret else None
    page = render_template(
        "accounts/set_up.html", form=form, image=image, secret=user.totp_secret, user=user
    )
    return page, 422 if form.errors else 200


@blueprint.route("/account/tweede-stap-uit", methods=["GET", "POST"])
@signed_in
def switch_off() -> ResponseReturnValue:
    """Switch the second step off, where the role does not ask for it."""
    if mfa_required(current_user):
        raise Forbidden
    form = SwitchOffForm()
    if form.validate_on_submit() and password_is_right(form, "password"):
        switch_mfa_off(db.session, user=current_user)
        db.session.commit()
        flash(_("Logging in asks for your password only."), "good")
        return redirect(url_for("accounts.account"), 303)
    return render_template("accounts/switch_off.html", form=form), 422 if form.errors else 200
