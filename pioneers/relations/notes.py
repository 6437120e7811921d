"""Writes on notes, their next steps, and introductions. None commits."""

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.queries import get_pioneer
from pioneers.audit.actions import record
from pioneers.companies.models import Company
from pioneers.companies.names import company_key
from pioneers.companies.queries import get_company
from pioneers.fans.queries import get_fan
from pioneers.mail.actions import withdraw
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.relations.models import Introduction, Note, Prospect
from pioneers.relations.queries import get_prospect, team
from pioneers.relations.rules import About, NoteDraft, Subject, Target, check_note

AnySession = Session | scoped_session[Session]
RECORD = "relation_note"


def add_note(
    session: AnySession,
    *,
    programme: Programme,
    about: About,
    draft: NoteDraft,
    actor_id: int | None,
) -> Note:
    """Note what was said; the writer does the next step unless somebody else is named.

    Raises NotFound, Refused: text_missing, text_long, note_in_future, step_missing,
    due_before_note, responsible_unknown, cleared.
    """
    get = {Subject.PROSPECT: get_prospect, Subject.PIONEER: get_pioneer, Subject.FAN: get_fan}
    found = get[about.subject](session, programme, about.id)
    if isinstance(found, Prospect) and found.cleared_at is not None:
        raise Refused("cleared", "text")
    _check(session, programme, draft)
    note = Note(
        programme_id=programme.id,
        kind=draft.kind,
        day=draft.day,
        text=draft.text.strip(),
        written_at=clock.now(),
        written_by_id=actor_id,
        prospect_id=about.id if about.subject == Subject.PROSPECT else None,
        pioneer_id=about.id if about.subject == Subject.PIONEER else None,
        fan_id=about.id if about.subject == Subject.FAN else None,
    )
    _fill_step(note, draft)
    session.add(note)
    session.flush()
    _audit(session, note, "note.added", actor_id)
    return note


def change_note(
    session: AnySession,
    *,
    programme: Programme,
    note: Note,
    draft: NoteDraft,
    version: int,
    actor_id: int | None,
) -> None:
    """Save over the `version` that the person saw; another day or person is reminded anew.

    Raises Stale, Refused as `add_note`, note_cleared.
    """
    _lock(session, note, version)
    if not note.text:
        raise Refused("note_cleared", "text")
    _check(session, programme, draft)
    before = note.next_step, note.due_on, note.responsible_id
    note.kind, note.day, note.text = draft.kind, draft.day, draft.text.strip()
    _fill_step(note, draft)
    if before != (note.next_step, note.due_on, note.responsible_id):
        withdraw(session, record_type=RECORD, record_id=note.id)
    if not note.next_step:
        note.done_at = note.done_by_id = None
    note.version += 1
    session.flush()
    _audit(session, note, "note.changed", actor_id)


def remove_note(session: AnySession, *, note: Note, actor_id: int | None) -> None:
    """Remove a note altogether: written about the wrong one, or more than needs keeping."""
    withdraw(session, record_type=RECORD, record_id=note.id)
    _audit(session, note, "note.removed", actor_id)
    session.delete(note)
    session.flush()


def finish_step(session: AnySession, *, note: Note, actor_id: int | None) -> None:
    """The next step was done; pressed twice, it was done already. A reminder stays here."""
    session.refresh(note, with_for_update=True)
    if not note.next_step or note.done_at is not None:
        return
    note.done_at, note.done_by_id = clock.now(), actor_id
    note.version += 1
    withdraw(session, record_type=RECORD, record_id=note.id)
    session.flush()
    _audit(session, note, "note.step_done", actor_id)


def introduce(
    session: AnySession,
    *,
    programme: Programme,
    pioneer_id: int,
    target: Target,
    target_id: int,
    remark: str,
    actor_id: int | None,
) -> Introduction:
    """Note that a pioneer can introduce us. Raises NotFound, Refused: introduction_known."""
    pioneer = get_pioneer(session, programme, pioneer_id)
    session.refresh(pioneer, with_for_update=True)  # two who note it at once wait for each other
    columns = {
        Target.FAN: (Introduction.fan_id, get_fan),
        Target.COMPANY: (Introduction.company_id, get_company),
        Target.PROSPECT: (Introduction.prospect_id, get_prospect),
    }
    column, get = columns[target]
    get(session, programme, target_id)
    known = select(Introduction.id).where(
        Introduction.pioneer_id == pioneer.id, column == target_id
    )
    if session.scalar(known) is not None:
        raise Refused("introduction_known", "target")
    made = Introduction(
        programme_id=programme.id,
        pioneer_id=pioneer.id,
        noted_at=clock.now(),
        remark=remark.strip(),
        noted_by_id=actor_id,
        fan_id=target_id if target == Target.FAN else None,
        company_id=target_id if target == Target.COMPANY else None,
        prospect_id=target_id if target == Target.PROSPECT else None,
    )
    session.add(made)
    session.flush()
    _audit_introduction(session, made, "introduction.noted", actor_id)
    return made


def remove_introduction(session: AnySession, *, one: Introduction, actor_id: int | None) -> None:
    """It is not so, or not any more."""
    _audit_introduction(session, one, "introduction.removed", actor_id)
    session.delete(one)
    session.flush()


def company_named(session: AnySession, programme: Programme, name: str) -> int:
    """The one company of this name. Raises Refused: company_unknown, company_twice."""
    found = session.scalars(
        select(Company.id)
        .where(
            Company.programme_id == programme.id,
            Company.name_key == company_key(name),
            Company.merged_into_id.is_(None),
        )
        .order_by(Company.id)
        .limit(2)
    ).all()
    if len(found) != 1:
        raise Refused("company_twice" if found else "company_unknown", "company")
    return found[0]


def _check(session: AnySession, programme: Programme, draft: NoteDraft) -> None:
    check_note(draft, clock.today())
    if draft.responsible_id is not None and draft.responsible_id not in team(session, programme):
        raise Refused("responsible_unknown", "responsible_id")


def _fill_step(note: Note, draft: NoteDraft) -> None:
    note.next_step = draft.next_step.strip()[:300]
    note.due_on = draft.due_on if note.next_step else None
    note.responsible_id = (draft.responsible_id or note.written_by_id) if note.next_step else None


def _lock(session: AnySession, note: Note, version: int) -> None:
    session.refresh(note, with_for_update=True)
    if note.version != version:
        raise Stale(note)


def _audit(session: AnySession, note: Note, action: str, actor_id: int | None) -> None:
    record(
        session,
        action,
        object_type=RECORD,
        object_id=note.id,
        programme_id=note.programme_id,
        actor_id=actor_id,
    )


def _audit_introduction(
    session: AnySession, one: Introduction, action: str, actor_id: int | None
) -> None:
    record(
        session,
        action,
        object_type="introduction",
        object_id=one.id,
        programme_id=one.programme_id,
        actor_id=actor_id,
    )
