"""One contribution: what was told, its photo, changing and withdrawing it."""

from dataclasses import dataclass

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel.speaklater import LazyString
from flask_login import current_user

from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import pioneer_names, pioneer_row
from pioneers.contributions import actions
from pioneers.contributions.blueprint import blueprint
from pioneers.contributions.forms import CorrectForm, PressForm
from pioneers.contributions.labels import KINDS, PROOF_TAGS, PROOFS, WAYS, said, sources, why
from pioneers.contributions.log_views import own_pioneer
from pioneers.contributions.met import standing_of
from pioneers.contributions.models import Contribution
from pioneers.contributions.queries import get_contribution
from pioneers.contributions.rooms import Room, room_of
from pioneers.contributions.telling import keep_photo
from pioneers.db import db
from pioneers.events.models import Event, EventKind
from pioneers.media.models import Photo
from pioneers.programmes.guards import may, permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence, Refused, Stale
from pioneers.reach.dossier import contact_row
from pioneers.reach.labels import EVIDENCE
from pioneers.web.errors import NotFound
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version

URL = "/p/<slug>/inzet/<int:contribution_id>"


def _own_or_any(programme: Programme, contribution_id: int) -> Contribution:
    """One's own, or any for the project team; NotFound for another pioneer's."""
    if may(Permission.EDIT_NETWORK):
        return get_contribution(db.session, programme, contribution_id)
    pioneer_id = own_pioneer(programme)
    if pioneer_id is None:
        raise NotFound
    return get_contribution(db.session, programme, contribution_id, pioneer_id=pioneer_id)


@blueprint.route(URL, methods=["GET", "POST"])
@permitted(Permission.LOG_CONTRIBUTIONS)
def contribution(programme: Programme, contribution_id: int) -> ResponseReturnValue:
    """What was told, to be changed."""
    found = _own_or_any(programme, contribution_id)
    form = CorrectForm.of(found)
    if form.validate_on_submit() and _correct(programme, found, form):
        flash(_("The change has been saved."), "good")
        return _to(programme, found)
    event = None if found.event_id is None else db.session.get_one(Event, found.event_id)
    room = None if event is None or not found.heads else room_of(db.session, programme, event)
    page = render_template(
        "contributions/one.html",
        programme=programme,
        told=found,
        event=event,
        form=form,
        kinds=KINDS,
        ways=WAYS,
        whom=_whom(programme, found),
        crumb=_crumb(programme, found),
        may_see_event=may(Permission.SEE_EVENTS),
        **_proof(programme, room),
        met=_met(programme, found),
    )
    return page, 422 if form.errors else 200


def _proof(programme: Programme, room: Room | None) -> dict[str, object]:
    """On how much the number of people rests, who gave which, and why it is confirmed or not."""
    if room is None or room.event.kind == EventKind.MEDIA:
        return {"proof": None}
    return {
        "proof": (PROOFS[room.proof], PROOF_TAGS[room.proof]),
        "sources": sources(room, pioneer_names(db.session, programme)),
        "why": why(room, programme.heads_tolerance),
    }


@dataclass(frozen=True)
class Met:
    """Whom the pioneer named: how well that is known; by name for who may see people."""

    evidence: LazyString
    is_confirmed: bool
    person_id: int | None
    name: str


def _met(programme: Programme, found: Contribution) -> Met | None:
    contact = standing_of(db.session, found)
    if contact is None:
        return None
    row = contact_row(db.session, programme, contact.id) if may(Permission.SEE_PEOPLE) else None
    return Met(
        evidence=EVIDENCE[contact.evidence],
        is_confirmed=contact.evidence == Evidence.CONFIRMED,
        person_id=None if row is None else row.person_id,
        name="" if row is None else row.person_name,
    )


def _correct(programme: Programme, found: Contribution, form: CorrectForm) -> bool:
    try:
        actions.correct(
            db.session,
            programme=programme,
            contribution=found,
            draft=form.draft(found),
            version=parse_version(form.version.data),
            actor_id=current_user.id,
        )
    except Refused as refusal:
        db.session.rollback()
        attach(form, refusal.field if refusal.field in form else "heads", said(refusal))
        return False
    except Stale:
        db.session.rollback()
        form.version.data = found.version
        form.form_errors.append(_("This was changed meanwhile. Look again, and save it then."))
        return False
    keep_photo(found, form, current_user.id)
    db.session.commit()
    return True


def _whom(programme: Programme, found: Contribution) -> str:
    """The pioneer's name, for who is another."""
    if found.pioneer_id == own_pioneer(programme):
        return ""
    return pioneer_row(db.session, programme, found.pioneer_id).name


def _crumb(programme: Programme, found: Contribution) -> tuple[str, str]:
    if _whom(programme, found):
        return _("Contributions"), url_for("contributions.index", slug=programme.slug)
    return _("Your page"), url_for("contributions.own", slug=programme.slug)


def _to(programme: Programme, found: Contribution) -> ResponseReturnValue:
    there = url_for("contributions.contribution", slug=programme.slug, contribution_id=found.id)
    return redirect(there, 303)


@blueprint.post(f"{URL}/intrekken")
@permitted(Permission.LOG_CONTRIBUTIONS)
def withdraw(programme: Programme, contribution_id: int) -> ResponseReturnValue:
    """Take it back."""
    found = _own_or_any(programme, contribution_id)
    form = PressForm()
    if not form.validate_on_submit():
        return _to(programme, found)
    try:
        actions.withdraw(
            db.session,
            programme=programme,
            contribution=found,
            version=parse_version(form.version.data),
            actor_id=current_user.id,
        )
    except Stale:
        db.session.rollback()
        flash(_("This was changed meanwhile. Look again."), "warn")
        return _to(programme, found)
    db.session.commit()
    flash(_("Withdrawn: it no longer counts. A talk goes on counting by its event."), "good")
    return redirect(_crumb(programme, found)[1], 303)


@blueprint.get(f"{URL}/foto.jpg")
@permitted(Permission.LOG_CONTRIBUTIONS)
def photo(programme: Programme, contribution_id: int) -> ResponseReturnValue:
    """The photo of the room: people are on it, so it is for the pioneer and the team alone."""
    found = _own_or_any(programme, contribution_id)
    kept = None if found.photo_id is None else db.session.get(Photo, found.photo_id)
    if kept is None:
        raise NotFound
    return Response(kept.large, mimetype="image/jpeg")
