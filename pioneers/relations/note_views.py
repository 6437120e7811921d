"""Notes about prospects, pioneers and fans, and their next steps."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.current import settings
from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import get_pioneer
from pioneers.db import db
from pioneers.fans.queries import get_fan
from pioneers.presses.actions import is_first
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.programmes.stale import differences
from pioneers.relations import notes, queries
from pioneers.relations.blueprint import blueprint
from pioneers.relations.board_views import URL
from pioneers.relations.forms import note_form, note_values
from pioneers.relations.labels import said
from pioneers.relations.links import page_of, to_page
from pioneers.relations.models import NoteKind
from pioneers.relations.queries import about_of, get_note, get_prospect, subject_names, team
from pioneers.relations.rules import About, Subject
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version

NOTES = "/p/<slug>/netwerk/notities/<int:note_id>"
STEPS = "/p/<slug>/netwerk/afspraken"


@blueprint.route(f"{URL}/<int:prospect_id>/notitie", methods=["GET", "POST"])
@permitted(Permission.EDIT_NETWORK)
def note_prospect(programme: Programme, prospect_id: int) -> ResponseReturnValue:
    """Note something about a prospect."""
    get_prospect(db.session, programme, prospect_id)
    return _add(programme, About(Subject.PROSPECT, prospect_id))


@blueprint.route("/p/<slug>/netwerk/pioniers/<int:pioneer_id>/notitie", methods=["GET", "POST"])
@permitted(Permission.EDIT_NETWORK)
def note_pioneer(programme: Programme, pioneer_id: int) -> ResponseReturnValue:
    """Note something about a pioneer."""
    get_pioneer(db.session, programme, pioneer_id)
    return _add(programme, About(Subject.PIONEER, pioneer_id))


@blueprint.route("/p/<slug>/netwerk/fans/<int:fan_id>/notitie", methods=["GET", "POST"])
@permitted(Permission.EDIT_NETWORK)
def note_fan(programme: Programme, fan_id: int) -> ResponseReturnValue:
    """Note something about a fan."""
    get_fan(db.session, programme, fan_id)
    return _add(programme, About(Subject.FAN, fan_id))


def _add(programme: Programme, about: About) -> ResponseReturnValue:
    people = team(db.session, programme)
    own = current_user.id if current_user.id in people else 0
    form = note_form(people, {"day": clock.today(), "responsible_id": own})
    if form.validate_on_submit():
        draft, who = form.draft(), (current_user.id, clock.today())
        if not is_first(db.session, settings().secret_key, "note", who, about, draft):
            return to_page(programme, about)  # the button was pressed twice
        try:
            notes.add_note(
                db.session,
                programme=programme,
                about=about,
                draft=draft,
                actor_id=current_user.id,
            )
        except Refused as refusal:
            attach(form, refusal.field, said(refusal))
        else:
            db.session.commit()
            flash(_("It has been noted."), "good")
            return to_page(programme, about)
    name = subject_names(db.session, programme, [about]).get(about, "")
    return render_template(
        "relations/note.html",
        programme=programme,
        form=form,
        name=name,
        back=page_of(programme, about),
        note=None,
        stale=None,
    )


@blueprint.route(NOTES, methods=["GET", "POST"])
@permitted(Permission.EDIT_NETWORK)
def change_note(programme: Programme, note_id: int) -> ResponseReturnValue:
    """Change a note or its next step, or put the step off."""
    note = get_note(db.session, programme, note_id)
    about, people = about_of(note), team(db.session, programme)
    form = note_form(people, note_values(note) | {"version": note.version})
    if note.kind == NoteKind.THANKS:
        del form.kind
    stale = None
    if form.validate_on_submit():
        try:
            notes.change_note(
                db.session,
                programme=programme,
                note=note,
                draft=form.draft(NoteKind.THANKS if note.kind == NoteKind.THANKS else None),
                version=parse_version(form.version.data),
                actor_id=current_user.id,
            )
        except Refused as refusal:
            attach(form, refusal.field, said(refusal))
        except Stale:
            stale = differences(form, note_values(note))
            form.version.data = note.version
        else:
            db.session.commit()
            flash(_("The note has been saved."), "good")
            return to_page(programme, about)
    name = subject_names(db.session, programme, [about]).get(about, "")
    return render_template(
        "relations/note.html",
        programme=programme,
        form=form,
        name=name,
        back=page_of(programme, about),
        note=note,
        stale=stale,
    )


@blueprint.post(f"{NOTES}/verwijderen")
@permitted(Permission.EDIT_NETWORK)
def remove_note(programme: Programme, note_id: int) -> ResponseReturnValue:
    """Remove a note altogether."""
    note = get_note(db.session, programme, note_id)
    about = about_of(note)
    notes.remove_note(db.session, note=note, actor_id=current_user.id)
    db.session.commit()
    flash(_("The note has been removed."), "good")
    return to_page(programme, about)


@blueprint.get(STEPS)
@permitted(Permission.EDIT_NETWORK)
def steps(programme: Programme) -> ResponseReturnValue:
    """What is still to be done: one's own, or everybody's; what is late stands on top."""
    everybody = request.args.get("van") == "allen"
    found = queries.steps(db.session, programme, user_id=None if everybody else current_user.id)
    today = clock.today()
    return render_template(
        "relations/steps.html",
        programme=programme,
        steps=found,
        overdue=sum(step.is_overdue(today) for step in found),
        everybody=everybody,
        today=today,
        page_of=page_of,
    )


@blueprint.post(f"{STEPS}/<int:note_id>/gedaan")
@permitted(Permission.EDIT_NETWORK)
def finish(programme: Programme, note_id: int) -> ResponseReturnValue:
    """A next step was done."""
    note = get_note(db.session, programme, note_id)
    notes.finish_step(db.session, note=note, actor_id=current_user.id)
    db.session.commit()
    flash(_("Done: %(step)s", step=note.next_step), "good")
    whose = request.args.get("van")
    if whose in ("mij", "allen"):
        return redirect(url_for("relations.steps", slug=programme.slug, van=whose), 303)
    return to_page(programme, about_of(note))
