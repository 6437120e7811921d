"""What a host does with an event: propose, change, publish, cancel, ask, count."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import list_pioneers
from pioneers.contributions.rooms import host_counted, is_only_a_pioneers
from pioneers.db import db
from pioneers.events.access import hosted
from pioneers.events.actions import publish_event, report_headcount
from pioneers.events.faults import form_faults, is_right
from pioneers.events.forms import HeadcountForm, VersionForm
from pioneers.events.labels import said as said_of_event
from pioneers.events.models import Event
from pioneers.events.queries import counts, event_day
from pioneers.events.rules import can_change
from pioneers.hosting import actions, forms
from pioneers.hosting.blueprint import blueprint
from pioneers.hosting.labels import said
from pioneers.hosting.queries import told_of
from pioneers.hosting.rules import wish_of
from pioneers.hosting.views import own_fans, saved_words
from pioneers.planning.queries import get_request
from pioneers.planning.recipients import concerned
from pioneers.programmes.guards import may, permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.programmes.stale import Difference, differences
from pioneers.reach.actions import ContactRefused
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version

URL = "/p/<slug>/podium/<int:event_id>"


def to_event(programme: Programme, event: Event) -> ResponseReturnValue:
    """Back to the page of the event."""
    return redirect(url_for("hosting.event", slug=programme.slug, event_id=event.id), 303)


def _by_host() -> bool:
    return not may(Permission.EDIT_EVENTS)


def _pioneers(programme: Programme) -> dict[int, str]:
    return {row.id: row.name for row in list_pioneers(db.session, programme) if row.active}


@blueprint.route("/p/<slug>/podium/nieuw", methods=["GET", "POST"])
@permitted(Permission.HOST_EVENTS)
def propose(programme: Programme) -> ResponseReturnValue:
    """Propose an event, or copy an earlier one; a copy mails nobody of the earlier one."""
    fans = own_fans(programme)
    source = parse_version(request.args.get("kopie"))
    copied = hosted(programme, source) if source else None
    values = forms.copied_values(copied) if copied else dict(forms.NEW)
    form = forms.ProposeForm(data={"fan_id": next(iter(fans), 0)} | values)
    forms.fill_choices(form, fans)
    form.pioneer.choices = forms.pioneer_choices(_pioneers(programme), nobody=True)
    overlaps, warning = False, None
    if is_right(form, form_faults(programme, form, not_before=clock.today()), said):
        try:
            event = actions.propose(
                db.session,
                programme=programme,
                draft=form.new_draft(),
                wish=wish_of(form.pioneer.data or ""),
                although_overlapping=bool(form.although.data),
                warned_of=forms.accepted_warning(form),
                actor_id=current_user.id,
            )
        except Refused as refusal:
            db.session.rollback()
            overlaps, warning = refusal.code == "overlaps", forms.warn(form, refusal)
            if warning is None:
                attach(form, refusal.field, said(refusal))
        else:
            db.session.commit()
            flash(_("Your proposal has been sent. The project leader decides."), "good")
            return to_event(programme, event)
    return _form_page(
        programme,
        form,
        copied=copied,
        has_fans=bool(fans),
        overlaps=_overlaps(form, overlaps),
        warning=warning,
    )


def _overlaps(form: forms.ProposeForm, refused: bool) -> bool:
    """Whether to offer the tick to propose all the same: only who met an overlap sees it."""
    return refused or bool(form.although.data)


def _form_page(
    programme: Programme,
    form: forms.HostForm,
    *,
    event: Event | None = None,
    copied: Event | None = None,
    has_fans: bool = True,
    overlaps: bool = False,
    warning: str | None = None,
    stale: list[Difference] | None = None,
) -> ResponseReturnValue:
    page = render_template(
        "hosting/edit.html",
        programme=programme,
        form=form,
        event=event,
        copied=copied,
        has_fans=has_fans,
        overlaps=overlaps,
        warning=warning,
        stale=stale,
        told=0 if event is None else told_of(db.session, event),
        today=clock.today(),
    )
    return page, 422 if form.errors else 200


@blueprint.route(f"{URL}/wijzigen", methods=["GET", "POST"])
@permitted(Permission.HOST_EVENTS)
def edit(programme: Programme, event_id: int) -> ResponseReturnValue:
    """Change one's own event; everybody concerned is told at once when it moves."""
    event = hosted(programme, event_id)
    if not can_change(event, clock.now()):
        flash(_("An event that has begun or was cancelled is not changed here."), "warn")
        return to_event(programme, event)
    form = forms.HostForm(data=forms.host_values(event) | {"version": event.version})
    forms.fill_choices(form, own_fans(programme))
    stale: list[Difference] | None = None
    moves = form.data["day"] != event_day(event)
    not_before = clock.today() if moves and _by_host() else None
    sequence = event.sequence
    if is_right(form, form_faults(programme, form, event=event, not_before=not_before), said):
        try:
            actions.change_and_tell(
                db.session,
                programme=programme,
                event=event,
                draft=form.onto(actions.draft_of(db.session, event)),
                version=parse_version(form.version.data),
                actor_id=current_user.id,
                by_host=_by_host(),
            )
        except (Refused, ContactRefused) as refusal:
            field = getattr(refusal, "field", "day")
            attach(form, field if field in form else "day", said(refusal))
        except Stale:
            stale = differences(form, forms.host_values(event))
            form.version.data = event.version
        else:
            db.session.commit()
            flash(saved_words(event, sequence), "good")
            return to_event(programme, event)
        db.session.rollback()
    return _form_page(programme, form, event=event, stale=stale)


@blueprint.post(f"{URL}/publiceren")
@permitted(Permission.HOST_EVENTS)
def publish(programme: Programme, event_id: int) -> ResponseReturnValue:
    """Open the public page, so that entrepreneurs can register."""
    event = hosted(programme, event_id)
    try:
        publish_event(db.session, programme=programme, event=event, actor_id=current_user.id)
    except Refused as refusal:
        db.session.rollback()
        flash(said(refusal), "warn")
    else:
        db.session.commit()
        flash(_("Published. Share the link: entrepreneurs can register now."), "good")
    return to_event(programme, event)


@blueprint.route(f"{URL}/annuleren", methods=["GET", "POST"])
@permitted(Permission.HOST_EVENTS)
def cancel(programme: Programme, event_id: int) -> ResponseReturnValue:
    """Cancel one's own event, after saying who will be told."""
    event = hosted(programme, event_id)
    form = VersionForm(data={"version": event.version})
    stale: list[Difference] | None = None
    if not can_change(event, clock.now()):
        flash(_("This event has begun or was cancelled already."), "warn")
        return to_event(programme, event)
    if form.validate_on_submit():
        try:
            actions.cancel_and_tell(
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
            flash(_("%(title)s has been cancelled.", title=event.title), "good")
            return to_event(programme, event)
    speakers, asked = concerned(db.session, event)
    return render_template(
        "hosting/cancel.html",
        programme=programme,
        form=form,
        event=event,
        counts=counts(db.session, event),
        told=told_of(db.session, event, cancelled=True),
        pioneers=len(speakers | asked),
        stale=stale,
    )


@blueprint.post(f"{URL}/verzoeken/<int:request_id>/datum")
@permitted(Permission.HOST_EVENTS)
def take_date(programme: Programme, event_id: int, request_id: int) -> ResponseReturnValue:
    """Move the event to the moment that a pioneer proposed."""
    event = hosted(programme, event_id)
    found = get_request(db.session, programme, request_id, event_id=event.id)
    form = VersionForm()
    if not form.validate_on_submit():
        return to_event(programme, event)
    try:
        done = actions.take_date(
            db.session,
            programme=programme,
            event=event,
            request=found,
            version=parse_version(form.version.data),
            by_host=_by_host(),
            actor_id=current_user.id,
        )
    except (Refused, Stale, ContactRefused) as refusal:
        db.session.rollback()
        stale = _("Somebody else changed this event meanwhile. Look again.")
        flash(stale if isinstance(refusal, Stale) else said(refusal), "warn")
    else:
        db.session.commit()
        words = _("The event has been moved, and everybody concerned has been told.")
        flash(words if done else _("That date no longer stands."), "good" if done else "warn")
    return to_event(programme, event)


@blueprint.route(f"{URL}/aantal", methods=["GET", "POST"])
@permitted(Permission.HOST_EVENTS)
def headcount(programme: Programme, event_id: int) -> ResponseReturnValue:
    """Everybody who was in the room, by the host."""
    event = hosted(programme, event_id)
    # A pioneer's number is not put in the host's mouth: two who say the same on their own agree.
    by_pioneer = is_only_a_pioneers(db.session, event)
    form = HeadcountForm(data={"headcount": None if by_pioneer else event.headcount})
    if form.validate_on_submit():
        given = form.headcount.data
        try:
            report_headcount(
                db.session,
                programme=programme,
                event=event,
                heads=event.headcount if given is None and by_pioneer else given,
                actor_id=current_user.id,
            )
        except (Refused, ContactRefused) as refusal:
            db.session.rollback()
            attach(form, "headcount", said_of_event(refusal))
        else:
            if given is not None:
                host_counted(db.session, programme, event, current_user.id)
            db.session.commit()
            unknown = _("Saved: how many people there were is not known.")
            saved = _("Thank you. The number of people has been saved.")
            flash(unknown if event.headcount is None else saved, "good")
            return to_event(programme, event)
    page = render_template(
        "hosting/headcount.html",
        programme=programme,
        form=form,
        event=event,
        counts=counts(db.session, event),
    )
    return page, 422 if form.errors else 200
