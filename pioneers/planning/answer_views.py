"""A pioneer's requests: the list, one of them, and the same from a mail without logging in."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import own_pioneer_id
from pioneers.db import db
from pioneers.events.models import Event, EventStatus
from pioneers.events.themes import THEMES
from pioneers.planning import actions, queries
from pioneers.planning.blueprint import blueprint
from pioneers.planning.forms import AnswerForm
from pioneers.planning.labels import STATE_TAGS, STATES, said
from pioneers.planning.links import is_token_of
from pioneers.planning.models import PioneerRequest
from pioneers.planning.rules import ANSWERABLE
from pioneers.planning.talks import Own, contacts_of, own_talks
from pioneers.programmes.guards import may, permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.programmes.rules import Refused
from pioneers.web.access import public
from pioneers.web.errors import NotFound
from pioneers.web.forms import attach
from pioneers.web.tokens import record_of

MOST = 50  # talks and requests of before on the page
FIELDS = ("reason", "day", "hour", "remark")


def own_pioneer(programme: Programme) -> int | None:
    """The pioneer that the present user is; None for nobody."""
    return own_pioneer_id(db.session, programme, user_id=current_user.id, email=current_user.email)


@blueprint.get("/p/<slug>/verzoeken")
@permitted(Permission.ANSWER_REQUESTS)
def requests(programme: Programme) -> ResponseReturnValue:
    """What waits for an answer, which date one proposed, where one speaks, what was before."""
    pioneer_id = own_pioneer(programme)
    own = Own([], [], [], [])
    if pioneer_id is not None:
        rows = queries.requests_to(db.session, programme, pioneer_id)
        own = own_talks(db.session, programme, pioneer_id, rows)
    return render_template(
        "planning/requests.html",
        programme=programme,
        is_pioneer=pioneer_id is not None,
        open_rows=own.waiting,
        proposed=own.proposed,
        coming=own.coming,
        before=own.before[:MOST],
        more=max(0, len(own.before) - MOST),
        themes=THEMES,
        states=STATES,
        state_tags=STATE_TAGS,
        today=clock.today(),
        feeds_href=link_to("agenda.feeds", slug=programme.slug),
    )


@blueprint.route("/p/<slug>/verzoeken/<int:request_id>", methods=["GET", "POST"])
@permitted(Permission.ANSWER_REQUESTS)
def reply(programme: Programme, request_id: int) -> ResponseReturnValue:
    """One request to oneself, with its answers; the project leader answers for who telephones."""
    if may(Permission.PLAN_EVENTS):
        found = queries.get_request(db.session, programme, request_id)
        back = url_for("planning.match", slug=programme.slug, event_id=found.event_id)
        return _answered(programme, found, back=back, after=back, actor_id=current_user.id)
    pioneer_id = own_pioneer(programme)
    if pioneer_id is None:
        raise NotFound
    found = queries.get_request(db.session, programme, request_id, pioneer_id=pioneer_id)
    back = url_for("planning.requests", slug=programme.slug)
    return _answered(programme, found, back=back, after=back, actor_id=current_user.id)


@blueprint.route("/v/<token>", methods=["GET", "POST"])
@public
def answer(token: str) -> ResponseReturnValue:
    """The same by the link in the mail: looking changes nothing, since scanners follow links."""
    found = _by_token(token)
    event = None if found is None else db.session.get(Event, found.event_id)
    if found is None or event is None:
        return render_template("planning/gone.html", begun=False), 404
    if event.starts_at <= clock.now():
        page = render_template("planning/gone.html", begun=True)
        return page, 409 if request.method == "POST" else 200
    programme = db.session.get_one(Programme, event.programme_id)
    after = url_for("planning.answer", token=token)
    return _answered(programme, found, back=None, after=after, actor_id=None)


def _by_token(token: str) -> PioneerRequest | None:
    request_id = record_of(token)
    found = None if request_id is None else db.session.get(PioneerRequest, request_id)
    return found if found is not None and is_token_of(found, token) else None


def _answered(
    programme: Programme,
    found: PioneerRequest,
    *,
    back: str | None,
    after: str,
    actor_id: int | None,
) -> ResponseReturnValue:
    form = AnswerForm()
    double: str | None = None
    if form.validate_on_submit():
        try:
            words = _act(programme, found, form, actor_id)
        except Refused as refusal:
            db.session.rollback()
            if refusal.code == "double_booked":
                double = said(refusal)
            elif refusal.field in FIELDS:
                attach(form, refusal.field, said(refusal))
            else:
                form.form_errors.append(said(refusal))
        else:
            db.session.commit()
            flash(words, "good")
            return redirect(after, 303)
    pioneer_id = found.pioneer_id
    (row,) = queries.rows_of(db.session, programme, pioneer_id, [found])
    page = render_template(
        "planning/answer.html",
        programme=programme,
        form=form,
        row=row,
        double=double,
        contacts=contacts_of(db.session, programme, row.event),
        themes=THEMES,
        back=back,
        on_behalf=may(Permission.PLAN_EVENTS) and back is not None,
        action=request.path,
        states=STATES,
        state_tags=STATE_TAGS,
        answerable=row.request.state in ANSWERABLE and row.event.status != EventStatus.CANCELLED,
        today=clock.today(),
    )
    return page, 422 if form.errors else 200


def _act(
    programme: Programme, found: PioneerRequest, form: AnswerForm, actor_id: int | None
) -> str:
    """Do what was answered; the words for whoever answered."""
    if form.answer.data == "accept":
        actions.accept(
            db.session,
            programme=programme,
            request=found,
            although_booked=form.although.data == "1",
            actor_id=actor_id,
        )
        return _("Thank you: you speak. The invitation for your calendar comes by mail.")
    if form.answer.data == "decline":
        actions.decline(
            db.session,
            programme=programme,
            request=found,
            reason=form.reason.data or "",
            actor_id=actor_id,
        )
        return _("Thank you for your answer. The host and the project leader have been told.")
    if form.answer.data != "other":
        raise Refused("answer_missing")
    for name in ("day", "hour"):
        if form.data[name] is None:
            raise Refused("moment_missing", name)
    actions.propose_date(
        db.session,
        programme=programme,
        request=found,
        day=form.data["day"],
        hour=form.data["hour"],
        remark=form.remark.data or "",
        actor_id=actor_id,
    )
    return _("Thank you: the host and the project leader have been told of your date.")
