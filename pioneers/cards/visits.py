"""Counting visits while pages are asked for: outside of the request's own transaction.

A GET writes nothing in this product; this is its one exception, made here and nowhere else. The
request's session stays one that only reads. The visit is written in a transaction of its own,
together with whatever else came in at the moment, and is committed before the page is sent.
"""

import secrets
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from time import monotonic

from sqlalchemy import Connection, Engine

from pioneers import clock
from pioneers.cards import counting, on_postgres, on_sqlite
from pioneers.cards.connecting import OwnConnection
from pioneers.cards.counting import Hit
from pioneers.cards.models import Came
from pioneers.cards.stamps import Stamp, Watch, page_stamp
from pioneers.cards.together import MOST, Together
from pioneers.cards.visitors import Visitor, hour_of, visitor_hash

MOST_SEEN = 50_000  # visits that are remembered; the database knows all of them
MOST_WATCHED = 1000
MOST_FROM_ONE = 500  # visits of one card from one address in an hour: a hall on one connection
Begin = Callable[[bool], AbstractContextManager[Connection]]
COUNT = {"sqlite": on_sqlite.count, "postgresql": on_postgres.count}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: who came, and the page that is kept for them, if one is."""

    hit: Hit
    watch: Watch | None
    writes: bool


def write(connection: Connection, hits: Sequence[Hit]) -> None:
    """Count them in the transaction of `connection`."""
    for start in range(0, len(hits), MOST):
        COUNT[connection.dialect.name](connection, hits[start : start + MOST], ())


class Visits:
    """Counts for one process. What it remembers saves work; what counts is in the database."""

    def __init__(
        self, engine: Engine, begin: Begin | None = None, *, trusted_for: float = 0.1
    ) -> None:
        self._trusted_for = trusted_for  # seconds
        self._read: dict[Watch, tuple[float, Stamp]] = {}
        self._begin = begin or OwnConnection(engine)
        self._count = COUNT[engine.dialect.name]
        driver, on_postgres = engine.dialect.loaded_dbapi, engine.dialect.name == "postgresql"
        self._lost: tuple[type[Exception], ...] = (driver.OperationalError,) if on_postgres else ()
        self.problem: type[Exception] = driver.Error
        self._together: Together[Asked, Stamp | None] = Together(self._work)
        self._salt: tuple[date, bytes] | None = None
        self._hour: datetime | None = None
        self._seen: set[tuple[int, datetime, bytes]] = set()
        self._from: dict[tuple[int, bytes], int] = {}

    def come(
        self,
        *,
        card_id: int,
        run_id: int,
        who: Visitor,
        came: Came,
        place: str,
        agent: str,
        languages: str,
        watch: Watch | None,
    ) -> Stamp | None:
        """Count whoever comes; the answer is the stamp of what is watched.

        Raises SQLAlchemyError where the database cannot be written.
        """
        hour = hour_of(clock.now())
        today, visitor = _day_of(hour), b""
        if who == Visitor.PERSON:
            salt = self._salt_of(today)
            visitor = visitor_hash(salt, place, agent, languages)
            self._begin_hour(hour)
            if (card_id, hour, visitor) in self._seen:
                hit = Hit(card_id, run_id, who, came, today, hour, visitor)
                return self._together.do(Asked(hit, watch, writes=False)) if watch else None
            if not self._is_believed(card_id, visitor_hash(salt, place, "", "")):
                who = Visitor.BOT
        hit = Hit(card_id, run_id, who, came, today, hour, visitor)
        return self._together.do(Asked(hit, watch, writes=True))

    def _is_believed(self, card_id: int, origin: bytes) -> bool:
        """One address that is more people than a hall holds is a machine with many names."""
        key = card_id, origin
        known = self._from.get(key, 0)
        if known >= MOST_FROM_ONE:
            return False
        self._from[key] = known + 1
        return True

    def _begin_hour(self, hour: datetime) -> None:
        """Forget what is over."""
        if hour != self._hour:
            self._hour, self._seen, self._from = hour, set(), {}
        elif len(self._seen) > MOST_SEEN:
            self._seen = set()
        if len(self._from) > MOST_SEEN:
            self._from = {}

    def _salt_of(self, day: date) -> bytes:
        if self._salt is None or self._salt[0] != day:
            with self._begin(True) as connection:
                salt = counting.salt_of(connection, day, secrets.token_bytes(32))
            self._salt = day, salt
        return self._salt[1]

    def _work(self, asked: Sequence[Asked]) -> list[Stamp | None]:
        """Everybody's visit in one transaction, and of each page whether it changed."""
        try:
            return self._counted(asked)
        except self._lost:  # once more, over another connection
            return self._counted(asked)

    def _counted(self, asked: Sequence[Asked]) -> list[Stamp | None]:
        hits = [one.hit for one in asked if one.writes]
        with self._begin(bool(hits)) as connection:
            watched = {one.hit.card_id for one in asked if one.watch is not None}
            cards = self._count(connection, hits, watched)
            answers = [
                None
                if one.watch is None
                else (*cards.get(one.hit.card_id, ()), *self._page_stamp(connection, one.watch))
                for one in asked
            ]
        self._seen.update(one.key for one in hits if one.who == Visitor.PERSON)
        return answers

    def _page_stamp(self, connection: Connection, watch: Watch) -> Stamp:
        """Read at most ten times a second: many people, and many cards, have one page."""
        moment = monotonic()
        known = self._read.get(watch)
        if known is not None and moment - known[0] < self._trusted_for:
            return known[1]
        if len(self._read) > MOST_WATCHED:
            self._read = {}
        stamp = page_stamp(connection, watch, clock.now())
        self._read[watch] = moment, stamp
        return stamp


@lru_cache(maxsize=8)
def _day_of(hour: datetime) -> date:
    """The day in Amsterdam, whose clock differs from UTC by whole hours."""
    return clock.local(hour).date()
