"""Looking through a list, adding it, and taking it back."""

from collections.abc import Iterator

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from pioneers.accounts.rules import Permission
from pioneers.companies.rules import Subject
from pioneers.db import db
from pioneers.importing import messages, shown
from pioneers.importing.actions import answer_row, correct_row, discard, verdict_counts, write
from pioneers.importing.blueprint import blueprint
from pioneers.importing.models import AttendanceImport, ImportStatus, RowVerdict
from pioneers.importing.queries import (
    get_import,
    get_row,
    open_doubts_of,
    others_of,
    refused_rows,
    rows_of,
)
from pioneers.importing.staging import earlier_import, layout_of
from pioneers.importing.undoing import undo as undo_import
from pioneers.importing.undoing import undo_effect, undone_effect
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.reach.actions import ContactRefused
from pioneers.web.formats import number as written
from pioneers.web.forms import BaseForm
from pioneers.web.pagination import page_number
from pioneers.web.sheets import Cell, sheet_response


def back(programme: Programme, imported: AttendanceImport, **values: object) -> ResponseReturnValue:
    """To the page of the list."""
    address = url_for(
        "importing.check",
        slug=programme.slug,
        import_id=imported.id,
        **values,  # type: ignore[arg-type]
    )
    return redirect(address, 303)


@blueprint.get("/lijsten/<int:import_id>")
@permitted(Permission.IMPORT)
def check(programme: Programme, import_id: int) -> ResponseReturnValue:
    """What the list asks for, row by row; or, once it is added, what became of it."""
    imported, event = get_import(db.session, programme, import_id)
    kind = request.args.get("soort", "")
    verdict = RowVerdict(kind) if kind in set(RowVerdict) else None
    page = rows_of(db.session, imported, page=page_number(), verdict=verdict)
    staged = imported.status == ImportStatus.STAGED
    return render_template(
        "importing/check.html" if staged else "importing/written.html",
        programme=programme,
        imported=imported,
        event=event,
        page=page,
        rows=shown.rows_shown(
            programme, imported, page.items, others_of(db.session, imported, page.items)
        ),
        tags=shown.tags(programme, imported),
        lead=shown.lead(imported),
        coming=shown.coming(imported),
        consequence=shown.consequence(imported),
        counts=verdict_counts(imported),
        layout=layout_of(imported),
        unsure=imported.mapping.get("encoding_sure") is False,
        earlier=earlier_import(db.session, imported),
        doubts=0 if staged else open_doubts_of(db.session, imported),
        undone=undone_effect(imported) if imported.status == ImportStatus.UNDONE else None,
        form=BaseForm(),
    )


@blueprint.post("/lijsten/<int:import_id>/rij/<int:number>/keuze")
@permitted(Permission.IMPORT)
def answer(programme: Programme, import_id: int, number: int) -> ResponseReturnValue:
    """The same, or another: remembered with the row."""
    imported, event = get_import(db.session, programme, import_id)
    row = get_row(db.session, imported, number)
    subject = request.form.get("subject", "")
    try:
        if subject not in set(Subject):
            raise Refused("not_offered")
        answer_row(
            db.session,
            programme=programme,
            event=event,
            imported=imported,
            row=row,
            subject=Subject(subject),
            choice=request.form.get("choice", ""),
        )
    except Refused as refusal:
        db.session.rollback()
        flash(messages.refused(refusal.code), "wrong")
    else:
        db.session.commit()
    return back(programme, imported)


@blueprint.route("/lijsten/<int:import_id>/rij/<int:number>", methods=["GET", "POST"])
@permitted(Permission.IMPORT)
def row(programme: Programme, import_id: int, number: int) -> ResponseReturnValue:
    """Correct what a row says; the row is judged again."""
    imported, event = get_import(db.session, programme, import_id)
    found = get_row(db.session, imported, number)
    layout = layout_of(imported)
    form = BaseForm()
    if form.validate_on_submit():
        cells = list(found.cells[: len(layout.columns)])
        cells += [""] * (len(layout.columns) - len(cells))
        for place in layout.fields:
            cells[place] = " ".join(request.form.get(f"cell-{place}", cells[place]).split())[:500]
        try:
            correct_row(
                db.session,
                programme=programme,
                event=event,
                imported=imported,
                row=found,
                cells=cells,
            )
        except Refused as refusal:
            db.session.rollback()
            flash(messages.refused(refusal.code), "wrong")
        else:
            db.session.commit()
        return back(programme, imported)
    return render_template(
        "importing/row.html",
        programme=programme,
        imported=imported,
        event=event,
        row=found,
        cells=[
            (place, layout.columns[place], found.cells[place] if place < len(found.cells) else "")
            for place in sorted(layout.fields)
        ],
        problem=messages.row_error(found.reason, found.details) if found.reason else "",
        form=form,
    )


@blueprint.post("/lijsten/<int:import_id>/toevoegen")
@permitted(Permission.IMPORT)
def add(programme: Programme, import_id: int) -> ResponseReturnValue:
    """Write the list; pressing twice writes once."""
    imported, event = get_import(db.session, programme, import_id)
    try:
        done = write(
            db.session,
            programme=programme,
            event=event,
            imported=imported,
            actor_id=current_user.id,
        )
    except (Refused, ContactRefused) as refusal:
        db.session.rollback()
        flash(messages.refused(refusal.code), "wrong")
        return back(programme, imported)
    db.session.commit()
    if done:
        count = shown.coming(imported)
        flash(
            ngettext("One person is added.", "%(n)s people are added.", count, n=written(count)),
            "good",
        )
    else:
        flash(_("This list was added already."), "quiet")
    return back(programme, imported)


@blueprint.post("/lijsten/<int:import_id>/weggooien")
@permitted(Permission.IMPORT)
def throw_away(programme: Programme, import_id: int) -> ResponseReturnValue:
    """Throw a staged list away."""
    imported, event = get_import(db.session, programme, import_id)
    if not discard(db.session, imported=imported, actor_id=current_user.id):
        db.session.rollback()
        flash(messages.refused("not_staged"), "wrong")
        return back(programme, imported)
    event_id = event.id
    db.session.commit()
    flash(_("The list is thrown away. Nothing was added."), "quiet")
    return redirect(url_for("events.event", slug=programme.slug, event_id=event_id), 303)


@blueprint.get("/lijsten/<int:import_id>/geweigerd")
@permitted(Permission.IMPORT)
def refused(programme: Programme, import_id: int) -> ResponseReturnValue:
    """The refused rows as a sheet, with the row's number and the reason before its cells."""
    imported, _event = get_import(db.session, programme, import_id)
    rows: Iterator[list[Cell]] = (
        [row.number, messages.row_error(row.reason, row.details), *row.cells]
        for row in refused_rows(db.session, imported)
    )
    header = [_("Row"), _("Reason"), *imported.header]
    name = _("refused rows %(number)s", number=imported.id)
    return sheet_response(name, header, rows, request.args.get("formaat", "csv"))


@blueprint.route("/lijsten/<int:import_id>/terugdraaien", methods=["GET", "POST"])
@permitted(Permission.IMPORT)
def undo(programme: Programme, import_id: int) -> ResponseReturnValue:
    """Say what is taken back and what cannot be; then do it."""
    imported, event = get_import(db.session, programme, import_id)
    form = BaseForm()
    if form.validate_on_submit():
        effect = undo_import(
            db.session,
            programme=programme,
            event=event,
            imported=imported,
            actor_id=current_user.id,
        )
        db.session.commit()
        if effect is None:
            flash(_("This list was not added, or was taken back already."), "wrong")
        return back(programme, imported)
    if imported.status != ImportStatus.WRITTEN:
        return back(programme, imported)
    return render_template(
        "importing/undo.html",
        programme=programme,
        imported=imported,
        event=event,
        effect=undo_effect(db.session, imported),
        form=form,
    )
