"""Writing the catalogue of actions that count as activation."""

from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers.audit.actions import record
from pioneers.programmes.catalogue import Wording
from pioneers.programmes.models import ActivationKind, Programme
from pioneers.programmes.rules import Refused

AnySession = Session | scoped_session[Session]


def add_kind(
    session: AnySession, *, programme: Programme, wording: Wording, actor_id: int | None
) -> ActivationKind:
    """Add an action to the catalogue. Raises Refused(wording_missing)."""
    _check(wording)
    codes = set(
        session.scalars(
            select(ActivationKind.code).where(ActivationKind.programme_id == programme.id)
        )
    )
    number = len(codes) + 1
    while f"own_{number}" in codes:
        number += 1
    kind = ActivationKind(programme_id=programme.id, code=f"own_{number}", **asdict(wording))
    session.add(kind)
    session.flush()
    _note(session, kind, "catalogue.added", actor_id)
    return kind


def change_kind(
    session: AnySession, *, kind: ActivationKind, wording: Wording, actor_id: int | None
) -> None:
    """Reword an action; what was recorded under it stays. Raises Refused(wording_missing)."""
    _check(wording)
    for name, text in asdict(wording).items():
        setattr(kind, name, text)
    session.flush()
    _note(session, kind, "catalogue.reworded", actor_id)


def use_kind(
    session: AnySession, *, kind: ActivationKind, in_use: bool, actor_id: int | None
) -> None:
    """Retire an action (nothing new is recorded under it), or take it in use again."""
    if kind.is_active == in_use:
        return
    kind.is_active = in_use
    session.flush()
    _note(session, kind, "catalogue.restored" if in_use else "catalogue.retired", actor_id)


def _check(wording: Wording) -> None:
    for name in ("name_nl", "name_en"):
        if not getattr(wording, name).strip():
            raise Refused("wording_missing", name)


def _note(session: AnySession, kind: ActivationKind, action: str, actor_id: int | None) -> None:
    record(
        session,
        action,
        object_type="activation_kind",
        object_id=kind.id,
        programme_id=kind.programme_id,
        actor_id=actor_id,
    )
