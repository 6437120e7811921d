"""What a request does to the database: say whether it writes, on a connection that lives."""

import select
import time
from typing import Any

from flask import Flask, request
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DisconnectionError

from pioneers.db import db, expect_writes, writes

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
IDLE_SECONDS = 30  # after so long, what lies between may have forgotten a connection


def init_requests(app: Flask) -> None:
    """Requests that only read begin a reading transaction (see pioneers.db)."""

    @app.before_request
    def _declare_intent() -> None:
        expect_writes(request.method not in SAFE)

    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            check_connections(db.engine)
            keep_plans(db.engine)


def check_connections(engine: Engine) -> None:
    """Use no connection to PostgreSQL that the server has closed; the pool then makes a new one.

    The pool's own way (pool_pre_ping) asks the server before every request, which costs a tenth of
    a page. A server that stops or ends a session says so: there is something to read then. Only
    when there is, or after a while, the server is asked.
    """

    @event.listens_for(engine, "checkin")
    def _returned(_connection: Any, record: Any) -> None:
        record.info["returned"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _taken(connection: Any, record: Any, _fairy: Any) -> None:
        returned = record.info.get("returned")
        if returned is None:  # just made
            return
        waited = time.monotonic() - returned
        if waited < IDLE_SECONDS and not _says_something(connection.fileno()):
            return
        try:
            alive = engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error
        if not alive:
            raise DisconnectionError


def keep_plans(engine: Engine) -> None:
    """Let reading transactions be read-only on PostgreSQL, and end them by COMMIT.

    The driver throws away the statements that it has prepared when it rolls back, so that each
    request would have all its statements planned anew. A read-only transaction has changed
    nothing, so that committing it is the same.
    """

    @event.listens_for(engine, "begin")
    def _begins(connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        reads = not writes()
        if bool(driver.read_only) != reads:
            driver.read_only = reads

    @event.listens_for(engine, "rollback")
    def _ends(connection: Connection) -> None:
        if connection.invalidated:  # the server has gone
            return
        driver: Any = connection.connection.dbapi_connection
        if driver.read_only and driver.info.transaction_status == TransactionStatus.INTRANS:
            driver.commit()


def _says_something(socket: int) -> bool:
    """Whether there is something to read, or the other side has closed."""
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    return bool(poll.poll(0))
