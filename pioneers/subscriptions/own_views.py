"""The page behind the mailed link: GET shows, POST acts, since scanners of mail follow links."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from pioneers import clock
from pioneers.db import db
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.publishing.frame import frame_for
from pioneers.subscriptions import actions
from pioneers.subscriptions.blueprint import blueprint
from pioneers.subscriptions.forms import ChoiceForm
from pioneers.subscriptions.links import by_token
from pioneers.subscriptions.models import Subscription, SubscriptionState
from pioneers.subscriptions.rules import has_lapsed, kept_themes
from pioneers.web.access import public
from pioneers.web.errors import NotFound
from pioneers.web.i18n import speak

ONE_CLICK = ("List-Unsubscribe", "One-Click")


def _subscription(token: str) -> Subscription:
    found = by_token(db.session, token)
    if found is None:
        raise NotFound
    return found


def _mailing_id() -> int | None:
    """Out of which mailing they leave, where the link says so."""
    asked = request.args.get("m", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None


def _to(token: str) -> ResponseReturnValue:
    return redirect(url_for("subscriptions.own", token=token), 303)


@blueprint.get("/n/<token>")
@public
def own(token: str) -> ResponseReturnValue:
    """Ask for confirmation, or show what they chose."""
    return _page(token)


def _page(token: str, form: ChoiceForm | None = None) -> str:
    found = _subscription(token)
    programme = db.session.get_one(Programme, found.programme_id)
    if frame_for(programme) is None:
        speak(found.language)
    pending = found.state == SubscriptionState.PENDING
    chosen = {"themes": found.themes.split(",") if found.themes else [], "language": found.language}
    return render_template(
        "subscriptions/own.html",
        subscription=found,
        asked_of=programme,
        state=found.state,
        lapsed=pending and has_lapsed(found.requested_at, clock.now()),
        form=form or ChoiceForm(data=chosen),
        token=token,
        mailing_id=_mailing_id(),
    )


@blueprint.post("/n/<token>")
@public
def confirm(token: str) -> ResponseReturnValue:
    """They want it; pressing twice is pressing once."""
    try:
        changed = actions.confirm(db.session, _subscription(token))
    except Refused:
        db.session.rollback()
        return _to(token)  # the page says that the link is too old, and what to do
    db.session.commit()
    if changed:
        flash(_("Thank you. We will keep you informed."), "good")
    return _to(token)


@blueprint.post("/n/<token>/keuze")
@public
def choose(token: str) -> ResponseReturnValue:
    """They choose themes and language."""
    found, form = _subscription(token), ChoiceForm()
    if not form.validate_on_submit():
        return _page(token, form), 422
    themes = kept_themes(form.themes.data or ())
    actions.choose(db.session, found, themes=themes, language=form.language.data)
    db.session.commit()
    flash(_("Your choice has been saved."), "good")
    return _to(token)


@blueprint.post("/n/<token>/stop")
@public
def stop(token: str) -> ResponseReturnValue:
    """They want no more of it."""
    actions.stop(db.session, _subscription(token), mailing_id=_mailing_id())
    db.session.commit()
    return _to(token)


@blueprint.get("/n/<token>/direct")
@public
def one_click_page(token: str) -> ResponseReturnValue:
    """Some programs open the address of the header: they see the page, and nothing is done."""
    return _page(token)


@blueprint.post("/n/<token>/direct")
@public
def one_click(token: str) -> ResponseReturnValue:
    """A mail program says that somebody leaves (RFC 8058): it has no cookie and no form of ours."""
    name, value = ONE_CLICK
    if request.form.get(name) != value:
        raise BadRequest
    actions.stop(db.session, _subscription(token), mailing_id=_mailing_id())
    db.session.commit()
    return "", 204
