"""Writes on pioneers: appointing and ending; the search box follows."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.ambassadors.queries import get_pioneer, pioneer_row
from pioneers.ambassadors.rules import (
    AT,
    BY,
    Standing,
    check_appointed,
    check_ended,
    check_travels,
    standing,
)
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
    appointed_by: str = "",
    appointed_at: str = "",
    actor_id: int | None,
) -> Pioneer:
    """Appoint a person of a company as pioneer, from `appointed_on` on, which may lie ahead.

    `appointed_by` is the member of the provincial executive, `appointed_at` the meeting. Raises
    NotFound for a person or company of another programme, Refused: appointed_too_late,
    already_pioneer, words_long.
    """
    person = get_person(session, programme, person_id)
    company = get_company(session, programme, company_id)
    check_appointed(appointed_on, clock.today())
    _check_words(appointed_by, appointed_at)
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
        appointed_by=appointed_by,
        appointed_at=appointed_at,
    )
    session.add(pioneer)
    session.flush()
    _note(session, pioneer, "pioneer.appointed", actor_id)
    show(session, programme, pioneer)
    return pioneer


def change_appointment(
    session: AnySession,
    *,
    programme: Programme,
    pioneer: Pioneer,
    appointed_on: date,
    appointed_by: str,
    appointed_at: str,
    version: int,
    actor_id: int | None,
) -> None:
    """Say anew when, by whom and in which meeting somebody is or was appointed.

    Raises Stale(the pioneer) when it was changed since, Refused: appointed_too_late,
    ended_before_appointed, words_long.
    """
    session.refresh(pioneer, with_for_update=True)
    if pioneer.version != version:
        raise Stale(pioneer)
    check_appointed(appointed_on, clock.today())
    _check_words(appointed_by, appointed_at)
    if pioneer.ended_on is not None and appointed_on > pioneer.ended_on:
        raise Refused("appointed_after_end", "appointed_on", day=pioneer.ended_on)
    pioneer.appointed_on = appointed_on
    pioneer.appointed_by = appointed_by
    pioneer.appointed_at = appointed_at
    pioneer.version += 1
    session.flush()
    _note(session, pioneer, "pioneer.appointment_changed", actor_id)
    show(session, programme, pioneer)


def set_successor(
    session: AnySession,
    *,
    programme: Programme,
    pioneer: Pioneer,
    successor_id: int | None,
    actor_id: int | None,
) -> None:
    """Who follows a pioneer that leaves: cards and the page lead there. None: the programme does.

    Raises NotFound for somebody of another programme, Refused: successor_unfit (the pioneer
    themself, or somebody who left too).
    """
    session.refresh(pioneer, with_for_update=True)
    if successor_id == pioneer.successor_id:
        return
    if successor_id is not None:
        heir = get_pioneer(session, programme, successor_id)
        if heir.id == pioneer.id or _has_left(heir):
            raise Refused("successor_unfit", "successor")
    pioneer.successor_id = successor_id
    session.flush()
    _note(session, pioneer, "pioneer.successor", actor_id)


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
    if ended_on is None:
        pioneer.successor_id = None
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


def _has_left(pioneer: Pioneer) -> bool:
    return standing(pioneer.appointed_on, pioneer.ended_on, clock.today()) == Standing.FORMER


def _check_words(appointed_by: str, appointed_at: str) -> None:
    for field, text, limit in (
        ("appointed_by", appointed_by, BY),
        ("appointed_at", appointed_at, AT),
    ):
        if len(text) > limit:
            raise Refused("words_long", field, limit=limit)
