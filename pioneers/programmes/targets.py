"""Writing targets: a change adds a row, and the old one keeps when, by whom and why."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.actions import record
from pioneers.programmes.models import Programme, Target
from pioneers.programmes.rules import Indicator, Refused, Stale, check_target

AnySession = Session | scoped_session[Session]


def set_target(
    session: AnySession,
    *,
    programme: Programme,
    indicator: Indicator,
    value: int,
    due_on: date,
    actor_id: int | None,
    is_final: bool = True,
    reason: str = "",
    replaces: int | None = None,
    origin: str = "web",
) -> Target:
    """Set the final target, or a year's share (`is_final=False`) due on its own day.

    `replaces` is the id of the target that the person saw and changes; None for a first one.
    Raises Stale(the target that stands now) when that is another one, and Refused: target_*,
    reason_missing (a change needs a reason).
    """
    standing = current_targets(session, programme, indicator)
    seen = next((target for target in standing if target.id == replaces), None)
    if replaces is not None and seen is None:
        raise Stale(next((t for t in standing if t.is_final == is_final), None))
    _check_place(standing, seen, is_final=is_final, due_on=due_on)
    if seen is not None and (seen.value, seen.due_on) == (value, due_on):
        return seen
    check_target(
        value=value,
        due_on=due_on,
        today=clock.today(),
        starts_on=programme.starts_on,
        ends_on=programme.ends_on,
    )
    if seen is not None and not reason.strip():
        raise Refused("reason_missing", "reason")
    target = Target(
        programme_id=programme.id,
        indicator=indicator,
        value=value,
        due_on=due_on,
        set_at=clock.now(),
        set_by_id=actor_id,
        reason=reason.strip()[:300],
        is_final=is_final,
    )
    _replace(session, seen, target)
    _note(session, programme, target, seen, actor_id, origin)
    return target


def current_targets(
    session: AnySession, programme: Programme, indicator: Indicator
) -> list[Target]:
    """The targets that stand now, the earliest first; locked where the database can."""
    return list(
        session.scalars(
            select(Target)
            .where(
                Target.programme_id == programme.id,
                Target.indicator == indicator,
                Target.replaced_at.is_(None),
            )
            .order_by(Target.due_on)
            .with_for_update()
        )
    )


def _check_place(
    standing: list[Target], seen: Target | None, *, is_final: bool, due_on: date
) -> None:
    """One final target; shares lie before it, one for each day."""
    others = [target for target in standing if target is not seen]
    final = next((target for target in others if target.is_final), None)
    if is_final and final is not None:
        raise Stale(final)
    if any(target.due_on == due_on for target in others):
        raise Refused("target_same_day", "due_on", day=due_on)
    if not is_final and final is not None and due_on > final.due_on:
        raise Refused("target_after_final", "due_on", day=final.due_on)
    if is_final and any(target.due_on > due_on for target in others):
        raise Refused("target_before_share", "due_on", day=max(t.due_on for t in others))


def _replace(session: AnySession, old: Target | None, new: Target) -> None:
    """Close the old row first: the database allows one open target for each day."""
    if old is not None:
        old.replaced_at = new.set_at
        session.flush()
    session.add(new)
    session.flush()
    if old is not None:
        old.replaced_by_id = new.id


def _note(
    session: AnySession,
    programme: Programme,
    target: Target,
    old: Target | None,
    actor_id: int | None,
    origin: str,
) -> None:
    details: dict[str, object] = {"indicator": target.indicator.value, "value": target.value}
    if old is not None:
        details["was"] = old.value
    record(
        session,
        "target.set" if old is None else "target.changed",
        object_type="target",
        object_id=target.id,
        programme_id=programme.id,
        actor_id=actor_id,
        origin=origin,
        details=details,
    )
