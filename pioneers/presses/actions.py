"""Pressing twice is pressing once: in the transaction that writes what the form says."""

import hashlib
import hmac
from datetime import timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.presses.models import FormPress

AnySession = Session | scoped_session[Session]
KEPT = timedelta(days=2)


def is_first(session: AnySession, secret: str, *parts: object) -> bool:
    """Whether a form that says `parts` (who, where, what) is sent for the first time.

    Two at once wait for each other: the second learns that the first was there when that one
    commits, and is the first itself when it does not.
    """
    told = "\n".join(repr(part) for part in parts).encode("utf-8", "surrogatepass")
    key = hmac.new(secret.encode(), b"form\n" + told, hashlib.sha256).hexdigest()
    on_postgres = session.get_bind().dialect.name == "postgresql"
    insert: Any = (postgresql.insert if on_postgres else sqlite.insert)(FormPress)
    row = {"key": key, "at": clock.now()}
    statement = insert.values(row).on_conflict_do_nothing().returning(FormPress.key)
    return session.execute(statement).scalar() is not None


def forget_presses(session: AnySession) -> int:
    """Forget what was sent longer ago than anybody presses again; how many."""
    result = session.execute(delete(FormPress).where(FormPress.at < clock.now() - KEPT))
    return int(result.rowcount)  # type: ignore[attr-defined]
