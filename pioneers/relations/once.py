"""Somebody of a company, or an organisation, stands on the board once."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session

from pioneers.programmes.rules import Refused
from pioneers.relations.models import Prospect, Side
from pioneers.relations.rules import OPEN

AnySession = Session | scoped_session[Session]


def standing_already(
    session: AnySession, *, programme_id: int, side: Side, key: str, besides: int | None = None
) -> Prospect | None:
    """Who is on the board under this key (rules.prospect_key), unless it is `besides`."""
    return session.scalar(
        select(Prospect)
        .where(
            Prospect.programme_id == programme_id,
            Prospect.side == side,
            Prospect.name_key == key,
            Prospect.stage.in_(OPEN),
            Prospect.id != (besides or 0),
        )
        .order_by(Prospect.id)
        .limit(1)
    )


@contextmanager
def once(
    session: AnySession, *, programme_id: int, side: Side, key: str, besides: int | None = None
) -> Iterator[None]:
    """What is written within puts an open prospect on the board. Raises Refused: prospect_known,
    with who stands there already; of two who do it at once, the database lets one through."""
    sought = {"programme_id": programme_id, "side": side, "key": key, "besides": besides}
    found = standing_already(session, **sought)  # type: ignore[arg-type]
    if found is not None:
        raise _known(found)
    try:
        with session.begin_nested():
            yield
            session.flush()
    except IntegrityError as error:
        found = standing_already(session, **sought)  # type: ignore[arg-type]
        if found is None:
            raise
        raise _known(found) from error


def _known(found: Prospect) -> Refused:
    return Refused("prospect_known", "name", name=found.name, prospect_id=found.id)
