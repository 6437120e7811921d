"""Writes on pioneers: appointing and ending; the search box follows."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.ambassadors.queries import pioneer_row
from pioneers.ambassadors.rules import check_appointed, check_ended, check_travels
from pioneers.audit.actions import record
from pioneers.companies.queries import get_company, get_person
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import EndReason, Refused, Stale
from pioneers.search.actions import NewEntry, reindex
from pioneers.search.models import Kind

AnySession = Session | scoped_session[Session]


def appoint(
    session: AnySession,
    *,
    programme: Programme,
    person_id: int,
    company_id: int,
    appointed_on: date,
    actor_id: int | None,
) -> Pioneer:
    """Appoint a person of a company as pioneer.

    Raises NotFound for a person or company of another programme, Refused: appointed_in_future,
    already_pioneer.
    """
    person = get_person(session, programme, person_id)
    company = get_company(session, programme, company_id)
    check_appointed(appointed_on, clock.today())
    known = select(Pioneer.id).where(
        Pioneer.programme_id == programme.id, Pioneer.person_id == person.id
    )
    if session.scalar(known) is not None:
        raise Refused("already_pioneer", "name")
    pioneer = Pioneer(
        programme_id=programme.id,
        person_id=person.id,
        company_id=company.id,
        appointed_on=appointed_on,
        created_at=clock.now(),
    )
    session.add(pioneer)
    session.flush()
    _note(session, pioneer, "pioneer.appointed", actor_id)
    show(session, programme, pioneer)
    return pioneer


def end_appointment(
    session: AnySession,
    *,
    programme: Programme,
    pioneer: Pioneer,
    ended_on: date | None,
    reason: EndReason | None,
    version: int,
    actor_id: int | None,
) -> None:
    """End an appointment on a day for a reason, or take an end back (None).

    Raises Stale(the pioneer) when it was changed since, Refused: ended_before_appointed,
    ended_in_future, reason_missing.
    """
    session.refresh(pioneer, with_for_update=True)
    if pioneer.version != version:
        raise Stale(pioneer)
    if ended_on is not None:
        check_ended(pioneer.appointed_on, ended_on, clock.today())
        if reason is None:
            raise Refused("reason_missing", "reason")
    pioneer.ended_on = ended_on
    pioneer.end_reason = reason if ended_on is not None else None
    pioneer.version += 1
    session.flush()
    _note(session, pioneer, "pioneer.ended" if ended_on else "pioneer.resumed", actor_id)
    show(session, programme, pioneer)


def set_preferences(
    session: AnySession,
    *,
    programme: Programme,
    pioneer: Pioneer,
    themes: Sequence[str],
    travels_km: int | None,
    version: int,
    actor_id: int | None,
) -> None:
    """What a pioneer speaks about, and how far one travels for it (None: any distance).

    Raises Stale(the pioneer) when it was changed since, Refused: travels_range.
    """
    session.refresh(pioneer, with_for_update=True)
    if pioneer.version != version:
        raise Stale(pioneer)
    check_travels(travels_km)
    pioneer.themes = ",".join(dict.fromkeys(themes))
    pioneer.travels_km = travels_km
    pioneer.version += 1
    session.flush()
    _note(session, pioneer, "pioneer.preferences", actor_id)
    show(session, programme, pioneer)


def show(session: AnySession, programme: Programme, pioneer: Pioneer) -> None:
    """Let the search box find the pioneer by person and company."""
    row = pioneer_row(session, programme, pioneer.id)
    words = f"{row.name} {row.company}"
    reindex(session, NewEntry(programme.id, Kind.PIONEER, pioneer.id, row.name, row.company, words))


def _note(session: AnySession, pioneer: Pioneer, action: str, actor_id: int | None) -> None:
    record(
        session,
        action,
        object_type="pioneer",
        object_id=pioneer.id,
        programme_id=pioneer.programme_id,
        actor_id=actor_id,
    )
