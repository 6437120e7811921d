"""Bringing a list in: for an event, or with the event at once."""

import io
from collections.abc import Callable
from typing import IO

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from pioneers.accounts.current import settings
from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.events.actions import create_event
from pioneers.events.listing import list_events
from pioneers.events.models import Event
from pioneers.events.queries import get_event
from pioneers.events.rules import EventDraft
from pioneers.fans.queries import fan_names
from pioneers.importing import messages
from pioneers.importing.actions import stage
from pioneers.importing.blueprint import blueprint
from pioneers.importing.forms import ListForm, UploadForm
from pioneers.importing.models import AttendanceImport
from pioneers.importing.queries import imports_of
from pioneers.importing.reading.document import Limits
from pioneers.importing.reading.problems import Unreadable
from pioneers.importing.staging import layout_of
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.reach.actions import ContactRefused
from pioneers.web.formats import day_short
from pioneers.web.forms import attach

FIELDS = {"title": "title", "day": "day", "status": "file"}


def limits() -> Limits:
    """How much is read of a file."""
    config = settings()
    return Limits(config.upload_bytes, config.import_rows)


def _source(form: UploadForm) -> tuple[IO[bytes], str]:
    """The file that was chosen, else what was pasted. Raises Unreadable(nothing)."""
    chosen = form.file.data
    if isinstance(chosen, FileStorage) and chosen.filename:
        return chosen.stream, chosen.filename
    if form.pasted.data:
        return io.BytesIO(form.pasted.data.encode()), _("Pasted list")
    raise Unreadable("nothing")


def _stage(
    programme: Programme, form: UploadForm, event_of: Callable[[], Event]
) -> AttendanceImport | None:
    """Stage what the form brings; None when the form shows why not."""
    try:
        source, name = _source(form)
        imported = stage(
            db.session,
            programme=programme,
            event=event_of(),
            source=source,
            file_name=name,
            limits=limits(),
            actor_id=current_user.id,
        )
    except Unreadable as problem:
        db.session.rollback()
        where = "pasted" if form.pasted.data and not form.file.data else "file"
        attach(form, where, messages.unreadable(problem.code, problem.params))
    except Refused as refusal:
        db.session.rollback()
        where = FIELDS.get(refusal.field, "file")
        attach(form, where if where in form else "file", messages.refused(refusal.code))
    except ContactRefused as refusal:
        db.session.rollback()
        attach(form, "file", messages.refused(refusal.code))
    else:
        db.session.commit()
        return imported
    return None


def _to_check(programme: Programme, imported: AttendanceImport) -> ResponseReturnValue:
    page = "importing.check" if layout_of(imported).has_name else "importing.columns"
    return redirect(url_for(page, slug=programme.slug, import_id=imported.id), 303)


@blueprint.route("/bijeenkomsten/<int:event_id>/lijst", methods=["GET", "POST"])
@permitted(Permission.IMPORT)
def new(programme: Programme, event_id: int) -> ResponseReturnValue:
    """Upload or paste the list of an event."""
    event = get_event(db.session, programme, event_id)
    form = UploadForm()
    if form.validate_on_submit() and (imported := _stage(programme, form, lambda: event)):
        return _to_check(programme, imported)
    page = render_template(
        "importing/new.html",
        programme=programme,
        event=event,
        form=form,
        earlier=imports_of(db.session, event),
    )
    return page, 422 if form.errors else 200


@blueprint.route("/lijsten/nieuw", methods=["GET", "POST"])
@permitted(Permission.IMPORT)
def start(programme: Programme) -> ResponseReturnValue:
    """Upload or paste a list, and choose or make its event right there."""
    form = ListForm()
    recent = list_events(db.session, programme).items
    form.event.choices = [
        (0, _("A new event")),
        *((row.event.id, f"{row.event.title}, {day_short(row.day)}") for row in recent),
    ]
    fans = fan_names(db.session, programme)
    form.fan.choices = [(0, _("No host")), *sorted(fans.items(), key=lambda fan: fan[1])]
    if form.validate_on_submit() and _event_is_whole(form):
        imported = _stage(programme, form, lambda: _event(programme, form))
        if imported is not None:
            return _to_check(programme, imported)
    page = render_template("importing/start.html", programme=programme, form=form)
    return page, 422 if form.errors else 200


def _event_is_whole(form: ListForm) -> bool:
    """A new event needs a title and a day."""
    if form.event.data:
        return True
    if not form.title.data:
        attach(form, "title", messages.refused("title_missing"))
    if form.day.data is None:
        attach(form, "day", _("Give the day of the event."))
    return not form.errors


def _event(programme: Programme, form: ListForm) -> Event:
    if form.event.data:
        return get_event(db.session, programme, form.event.data)
    draft = EventDraft(
        title=form.title.data or "", day=form.data["day"], fan_id=form.fan.data or None
    )
    return create_event(db.session, programme=programme, draft=draft, actor_id=current_user.id)
