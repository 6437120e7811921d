"""Files to print for the door."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.events.access import hosted
from pioneers.presence import pdf, queries
from pioneers.presence.blueprint import blueprint
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.web.typst import pdf_response


@blueprint.get("/p/<slug>/podium/<int:event_id>/badges.pdf")
@permitted(Permission.HOST_EVENTS)
def badges(programme: Programme, event_id: int) -> ResponseReturnValue:
    """Badges of the pioneers who speak, the host's people, and everybody who registered."""
    event = hosted(programme, event_id)
    marks = {"pioneer": _("Pioneer"), "host": _("Host")}
    others = [
        {"name": name, "company": company, "mark": marks[part]}
        for part, name, company in queries.on_stage(db.session, event)
    ]
    content = pdf.badges(event, queries.room(db.session, event).guests, others=others)
    return pdf_response(content, f"badges-{event.id}.pdf")


@blueprint.get("/p/<slug>/podium/<int:event_id>/presentielijst.pdf")
@permitted(Permission.HOST_EVENTS)
def attendance_pdf(programme: Programme, event_id: int) -> ResponseReturnValue:
    """A list to sign on paper, for who does not check in by phone."""
    event = hosted(programme, event_id)
    guests = queries.room(db.session, event).guests
    host = queries.host_name(db.session, event)
    return pdf_response(pdf.attendance(event, guests, host=host), f"presentielijst-{event.id}.pdf")
