"""How a list is read: which column holds what, which sheet, which header."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.events.models import Event
from pioneers.importing import messages
from pioneers.importing.actions import Options, map_fields, read_again
from pioneers.importing.blueprint import blueprint
from pioneers.importing.forms import LayoutForm
from pioneers.importing.headers import Field
from pioneers.importing.models import AttendanceImport, ImportStatus
from pioneers.importing.new_views import limits
from pioneers.importing.queries import get_import
from pioneers.importing.reading.problems import Unreadable
from pioneers.importing.staging import layout_of
from pioneers.importing.views import back
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.reach.actions import ContactRefused
from pioneers.web.forms import BaseForm


@blueprint.route("/lijsten/<int:import_id>/kolommen", methods=["GET", "POST"])
@permitted(Permission.IMPORT)
def columns(programme: Programme, import_id: int) -> ResponseReturnValue:
    """Say of each column what it means; remembered for the next list of this host."""
    imported, event = get_import(db.session, programme, import_id)
    if imported.status != ImportStatus.STAGED:
        return back(programme, imported)
    layout = layout_of(imported)
    form, error, chosen = BaseForm(), "", dict(layout.fields)
    if form.validate_on_submit():
        names = {
            place: request.form.get(f"column-{place}", "") for place in range(len(layout.columns))
        }
        chosen = {place: Field(name) for place, name in names.items() if name in set(Field)}
        try:
            map_fields(
                db.session, programme=programme, event=event, imported=imported, fields=chosen
            )
        except (Refused, ContactRefused) as refusal:
            db.session.rollback()
            error = messages.refused(refusal.code)
        else:
            db.session.commit()
            return back(programme, imported)
    page = _columns_page(programme, imported, event, chosen, form, error)
    return page, 422 if error else 200


def _columns_page(
    programme: Programme,
    imported: AttendanceImport,
    event: Event,
    chosen: dict[int, Field],
    form: BaseForm,
    error: str,
) -> str:
    """The columns with a few of their values, what each means, and how the file was read."""
    layout = layout_of(imported)
    reading = LayoutForm(
        formdata=None,
        sheet=imported.sheet,
        header_row=layout.header_row,
        encoding=imported.mapping.get("encoding"),
    )
    reading.offer(imported.mapping)
    columns = [
        (
            place,
            name,
            layout.samples[place] if place < len(layout.samples) else [],
            chosen[place].value if place in chosen else "",
            place in layout.asks,
        )
        for place, name in enumerate(layout.columns)
    ]
    return render_template(
        "importing/columns.html",
        programme=programme,
        imported=imported,
        event=event,
        columns=columns,
        choices=[("", _("Do not read")), *((f.value, messages.field_name(f)) for f in Field)],
        error=error,
        form=form,
        reading=reading,
        unsure=imported.mapping.get("encoding_sure") is False,
    )


@blueprint.post("/lijsten/<int:import_id>/opnieuw")
@permitted(Permission.IMPORT)
def again(programme: Programme, import_id: int) -> ResponseReturnValue:
    """Read the file again with another sheet, header or encoding."""
    imported, event = get_import(db.session, programme, import_id)
    if imported.status != ImportStatus.STAGED:
        return back(programme, imported)
    form = LayoutForm()
    form.offer(imported.mapping)
    to_columns = redirect(
        url_for("importing.columns", slug=programme.slug, import_id=import_id), 303
    )
    if not form.validate():
        flash(_("Write the row of the header as a number, like 4."), "wrong")
        return to_columns
    given = form.data
    try:
        read_again(
            db.session,
            programme=programme,
            event=event,
            imported=imported,
            limits=limits(),
            options=Options(given.get("sheet"), given.get("header_row"), given.get("encoding")),
        )
    except Unreadable as problem:
        db.session.rollback()
        flash(messages.unreadable(problem.code, problem.params), "wrong")
        return to_columns
    db.session.commit()
    return back(programme, imported) if layout_of(imported).has_name else to_columns
