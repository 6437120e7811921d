"""Counting visits while pages are asked for: outside of the request's own transaction.

A GET writes nothing in this product; this is its one exception, made here and nowhere else. The
request's session stays one that only reads. The visit is written in a transaction of its own,
together with whatever else came in at the moment, and is committed before the page is sent.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from time import monotonic

from sqlalchemy import Connection, Engine

from pioneers import clock
from pioneers.cards import counting
from pioneers.cards.counting import Hit
from pioneers.cards.models import Came
from pioneers.cards.stamps import Stamp, Watch, card_stamps, page_stamp
from pioneers.cards.together import Together
from pioneers.cards.visitors import Visitor, hour_of, visitor_hash
from pioneers.db import reading, writing

MOST_SEEN = 50_000  # visits that are remembered; the database knows all of them
MOST_WATCHED = 1000
MOST_FROM_ONE = 500  # visits of one card from one address in an hour: a hall on one connection
Begin = Callable[[bool], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: who came, and the page that is kept for them, if one is."""

    hit: Hit
    watch: Watch | None
    writes: bool


@contextmanager
def in_transaction(engine: Engine, writes: bool) -> Iterator[Connection]:
    """A transaction of its own, which writes or only reads; committed at its end.

    On PostgreSQL each statement is one: a visit is a single statement there.
    """
    if engine.dialect.name == "postgresql":
        with writing(), engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")
        return
    with writing() if writes else reading(), engine.begin() as connection:
        yield connection


class Visits:
    """Counts for one process. What it remembers saves work; what counts is in the database."""

    def __init__(
        self, engine: Engine, begin: Begin | None = None, *, trusted_for: float = 0.1
    ) -> None:
        self._trusted_for = trusted_for  # seconds
        self._read: dict[Watch, tuple[float, Stamp]] = {}
        self._begin = begin or partial(in_transaction, engine)
        self.problem: type[Exception] = engine.dialect.loaded_dbapi.Error
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
        now = clock.now()
        today, hour = clock.local(now).date(), hour_of(now)
        hit = Hit(card_id, run_id, who, came, today, hour)
        if who == Visitor.PERSON:
            salt = self._salt_of(today)
            hit = replace(hit, visitor=visitor_hash(salt, place, agent, languages))
            self._begin_hour(hour)
            if hit.key in self._seen:
                return self._together.do(Asked(hit, watch, writes=False)) if watch else None
            hit = self._believed(hit, visitor_hash(salt, place, "", ""))
        return self._together.do(Asked(hit, watch, writes=True))

    def _believed(self, hit: Hit, origin: bytes) -> Hit:
        """One address that is more people than a hall holds is a machine with many names."""
        key = hit.card_id, origin
        known = self._from.get(key, 0)
        if known >= MOST_FROM_ONE:
            return replace(hit, who=Visitor.BOT)
        self._from[key] = known + 1
        return hit

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
        hits = [one.hit for one in asked if one.writes]
        with self._begin(bool(hits)) as connection:
            ids = {one.hit.card_id for one in asked if one.watch is not None}
            cards = card_stamps(connection, ids) if ids else {}
            answers = [
                None
                if one.watch is None
                else (*cards.get(one.hit.card_id, ()), *self._page_stamp(connection, one.watch))
                for one in asked
            ]
            counting.write(connection, hits)
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
