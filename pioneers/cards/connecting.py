"""The connection on which a process counts visits: its own, kept for as long as visitors come.

To take one from the pool, begin, and give it back costs more than a visit does. It is given back
once nobody came for a second, and after any problem: the pool knows whether it still works.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

from sqlalchemy import Connection, Engine, event

from pioneers.db import reading, writing

IDLE = 1.0  # seconds
FULL, USUAL = "PRAGMA synchronous = FULL", "PRAGMA synchronous = NORMAL"


class OwnConnection:
    """Gives one transaction after another, to one thread at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = Lock()
        self._kept: Connection | None = None
        self._used = 0.0
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._workers = _Workers(engine.url.database or "") if self._is_sqlite else None
        event.listen(engine, "engine_disposed", self._end)

    @contextmanager
    def __call__(self, writes: bool) -> Iterator[Connection]:
        """A transaction that writes or only reads; committed at its end.

        On PostgreSQL each statement is one: a batch of visits is a single statement there.
        """
        with self._turn:
            connection = self._taken()
            try:
                if self._workers is None:
                    yield connection
                elif writes:
                    with self._workers.turn(), writing(), connection.begin():
                        yield connection
                else:
                    with reading(), connection.begin():
                        yield connection
            except BaseException:
                self._give_back()
                raise
            self._used = monotonic()

    def _taken(self) -> Connection:
        if self._kept is not None and monotonic() - self._used > IDLE:
            self._give_back()
        if self._kept is None:
            with writing():
                connection = self._engine.connect()
            if self._is_sqlite:
                _execute(connection, FULL)
            else:
                connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            self._kept = connection
        return self._kept

    def _give_back(self) -> None:
        connection, self._kept = self._kept, None
        if connection is None:
            return
        if self._is_sqlite:
            _execute(connection, USUAL)
        connection.close()

    def _end(self, _engine: Engine) -> None:
        """Close it for good: the pool is gone."""
        with self._turn:
            connection, self._kept = self._kept, None
            if connection is not None:
                connection.invalidate()
                connection.close()


def _execute(connection: Connection, statement: str) -> None:
    """Outside of any transaction."""
    cursor = connection.connection.cursor()
    cursor.execute(statement)
    cursor.close()


class _Workers:
    """Whose turn it is to write, among the workers of one machine: on SQLite.

    SQLite lets one write, and the others look again after a while, which is longer than a visit
    takes. In a queue of the system the next one goes on at once.
    """

    def __init__(self, database: str) -> None:
        self._path = f"{database}-visits"
        self._file: int | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Within the block no other worker writes visits."""
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)
