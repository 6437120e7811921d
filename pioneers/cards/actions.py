"""Print runs, where cards lead, and withdrawing them. No action commits."""

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.actions import record
from pioneers.cards.models import Card, Destination, PrintRun
from pioneers.cards.queries import last_destination
from pioneers.cards.rules import NewRun, OwnerKind, Target, check_reason, check_run, new_code
from pioneers.db import insert_rows
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused

AnySession = Session | scoped_session[Session]


def create_run(
    session: AnySession, *, programme: Programme, new: NewRun, actor_id: int | None
) -> PrintRun:
    """A numbered print run with its cards; the owner is one of this programme's.

    Raises Refused: quantity_range, printed_ahead, words_long.
    """
    check_run(new, clock.today())
    session.execute(  # one number after another, also for two who print at once
        select(Programme.id).where(Programme.id == programme.id).with_for_update()
    )
    last = session.scalar(
        select(PrintRun.number)
        .where(PrintRun.programme_id == programme.id)
        .order_by(PrintRun.number.desc())
        .limit(1)
    )
    kind, owner_id = new.owner.kind, new.owner.id
    run = PrintRun(
        programme_id=programme.id,
        number=(last or 0) + 1,
        printed_on=new.printed_on,
        quantity=new.quantity,
        created_at=clock.now(),
        is_single_code=new.is_single_code,
        pioneer_id=owner_id if kind == OwnerKind.PIONEER else None,
        fan_id=owner_id if kind == OwnerKind.FAN else None,
        event_id=owner_id if kind == OwnerKind.EVENT else None,
        remark=new.remark.strip(),
        created_by_id=actor_id,
    )
    session.add(run)
    session.flush()
    codes = fresh_codes(session, 1 if new.is_single_code else new.quantity)
    insert_rows(session, Card.__table__, [_row(run.id, code) for code in codes])
    _note(session, "cards.printed", run, actor_id, count=new.quantity)
    return run


def _row(run_id: int, code: str) -> dict[str, object]:
    facts = {"scanned": 0, "typed": 0, "withdrawn_because": ""}
    return {"run_id": run_id, "code": code, **facts}


def fresh_codes(session: AnySession, count: int) -> list[str]:
    """So many codes that no card has, or ever had: cards are withdrawn, never deleted."""
    found: dict[str, None] = {}
    while len(found) < count:
        drawn = {new_code() for _ in range(count - len(found))} - set(found)
        taken = set(session.scalars(select(Card.code).where(Card.code.in_(drawn))))
        found |= dict.fromkeys(sorted(drawn - taken))
    return list(found)


def lead_to(
    session: AnySession,
    *,
    run: PrintRun,
    card: Card | None,
    target: Target,
    because: str,
    actor_id: int | None,
) -> Destination | None:
    """From now on a run's cards (or one of them) lead elsewhere; the history stays. None when they
    did already. Raises Refused: words_long."""
    session.refresh(run, with_for_update=True)
    last = last_destination(session, run, card)
    if last is not None and (last.pioneer_id, last.event_id) == (
        target.pioneer_id,
        target.event_id,
    ):
        return None
    if len(because) > 200:
        raise Refused("words_long", "because", limit=200)
    made = Destination(
        since=clock.now(),
        run_id=run.id if card is None else None,
        card_id=None if card is None else card.id,
        pioneer_id=target.pioneer_id,
        event_id=target.event_id,
        because=because.strip(),
        set_by_id=actor_id,
    )
    session.add(made)
    session.flush()
    _note(session, "cards.led_elsewhere", run, actor_id)
    return made


def withdraw(
    session: AnySession,
    *,
    run: PrintRun,
    card: Card | None,
    because: str,
    actor_id: int | None,
) -> int:
    """A run's cards (or one of them) are no longer in use; their codes are never used again.

    Answers how many were in use until now. Raises Refused: reason_missing, words_long.
    """
    because = check_reason(because)
    found = [one for one in _cards(session, run, card) if one.withdrawn_at is None]
    for one in found:
        one.withdrawn_at, one.withdrawn_because = clock.now(), because
    session.flush()
    if found:
        _note(session, "cards.withdrawn", run, actor_id, count=len(found))
    return len(found)


def restore(session: AnySession, *, run: PrintRun, card: Card | None, actor_id: int | None) -> int:
    """Cards that were withdrawn are in use again; answers how many."""
    found = [one for one in _cards(session, run, card) if one.withdrawn_at is not None]
    for one in found:
        one.withdrawn_at, one.withdrawn_because = None, ""
    session.flush()
    if found:
        _note(session, "cards.restored", run, actor_id, count=len(found))
    return len(found)


def _cards(session: AnySession, run: PrintRun, card: Card | None) -> list[Card]:
    query = select(Card).where(Card.run_id == run.id).order_by(Card.id).with_for_update()
    if card is not None:
        query = query.where(Card.id == card.id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def _note(
    session: AnySession, action: str, run: PrintRun, actor_id: int | None, **details: object
) -> None:
    record(
        session,
        action,
        object_type="print_run",
        object_id=run.id,
        programme_id=run.programme_id,
        actor_id=actor_id,
        details=details,
    )
