"""Mailings: the list, writing one, its readers, trying, planning, and what became of it."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.models import User
from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.mailings import actions, queries
from pioneers.mailings.blueprint import blueprint
from pioneers.mailings.emails import body_html
from pioneers.mailings.forms import MailingForm, PlanForm, PressForm, SegmentForm
from pioneers.mailings.labels import KINDS, OUTCOMES, STATES, said
from pioneers.mailings.models import Mailing, MailingState
from pioneers.mailings.rules import segment_of
from pioneers.mailings.segments import count_readers
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import municipalities
from pioneers.programmes.rules import Refused, Stale
from pioneers.programmes.themes import theme_words
from pioneers.web.formats import number
from pioneers.web.forms import attach
from pioneers.web.pagination import page_number
from pioneers.web.parsing import parse_version
from pioneers.web.tokens import new_code

URL = "/p/<slug>/mailings"
ONE = f"{URL}/<int:mailing_id>"


def _to(programme: Programme, mailing: Mailing) -> ResponseReturnValue:
    address = url_for("mailings.mailing", slug=programme.slug, mailing_id=mailing.id)
    return redirect(address, 303)


@blueprint.get(URL)
@permitted(Permission.SEND_MAILINGS)
def index(programme: Programme) -> ResponseReturnValue:
    """Every mailing, what is being written first."""
    return render_template(
        "mailings/index.html",
        programme=programme,
        page=queries.list_mailings(db.session, programme, page_number()),
        subscribers=queries.count_subscribers(db.session, programme),
        kinds=KINDS,
        states=STATES,
    )


@blueprint.route(f"{URL}/nieuw", methods=["GET", "POST"])
@permitted(Permission.SEND_MAILINGS)
def new(programme: Programme) -> ResponseReturnValue:
    """Write a mailing."""
    form = MailingForm(data={"form_key": new_code(20), "language": programme.language})
    form.fill(queries.event_names(db.session, programme))
    if form.validate_on_submit():
        try:
            made = actions.write_mailing(
                db.session,
                programme=programme,
                draft=form.draft(),
                form_key=(form.form_key.data or new_code(20))[:24],
                actor_id=current_user.id,
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field if refusal.field in form else "body", said(refusal))
        else:
            db.session.commit()
            return _to(programme, made)
    return _edit_page(programme, form, None)


def _edit_page(
    programme: Programme, form: MailingForm, mailing: Mailing | None
) -> ResponseReturnValue:
    page = render_template("mailings/edit.html", programme=programme, form=form, mailing=mailing)
    return (page, 422) if request.method == "POST" else page


@blueprint.route(f"{ONE}/wijzigen", methods=["GET", "POST"])
@permitted(Permission.SEND_MAILINGS)
def edit(programme: Programme, mailing_id: int) -> ResponseReturnValue:
    """Change the words."""
    found = queries.get_mailing(db.session, programme, mailing_id)
    values = {name: getattr(found, name) for name in ("subject", "body", "theme", "language")}
    event = "" if found.event_id is None else str(found.event_id)
    form = MailingForm(data=values | {"kind": found.kind.value, "event": event})
    form.fill(queries.event_names(db.session, programme))
    if request.method == "GET":
        form.version.data = str(found.version)
    if form.validate_on_submit():
        try:
            actions.rewrite_mailing(
                db.session,
                mailing=found,
                draft=form.draft(),
                version=parse_version(form.version.data) or 0,
                actor_id=current_user.id,
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field if refusal.field in form else "body", said(refusal))
        except Stale:
            db.session.rollback()
            form.version.data = str(found.version)
            form.form_errors.append(
                _("Somebody changed this mailing meanwhile. Save again to keep your words.")
            )
        else:
            db.session.commit()
            flash(_("The mailing has been saved."), "good")
            return _to(programme, found)
    return _edit_page(programme, form, found)


@blueprint.get(ONE)
@permitted(Permission.SEND_MAILINGS)
def mailing(programme: Programme, mailing_id: int) -> ResponseReturnValue:
    """A mailing: its words, its readers, and the next step or the results."""
    return _page(programme, queries.get_mailing(db.session, programme, mailing_id))


def _page(programme: Programme, found: Mailing, form: PlanForm | None = None) -> str:
    is_fixed = found.state in queries.FIXED
    segment = segment_of(found.segment)
    counted = 0 if is_fixed else count_readers(db.session, programme.id, segment, found.theme)
    counts = queries.results(db.session, found) if is_fixed else {}
    now = clock.local(clock.now())
    return render_template(
        "mailings/mailing.html",
        programme=programme,
        mailing=found,
        is_fixed=is_fixed,
        counted=counted,
        counts=counts,
        total=sum(count for key, count in counts.items() if key != queries.LEFT),
        outcomes=OUTCOMES,
        kind=KINDS[found.kind],
        state=STATES[found.state],
        theme=theme_words(found.theme),
        chosen=_segment_form(programme, found).words(),
        body=body_html(found.body),
        form=form or PlanForm(data={"day": now.date(), "hour": now.time()}),
        press=PressForm(),
    )


def _segment_form(programme: Programme, found: Mailing, *, asked: bool = False) -> SegmentForm:
    """The choice of readers: as it is asked for in the address, else as it is kept."""
    form = SegmentForm(
        formdata=request.args if asked and request.args else None, data=found.segment
    )
    names = {one.code: one.name for one in municipalities(db.session, programme.province)}
    form.fill(names, queries.event_names(db.session, programme))
    return form


@blueprint.route(f"{ONE}/lezers", methods=["GET", "POST"])
@permitted(Permission.SEND_MAILINGS)
def segment(programme: Programme, mailing_id: int) -> ResponseReturnValue:
    """Choose the readers."""
    found = queries.get_mailing(db.session, programme, mailing_id)
    form = _segment_form(programme, found)
    if request.method == "POST":
        form.process(request.form)
        if form.validate():
            try:
                actions.choose_readers(
                    db.session,
                    mailing=found,
                    segment=form.segment(),
                    actor_id=current_user.id,
                )
            except Refused as refusal:
                db.session.rollback()
                flash(said(refusal), "warn")
            else:
                db.session.commit()
                flash(_("The readers have been chosen."), "good")
            return _to(programme, found)
    counted = count_readers(db.session, programme.id, form.segment(), found.theme)
    return render_template(
        "mailings/segment.html", programme=programme, mailing=found, form=form, counted=counted
    )


@blueprint.get(f"{ONE}/aantal")
@permitted(Permission.SEND_MAILINGS)
def count(programme: Programme, mailing_id: int) -> ResponseReturnValue:
    """How many readers a choice has, in words: asked for while somebody chooses."""
    found = queries.get_mailing(db.session, programme, mailing_id)
    chosen = _segment_form(programme, found, asked=True).segment()
    counted = count_readers(db.session, programme.id, chosen, found.theme)
    words = ngettext(
        "1 person gets this", "%(count)s people get this", counted, count=number(counted)
    )
    return Response(words, content_type="text/plain; charset=utf-8")


@blueprint.get(f"{ONE}/mensen")
@permitted(Permission.SEND_MAILINGS)
def people(programme: Programme, mailing_id: int) -> ResponseReturnValue:
    """The people behind a count."""
    found = queries.get_mailing(db.session, programme, mailing_id)
    asked = request.args.get("uitkomst", "")
    wanted = asked if asked in OUTCOMES else ""
    return render_template(
        "mailings/people.html",
        programme=programme,
        mailing=found,
        page=queries.list_readers(db.session, found, wanted=wanted, number=page_number()),
        wanted=wanted,
        outcomes=OUTCOMES,
        is_fixed=found.state in queries.FIXED,
    )


@blueprint.post(f"{ONE}/test")
@permitted(Permission.SEND_MAILINGS)
def test(programme: Programme, mailing_id: int) -> ResponseReturnValue:
    """Send a test mail to oneself."""
    found = queries.get_mailing(db.session, programme, mailing_id)
    user = db.session.get_one(User, current_user.id)
    try:
        actions.try_mailing(db.session, programme=programme, mailing=found, user=user)
    except Refused as refusal:
        db.session.rollback()
        flash(said(refusal), "warn")
    else:
        db.session.commit()
        flash(_("A test mail is on its way to %(email)s.", email=user.email), "good")
    return _to(programme, found)


@blueprint.post(f"{ONE}/plannen")
@permitted(Permission.SEND_MAILINGS)
def plan(programme: Programme, mailing_id: int) -> ResponseReturnValue:
    """Plan when it leaves, or let it leave now."""
    found = queries.get_mailing(db.session, programme, mailing_id)
    form = PlanForm()
    at_once = request.form.get("now") == "1"
    if not at_once and not form.validate_on_submit():
        return _page(programme, found, form), 422
    try:
        actions.plan_mailing(
            db.session,
            programme=programme,
            mailing=found,
            send_at=clock.now() if at_once else form.moment(),
            actor_id=current_user.id,
        )
    except Refused as refusal:
        db.session.rollback()
        if found.state != MailingState.DRAFT:  # pressed twice
            return _to(programme, found)
        attach(form, "day", said(refusal))
        return _page(programme, found, form), 422
    db.session.commit()
    flash(_("The mailing has been planned."), "good")
    return _to(programme, found)


@blueprint.post(f"{ONE}/stoppen")
@permitted(Permission.SEND_MAILINGS)
def stop(programme: Programme, mailing_id: int) -> ResponseReturnValue:
    """Take it back: all of it, or what has not left."""
    found = queries.get_mailing(db.session, programme, mailing_id)
    if actions.stop_mailing(db.session, mailing=found, actor_id=current_user.id):
        db.session.commit()
        flash(_("The mailing has been stopped."), "good")
    return _to(programme, found)
