"""The project leader changes and cancels events: everybody concerned is told once."""

from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import pioneer_names
from pioneers.db import db
from pioneers.events import queries
from pioneers.events.faults import form_faults, is_right
from pioneers.events.forms import SPEAKERS, EventForm, VersionForm, event_form, values_of
from pioneers.events.models import Event
from pioneers.events.rules import EventDraft
from pioneers.fans.queries import fan_names
from pioneers.hosting import actions
from pioneers.hosting.blueprint import blueprint
from pioneers.hosting.labels import said
from pioneers.hosting.queries import told_of
from pioneers.hosting.views import saved_words
from pioneers.planning.models import PioneerRequest, RequestState
from pioneers.planning.queries import get_request
from pioneers.planning.recipients import concerned
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import municipality_names
from pioneers.programmes.rules import Refused, Stale
from pioneers.programmes.stale import Difference, differences
from pioneers.reach.actions import ContactRefused
from pioneers.web.formats import number
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version


def _form(programme: Programme, values: dict[str, Any]) -> EventForm:
    return event_form(
        fans=fan_names(db.session, programme),
        pioneers=pioneer_names(db.session, programme),
        municipalities=municipality_names(db.session),
        values=values,
    )


def _to(programme: Programme, event: Event) -> ResponseReturnValue:
    return redirect(url_for("events.event", slug=programme.slug, event_id=event.id), 303)


@blueprint.route("/p/<slug>/bijeenkomsten/<int:event_id>/wijzigen", methods=["GET", "POST"])
@permitted(Permission.EDIT_EVENTS)
def leader_edit(programme: Programme, event_id: int) -> ResponseReturnValue:
    """Change any event of the programme; with `verzoek`, to the date that a pioneer proposed."""
    event = queries.get_event(db.session, programme, event_id)
    wish = _wish(programme, event)
    values = values_of(event, queries.speaker_ids(db.session, event)) | _moment(event, wish)
    form = _form(programme, values | {"version": event.version})
    stale = None
    sequence = event.sequence
    if is_right(form, form_faults(programme, form, event=event), said):
        try:
            _save(programme, event, form, wish)
        except Refused as refusal:
            attach(form, refusal.field if refusal.field in form else "day", said(refusal))
        except ContactRefused as refusal:
            attach(form, "day", said(refusal))
        except Stale:
            stale = differences(form, values_of(event, queries.speaker_ids(db.session, event)))
            form.version.data = event.version
        else:
            db.session.commit()
            flash(saved_words(event, sequence), "good")
            return _to(programme, event)
        db.session.rollback()
    return render_template(
        "events/edit.html",
        programme=programme,
        form=form,
        event=event,
        stale=stale,
        told=told_of(db.session, event),
        proposed_by=None if wish is None else _name(programme, wish),
    )


def _wish(programme: Programme, event: Event) -> PioneerRequest | None:
    """The request of the address, while the other date that was proposed stands and is to come."""
    given = parse_version(request.args.get("verzoek"))
    if not given:
        return None
    found = get_request(db.session, programme, given, event_id=event.id)
    if found.state != RequestState.OTHER_DATE or found.proposed_at is None:
        return None
    return found if found.proposed_at > clock.now() else None


def _moment(event: Event, wish: PioneerRequest | None) -> dict[str, Any]:
    """Day and hours as the pioneer proposed them, for as long as the event lasts."""
    if wish is None or wish.proposed_at is None:
        return {}
    draft = actions.draft_then(db.session, event, wish.proposed_at)
    return {"day": draft.day, "starts": draft.starts, "ends": draft.ends}


def _name(programme: Programme, wish: PioneerRequest) -> str:
    return pioneer_names(db.session, programme).get(wish.pioneer_id, "")


def _save(programme: Programme, event: Event, form: EventForm, wish: PioneerRequest | None) -> None:
    draft = _draft(form, queries.speaker_ids(db.session, event))
    version = parse_version(form.version.data)
    if wish is not None and actions.take_date(
        db.session,
        programme=programme,
        event=event,
        request=wish,
        draft=draft,
        version=version,
        by_host=False,
        actor_id=current_user.id,
    ):
        return
    actions.change_and_tell(
        db.session,
        programme=programme,
        event=event,
        draft=draft,
        version=version,
        actor_id=current_user.id,
    )


def _draft(form: EventForm, speakers: list[int]) -> EventDraft:
    """What was filled in; speakers beyond those that the form shows stay."""
    draft = form.draft()
    return replace(draft, pioneer_ids=(*draft.pioneer_ids, *speakers[len(SPEAKERS) :]))


@blueprint.route("/p/<slug>/bijeenkomsten/<int:event_id>/annuleren", methods=["GET", "POST"])
@permitted(Permission.EDIT_EVENTS)
def leader_cancel(programme: Programme, event_id: int) -> ResponseReturnValue:
    """Cancel any event of the programme, after saying what that does."""
    event = queries.get_event(db.session, programme, event_id)
    form = VersionForm(data={"version": event.version})
    stale: list[Difference] | None = None
    if form.validate_on_submit():
        try:
            voided = actions.cancel_and_tell(
                db.session,
                programme=programme,
                event=event,
                version=parse_version(form.version.data),
                actor_id=current_user.id,
            )
        except Stale:
            db.session.rollback()
            stale, form.version.data = [], event.version
        else:
            db.session.commit()
            flash(_cancelled(event, voided), "good")
            return _to(programme, event)
    counts = queries.counts(db.session, event)
    speakers, asked = concerned(db.session, event)
    return render_template(
        "events/cancel.html",
        programme=programme,
        form=form,
        event=event,
        counts=counts,
        told=told_of(db.session, event, cancelled=True),
        pioneers=len(speakers | asked),
        stale=stale,
    )


def _cancelled(event: Event, voided: int) -> str:
    said_first = _("%(title)s has been cancelled.", title=event.title)
    if not voided:
        return said_first
    rest = ngettext(
        "One record no longer counts.",
        "%(written)s records no longer count.",
        voided,
        written=number(voided),
    )
    return f"{said_first} {rest}"
