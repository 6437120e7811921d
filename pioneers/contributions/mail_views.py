"""The same from the mail after a talk, without logging in: GET shows, POST acts."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pioneers import clock
from pioneers.contributions import actions
from pioneers.contributions.blueprint import blueprint
from pioneers.contributions.forms import CorrectForm
from pioneers.contributions.labels import said
from pioneers.contributions.links import LASTS, ids_of, is_token_of
from pioneers.contributions.models import Contribution, LoggedBy
from pioneers.contributions.queries import known_heads, of_event
from pioneers.contributions.telling import (
    Teller,
    by_script,
    form_for,
    heading,
    keep_photo,
    outlook,
    tell,
    thanks,
)
from pioneers.db import db
from pioneers.events.models import Event, EventStatus
from pioneers.events.queries import speaker_ids
from pioneers.fans.queries import fan_names
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.programmes.rules import Refused, Stale
from pioneers.web.access import public
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version


@dataclass(frozen=True)
class Asked:
    """What a genuine link is about."""

    token: str
    programme: Programme
    pioneer_id: int
    event: Event


def _asked(token: str) -> Asked | None:
    """The pioneer and the event of a genuine link."""
    ids = ids_of(token)
    event = None if ids is None else db.session.get(Event, ids[1])
    if ids is None or event is None or not is_token_of(ids[0], event, token):
        return None
    return Asked(token, db.session.get_one(Programme, event.programme_id), ids[0], event)


@blueprint.route("/t/<token>", methods=["GET", "POST"])
@public
def mail_log(token: str) -> ResponseReturnValue:
    """Tell how a talk went, see what was told, change it."""
    asked = _asked(token)
    if asked is None:
        return render_template("contributions/gone.html", why="unknown"), 404
    why = _why_not(asked)
    if why is not None:
        return render_template("contributions/gone.html", why=why), 410
    told = of_event(db.session, asked.pioneer_id, asked.event.id)
    if told is not None:
        return _told(asked, told)
    return _ask(asked)


def _why_not(asked: Asked) -> str | None:
    """Why nothing can be told by this link any more; None while it can."""
    if asked.event.ends_at + LASTS <= clock.now():
        return "expired"
    if asked.event.status == EventStatus.CANCELLED:
        return "cancelled"
    if asked.pioneer_id not in speaker_ids(db.session, asked.event):
        return "speaker"
    return "early" if asked.event.starts_at > clock.now() else None


def _store(asked: Asked) -> str:
    """Where the device keeps what is not sent yet."""
    return f"inzet-{asked.token}"


def _again(asked: Asked) -> ResponseReturnValue:
    address = url_for("contributions.mail_log", token=asked.token)
    if by_script():
        return {"status": "done", "href": address}
    return redirect(address, 303)


def _ask(asked: Asked) -> ResponseReturnValue:
    teller = Teller(asked.programme, asked.pioneer_id, LoggedBy.MAIL_LINK, asked.event)
    form = form_for(teller)
    form.event_id.data = str(asked.event.id)  # this one, whatever was sent
    if tell(teller, form) is not None:
        return _again(asked)
    if by_script() and request.method == "POST":
        return {"status": "refused"}, 422
    page = render_template(
        "contributions/log.html",
        programme=asked.programme,
        form=form,
        event=asked.event,
        host=fan_names(db.session, asked.programme).get(asked.event.fan_id or 0),
        known=known_heads(db.session, asked.event),
        others=[],
        heading=heading(asked.event),
        outlook=outlook(teller),
        whom="",
        pioneer_id=asked.pioneer_id,
        address=request.path,
        crumb=None,
        store=_store(asked),
    )
    return page, 422 if form.errors else 200


def _told(asked: Asked, told: Contribution) -> ResponseReturnValue:
    """Thank you; and what was told can be changed. The first form, sent again, changes nothing."""
    form = CorrectForm.of(told)
    version = parse_version(form.version.data if isinstance(form.version.data, str) else None)
    if request.method == "POST":
        if not version:  # the first page's button, pressed twice; or its photo, which came later
            _late_photo(told, form)
            return _again(asked)
        if form.validate_on_submit() and _change(asked, told, form, version):
            return _again(asked)
    page = render_template(
        "contributions/told.html",
        programme=asked.programme,
        event=asked.event,
        told=told,
        form=form,
        words=thanks(asked.programme, told),
        address=request.path,
        own_href=link_to("contributions.own", slug=asked.programme.slug),
        store=_store(asked),
    )
    return page, 422 if form.errors else 200


def _late_photo(told: Contribution, form: CorrectForm) -> None:
    """Keep the photo of the same report, which came after its words."""
    is_same = request.form.get("client_key") == told.client_key
    if is_same and told.photo_id is None and form.validate_on_submit():
        keep_photo(told, form, None)
        db.session.commit()


def _change(asked: Asked, told: Contribution, form: CorrectForm, version: int) -> bool:
    """Change or withdraw it; False where the form says what is wrong."""
    try:
        if "withdraw" in request.form:
            actions.withdraw(
                db.session,
                programme=asked.programme,
                contribution=told,
                version=version,
                actor_id=None,
            )
        else:
            actions.correct(
                db.session,
                programme=asked.programme,
                contribution=told,
                draft=form.draft(told),
                version=version,
                actor_id=None,
            )
            keep_photo(told, form, None)
    except Refused as refusal:
        db.session.rollback()
        attach(form, refusal.field if refusal.field in form else "heads", said(refusal))
        return False
    except Stale:
        db.session.rollback()
        form.version.data = told.version
        form.form_errors.append(_("This was changed meanwhile. Look again, and save it then."))
        return False
    db.session.commit()
    return True
