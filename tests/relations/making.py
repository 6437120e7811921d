"""Builders of what these tests play with; by the real actions."""

from typing import Any

from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.programmes.models import Programme
from pioneers.relations import actions, notes
from pioneers.relations.models import Note, NoteKind, Prospect, Side
from pioneers.relations.rules import About, NoteDraft, ProspectDraft, Subject


def spot(session: Session, programme: Programme, **facts: Any) -> Prospect:
    """Somebody who may become a pioneer."""
    given = {"side": Side.PIONEER, "name": "Anne de Vries", "company": "Vries Metaal"}
    draft = ProspectDraft(**given | facts)
    return actions.add_prospect(session, programme=programme, draft=draft, actor_id=None)


def write(
    session: Session,
    programme: Programme,
    about: About | Prospect,
    *,
    actor_id: int | None = None,
    **facts: Any,
) -> Note:
    """A note of today about one."""
    given = {"kind": NoteKind.CALL, "day": clock.today(), "text": "Belt terug"}
    if isinstance(about, Prospect):
        about = About(Subject.PROSPECT, about.id)
    draft = NoteDraft(**given | facts)
    return notes.add_note(session, programme=programme, about=about, draft=draft, actor_id=actor_id)
