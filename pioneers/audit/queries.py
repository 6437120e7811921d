"""Reads of the audit log."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.models import AuditEntry
from pioneers.web.pagination import SIZE, Page, offset

AnySession = Session | scoped_session[Session]
BLOCK = 500


@dataclass(frozen=True)
class Filter:
    """Which entries are asked for; what is empty or None does not matter. Days are inclusive."""

    action: str = ""
    actor_id: int | None = None
    object_type: str = ""
    first: date | None = None
    last: date | None = None


def find_entries(
    session: AnySession, *, programme_id: int | None, wanted: Filter, number: int = 1
) -> Page[AuditEntry]:
    """A page of a programme's entries (None: of the installation's own), newest first."""
    matching = _matching(programme_id, wanted)
    total = session.scalar(select(func.count()).select_from(matching.subquery())) or 0
    rows = session.scalars(
        matching.order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(SIZE)
        .offset(offset(number))
    )
    return Page(rows.all(), number, SIZE, total)


def all_entries(
    session: AnySession, *, programme_id: int | None, wanted: Filter
) -> Iterator[AuditEntry]:
    """Every entry that matches, newest first, read in blocks so that memory stays flat."""
    matching = _matching(programme_id, wanted).order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    yield from session.scalars(matching.execution_options(yield_per=BLOCK))


def actor_ids(session: AnySession, *, programme_id: int | None) -> set[int]:
    """Everybody who did something that is in the log."""
    found = session.scalars(
        select(AuditEntry.actor_id)
        .where(AuditEntry.programme_id.is_not_distinct_from(programme_id))
        .distinct()
    )
    return {actor_id for actor_id in found if actor_id is not None}


def subject_user_ids(session: AnySession, *, programme_id: int | None) -> set[int]:
    """Every account to which something was done that is in the log."""
    found = session.scalars(
        select(AuditEntry.object_id)
        .where(
            AuditEntry.programme_id.is_not_distinct_from(programme_id),
            AuditEntry.object_type == "user",
        )
        .distinct()
    )
    return {user_id for user_id in found if user_id is not None}


def _matching(programme_id: int | None, wanted: Filter) -> Select[AuditEntry]:
    if programme_id is None:
        found = select(AuditEntry).where(AuditEntry.programme_id.is_(None))
    else:
        found = select(AuditEntry).where(AuditEntry.programme_id == programme_id)
    if wanted.action:
        found = found.where(AuditEntry.action == wanted.action)
    if wanted.actor_id is not None:
        found = found.where(AuditEntry.actor_id == wanted.actor_id)
    if wanted.object_type:
        found = found.where(AuditEntry.object_type == wanted.object_type)
    if wanted.first is not None and wanted.first > date.min:
        found = found.where(AuditEntry.at >= clock.from_local(wanted.first, time.min))
    if wanted.last is not None and wanted.last < date.max:
        found = found.where(AuditEntry.at < clock.end_of_day(wanted.last))
    return found
