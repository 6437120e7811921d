"""Reads of activations: what waits first, then the rest."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.programmes.models import Programme
from pioneers.reach.dossier import ActivationRow, activation_row, activation_rows
from pioneers.reach.models import Activation, Contact, Occasion
from pioneers.reach.rules import ActivationStatus
from pioneers.reach.scanning import Stretch
from pioneers.web.errors import NotFound

AnySession = Session | scoped_session[Session]
SIZE = 50
VOIDED = "voided"
STATUSES = frozenset({*ActivationStatus, VOIDED})


@dataclass(frozen=True)
class ActivationFilters:
    """Which activations are listed; `status` may be `voided`. None leaves a filter out."""

    status: str | None = None
    kind_id: int | None = None


def waiting(
    session: AnySession, programme: Programme, filters: ActivationFilters
) -> Stretch[ActivationRow]:
    """What waits for verification, the longest first; nothing when another status is asked for."""
    if filters.status not in (None, ActivationStatus.PROPOSED):
        return Stretch([])
    return _listed(session, [*_of(programme, filters), *_waits()], Activation.id)


def settled(
    session: AnySession,
    programme: Programme,
    filters: ActivationFilters,
    after: int | None = None,
) -> Stretch[ActivationRow]:
    """What was decided on or taken back, the last recorded first, in pages of fifty."""
    wanted = _of(programme, filters)
    if filters.status == ActivationStatus.PROPOSED:
        return Stretch([])
    if filters.status == VOIDED:
        wanted.append(Activation.voided_at.is_not(None))
    elif filters.status is not None:
        wanted += [Activation.status == filters.status, Activation.voided_at.is_(None)]
    else:
        decided = Activation.status != ActivationStatus.PROPOSED
        wanted.append(decided | Activation.voided_at.is_not(None))
    if after is not None:
        wanted.append(Activation.id < after)
    return _listed(session, wanted, Activation.id.desc())


def _of(programme: Programme, filters: ActivationFilters) -> list[Any]:
    wanted: list[Any] = [Activation.programme_id == programme.id]
    if filters.kind_id is not None:
        wanted.append(Activation.kind_id == filters.kind_id)
    return wanted


def _waits() -> list[Any]:
    return [Activation.status == ActivationStatus.PROPOSED, Activation.voided_at.is_(None)]


def _listed(session: AnySession, wanted: list[Any], order: Any) -> Stretch[ActivationRow]:
    statement = activation_rows().where(*wanted).order_by(order).limit(SIZE + 1)
    rows = session.execute(statement).all()
    items = [activation_row(row) for row in rows[:SIZE]]
    return Stretch(items, items[-1].id if len(rows) > SIZE else None)


def count_waiting(session: AnySession, programme: Programme) -> int:
    """How many activations wait for verification (at most a handful, by an index)."""
    statement = select(func.count()).select_from(Activation)
    return session.scalar(statement.where(Activation.programme_id == programme.id, *_waits())) or 0


def get_activation(session: AnySession, programme: Programme, activation_id: int) -> Activation:
    """An activation of this programme; NotFound otherwise."""
    found = session.scalar(
        select(Activation).where(
            Activation.id == activation_id, Activation.programme_id == programme.id
        )
    )
    if found is None:
        raise NotFound
    return found


def get_activation_row(
    session: AnySession, programme: Programme, activation_id: int
) -> ActivationRow:
    """An activation of this programme with the names of its page; NotFound otherwise."""
    row = session.execute(
        activation_rows().where(
            Activation.id == activation_id, Activation.programme_id == programme.id
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return activation_row(row)


def occasions_of(session: AnySession, companies: set[int]) -> dict[int, str]:
    """What the people of a company attended, by id, the last first, at most thirty."""
    rows = session.execute(
        select(Occasion.id, Occasion.label, Occasion.day)
        .join(Contact, Contact.occasion_id == Occasion.id)
        .where(Contact.company_id.in_(companies), Contact.voided_at.is_(None))
        .group_by(Occasion.id, Occasion.label, Occasion.day)
        .order_by(Occasion.day.desc(), Occasion.id)
        .limit(30)
    )
    return {row.id: f"{row.label} ({row.day:%d-%m-%Y})" for row in rows}
