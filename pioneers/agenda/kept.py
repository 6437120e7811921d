"""Remembering an answer exactly as long as nothing in the database changed.

Whether a calendar changed takes a look at all its events, and calendar programs ask every hour.
Both databases say cheaply and exactly whether anything at all was written since: so what followed
from the records then still does. Nothing is ever out of date by this, and the site's other workers
need not be told.
"""

import sqlite3
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.orm import Session, scoped_session

AnySession = Session | scoped_session[Session]
T = TypeVar("T")
MOST = 500  # answers for each connection; then it begins anew
NAME = "pioneers_agenda_kept"
SNAPSHOT = "SELECT pg_current_snapshot()::text, pg_current_xact_id_if_assigned() IS NULL"


def kept(session: AnySession, key: Hashable, find: Callable[[], T | None]) -> T | None:
    """What `find` answers, asked again only after something was written; None is not remembered.

    The answer must follow from `key` and the database alone, and hold no records of the session.
    """
    connection = session.connection()
    state = _state(connection)
    if state is None:
        return find()
    known: dict[Hashable, tuple[object, T]] = connection.info.setdefault(NAME, {})
    if key in known and known[key][0] == state:
        return known[key][1]
    found = find()
    if found is not None:
        if len(known) >= MOST:
            known.clear()
        known[key] = (state, found)
    return found


def _state(connection: Connection) -> object | None:
    """Something that differs after any write that this connection can see; None: cannot say."""
    raw: Any = connection.connection.dbapi_connection
    if isinstance(raw, sqlite3.Connection):
        others = connection.exec_driver_sql("PRAGMA data_version").scalar()
        return others, raw.total_changes
    snapshot, only_reads = connection.exec_driver_sql(SNAPSHOT).one()
    return str(snapshot) if only_reads else None
