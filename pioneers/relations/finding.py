"""What the search box knows of a prospect. Who joined is found as a pioneer or a fan."""

from sqlalchemy.orm import Session, scoped_session

from pioneers.relations.models import Prospect, Stage
from pioneers.search.actions import NewEntry, forget, reindex
from pioneers.search.models import Kind


def show(session: Session | scoped_session[Session], prospect: Prospect) -> None:
    """Let the search box find a prospect by name, company and contact person, or no longer."""
    if prospect.stage == Stage.JOINED or prospect.cleared_at is not None:
        forget(session, Kind.PROSPECT, prospect.id)
        return
    under = prospect.company or prospect.contact_name
    words = f"{prospect.name} {prospect.company} {prospect.contact_name}"
    entry = NewEntry(prospect.programme_id, Kind.PROSPECT, prospect.id, prospect.name, under, words)
    reindex(session, entry)
