"""What else a year took of pioneers: a feature above counts contributions, and says so here."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session, scoped_session

from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]
Counter = Callable[[AnySession, Programme, int], Mapping[int, int]]
_COUNTERS: list[Counter] = []


def weigh_by(counter: Counter) -> None:
    """Let `counter` answer how many contributions each pioneer made in a year."""
    _COUNTERS[:] = [counter]


def contributed(session: AnySession, programme: Programme, year: int) -> Mapping[int, int]:
    """How many contributions of any kind each pioneer made in a year."""
    return _COUNTERS[0](session, programme, year) if _COUNTERS else {}
