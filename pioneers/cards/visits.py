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

from sqlalchemy import Connection, Engine

from pioneers import clock
from pioneers.cards import counting
from pioneers.cards.counting import Hit
from pioneers.cards.models import Came
from pioneers.cards.stamps import Stamp, Watch, stamp_of
from pioneers.cards.together import Together
from pioneers.cards.visitors import Visitor, hour_of, visitor_hash
from pioneers.db import reading, writing

MOST_SEEN = 50_000  # visits that are remembered; the database knows all of them
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
    """A transaction of its own, which writes or only reads; committed at its end."""
    with writing() if writes else reading(), engine.begin() as connection:
        yield connection


class Visits:
    """Counts for one process. What it remembers saves work; what counts is in the database."""

    def __init__(self, engine: Engine, begin: Begin | None = None) -> None:
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
        now, hits = clock.now(), [one.hit for one in asked if one.writes]
        stamps: dict[Watch, Stamp] = {}
        with self._begin(bool(hits)) as connection:
            for one in asked:
                if one.watch is not None and one.watch not in stamps:
                    stamps[one.watch] = stamp_of(connection, one.watch, now)
            counting.write(connection, hits)
        self._seen.update(one.key for one in hits if one.who == Visitor.PERSON)
        return [None if one.watch is None else stamps[one.watch] for one in asked]
