"""The certificate, for the project leader and for the pioneer."""

from flask.typing import ResponseReturnValue

from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import pioneer_row
from pioneers.db import db
from pioneers.profiles import certificate as paper
from pioneers.profiles.access import kept
from pioneers.profiles.blueprint import blueprint
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.web.typst import pdf_response


@blueprint.get("/p/<slug>/netwerk/pioniers/<int:pioneer_id>/plaquette.pdf")
@permitted(Permission.LOG_CONTRIBUTIONS)
def certificate(programme: Programme, pioneer_id: int) -> ResponseReturnValue:
    """A pioneer's certificate, ready to print and frame."""
    pioneer = kept(programme, pioneer_id)
    row = pioneer_row(db.session, programme, pioneer.id)
    content = paper.certificate(programme, pioneer, row)
    return pdf_response(content, f"plaquette-{pioneer.id}.pdf")
