"""The connection on which a process counts visits: its own, kept for as long as visitors come.

To take one from the pool, begin, and give it back costs more than a visit does. It is given back
once nobody came for a second, and after any problem: the pool knows whether it still works.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

from sqlalchemy import Connection, Engine, event

from pioneers.cards.on_disk import Log, Queue
from pioneers.db import reading, writing

IDLE = 1.0  # seconds


class OwnConnection:
    """Gives one transaction after another, to one thread at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = Lock()
        self._kept: Connection | None = None
        self._used = 0.0
        path = engine.url.database or ""
        is_sqlite = engine.dialect.name == "sqlite"
        self._files = (Queue(f"{path}-visits"), Log(f"{path}-wal")) if is_sqlite else None
        event.listen(engine, "engine_disposed", self._end)

    @contextmanager
    def __call__(self, writes: bool) -> Iterator[Connection]:
        """A transaction that writes or only reads; at the end it is committed, and on disk.

        On PostgreSQL each statement is one: a batch of visits is a single statement there.
        """
        with self._turn:
            connection = self._taken()
            try:
                if self._files is None:
                    yield connection
                elif writes:
                    queue, log = self._files
                    with queue.turn(), writing(), connection.begin():
                        yield connection
                    log.reach_disk()  # while another worker writes
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
            if self._files is None:
                connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            self._kept = connection
        return self._kept

    def _give_back(self) -> None:
        connection = self._let_go()
        if connection is not None:
            connection.close()

    def _end(self, _engine: Engine) -> None:
        """Close it for good: the pool is gone."""
        with self._turn:
            connection = self._let_go()
            if connection is not None:
                connection.invalidate()
                connection.close()

    def _let_go(self) -> Connection | None:
        if self._files is not None:
            self._files[1].close()
        connection, self._kept = self._kept, None
        return connection
