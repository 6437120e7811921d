"""Asking for a link by mail: to log in, or to choose a new password.

Whether an address has an account shows in no answer, and not in the time that it takes: the same
work is done for an address without one, and undone.
"""

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.blueprint import blueprint
from pioneers.accounts.current import settings
from pioneers.accounts.emails import mail_login_link, mail_new_password
from pioneers.accounts.forms import AddressForm
from pioneers.accounts.guards import next_path
from pioneers.accounts.login import begin_attempt, note_link_asked
from pioneers.accounts.login_links import make_login_link, user_by_login_link
from pioneers.accounts.models import User
from pioneers.accounts.queries import user_by_email
from pioneers.accounts.resets import reset_token
from pioneers.accounts.throttle import Throttled, link_limits, link_origin_limits
from pioneers.accounts.views import let_in, wait_message
from pioneers.db import db
from pioneers.web.access import public
from pioneers.web.forms import BaseForm
from pioneers.web.links import link


@blueprint.route("/inloggen/link", methods=["GET", "POST"])
@public
def login_link() -> ResponseReturnValue:
    """Ask for a link with which one logs in without a password."""
    if current_user.is_authenticated:
        return redirect(next_path(), 303)
    onwards = None if next_path() == "/" else next_path()

    def mail(user: User) -> None:
        token = make_login_link(db.session, user=user, secret=settings().secret_key)
        address = link("accounts.use_link", token=token, next=onwards)
        mail_login_link(db.session, user=user, address=address)

    return _ask("accounts/login_link.html", "accounts.link_sent", mail)


@blueprint.route("/wachtwoord-vergeten", methods=["GET", "POST"])
@public
def forgot_password() -> ResponseReturnValue:
    """Ask for a link with which one chooses a new password."""

    def mail(user: User) -> None:
        token = reset_token(user=user, secret=settings().secret_key)
        mail_new_password(db.session, user=user, token=token)

    return _ask("accounts/forgot_password.html", "accounts.password_link_sent", mail)


def _ask(page: str, sent: str, mail: Callable[[User], None]) -> ResponseReturnValue:
    form = AddressForm()
    if not form.validate_on_submit():
        return render_template(page, form=form), 422 if form.errors else 200
    email = (form.email.data or "").strip().lower()
    secret, origin = settings().secret_key, request.remote_addr or ""
    try:
        begin_attempt(db.session, link_origin_limits(secret, origin=origin))
    except Throttled as refusal:
        form.form_errors.append(wait_message(refusal.minutes))
        return render_template(page, form=form), 429
    try:
        begin_attempt(db.session, link_limits(secret, email=email))
    except Throttled:  # who asks for somebody else's address cannot shut its owner out
        return redirect(url_for(sent), 303)
    _mail_if_known(email, mail)
    db.session.commit()
    return redirect(url_for(sent), 303)


def _mail_if_known(email: str, mail: Callable[[User], None]) -> None:
    """Mail who has an account; for who has not, do the same work and undo it."""
    user = user_by_email(db.session, email)
    known = user is not None and user.is_active
    within = db.session.begin_nested()
    if user is None:
        user = User(email=email, name=email, created_at=clock.now())
        db.session.add(user)
        db.session.flush()
    mail(user)
    if known:
        within.commit()
    else:
        within.rollback()
    note_link_asked(db.session, user_id=user.id if known else None)


@blueprint.get("/inloggen/link/verstuurd")
@public
def link_sent() -> ResponseReturnValue:
    """What to do now, whether or not the address is known."""
    return render_template("accounts/link_sent.html", minutes=15, again="accounts.login_link")


@blueprint.get("/wachtwoord-vergeten/verstuurd")
@public
def password_link_sent() -> ResponseReturnValue:
    """The same for a new password."""
    return render_template(
        "accounts/link_sent.html", minutes=None, again="accounts.forgot_password"
    )


@blueprint.route("/inloggen/link/<token>", methods=["GET", "POST"])
@public
def use_link(token: str) -> ResponseReturnValue:
    """Show a button, because scanners follow links; pressed, it logs in, second step and all."""
    user = user_by_login_link(db.session, token=token, secret=settings().secret_key)
    if user is None:
        return render_template("accounts/login_link_gone.html"), 410
    form = BaseForm()
    if not form.validate_on_submit():
        return render_template("accounts/use_link.html", form=form, email=user.email)
    return let_in(user, next_path())
