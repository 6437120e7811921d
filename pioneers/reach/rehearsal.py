"""What a change would do to the figures: it is done, counted, and taken back."""

from collections.abc import Callable

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.db import writing
from pioneers.programmes.models import Programme
from pioneers.reach.figures import current_scope, figures
from pioneers.reach.rules import Measures

AnySession = Session | scoped_session[Session]


def rehearse(
    session: AnySession, programme: Programme, change: Callable[[], object]
) -> tuple[Measures, Measures]:
    """The figures before and after `change`, of which nothing stays.

    The whole transaction is rolled back, so nothing may have been written in it before. It begins
    anew as a writing one (see pioneers.db), also where a page is only read. What `change` raises
    is raised after the rollback.
    """
    session.rollback()
    with writing():
        try:
            scope = current_scope(programme, clock.today())
            before = figures(session, programme, scope)
            change()
            session.flush()
            return before, figures(session, programme, scope)
        finally:
            session.rollback()
