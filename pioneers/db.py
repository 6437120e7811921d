"""The database: base classes, column types, and how a transaction begins."""

import enum
import itertools
import operator
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    ColumnElement,
    DateTime,
    Dialect,
    Engine,
    Enum,
    FromClause,
    MetaData,
    event,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass, Session, registry, scoped_session
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment: `timestamptz` on PostgreSQL, naive UTC on SQLite, aware UTC in Python."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment; hand the driver UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - the interface's
    ) -> datetime | None:
        """Hand Python an aware moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def choice(kind: type[enum.StrEnum], name: str) -> Enum:
    """A column type for `kind`: its values as text, guarded by a check constraint named `name`."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """The registry of all tables."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: UtcDateTime()},
    )


class Model(MappedAsDataclass, Base, kw_only=True):
    """What every model inherits: a keyword-only dataclass, mapped."""

    __abstract__ = True


class Database(SQLAlchemy):
    """Types its session as SQLAlchemy's, so that queries and actions need not know Flask's."""

    session: scoped_session[Session]  # type: ignore[assignment]


db = Database(model_class=Base)

# Whether the transaction that begins next is going to write. Requests set it by their method;
# commands always write. On SQLite a transaction that reads first and writes later cannot wait for
# another writer (it fails at once), so a writing one takes the lock at its beginning.
_writes: ContextVar[bool] = ContextVar("transaction_writes", default=True)


def expect_writes(writes: bool) -> None:
    """State whether the transactions of this context (a request) are going to write."""
    _writes.set(writes)


def writes() -> bool:
    """Whether the transactions of this context are going to write."""
    return _writes.get()


@contextmanager
def writing() -> Iterator[None]:
    """Begin writing transactions within the block, whatever the request's method is."""
    token = _writes.set(True)
    try:
        yield
    finally:
        _writes.reset(token)


@contextmanager
def reading() -> Iterator[None]:
    """Begin transactions that only read within the block."""
    token = _writes.set(False)
    try:
        yield
    finally:
        _writes.reset(token)


def init_engine(app: Flask) -> None:
    """Attach the SQLite habits to the app's engine; PostgreSQL needs none."""
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        tune_sqlite(engine)


def tune_sqlite(engine: Engine) -> None:
    """WAL, foreign keys, a patient lock, and an explicit BEGIN on every connection of `engine`."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        if not isinstance(connection, sqlite3.Connection):
            return
        connection.isolation_level = None  # the driver begins nothing by itself
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 15000")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA cache_size = -16000")  # each thread of a worker has its own
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begins(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes() else "BEGIN")


# Rows in one statement of SQLite: it makes the lists of CHECK (x IN (...)) anew for each statement.
ROWS_TOGETHER = 100


def insert_rows(
    session: Session | scoped_session[Session], table: FromClause, rows: Sequence[dict[str, Any]]
) -> None:
    """Insert many rows of one shape in the way that each database takes in rows quickest.

    Every row has the keys of the first, which are (two or more) column names; defaults are the
    caller's. Values are converted by their columns' types as in any other insert.
    """
    if not rows:
        return
    connection = session.connection()
    dialect = connection.dialect
    names = list(rows[0])
    quote = dialect.identifier_preparer.quote
    target = f"{quote(str(table))} ({', '.join(map(quote, names))})"
    values = zip(*map(operator.itemgetter(*names), rows), strict=True)
    columns = [
        _converted(table.c[name], column, dialect)
        for name, column in zip(names, values, strict=True)
    ]
    if dialect.name == "postgresql":
        _copy(connection, target, columns)
    else:
        _insert_together(connection, target, list(zip(*columns, strict=True)))


def _insert_together(connection: Connection, target: str, rows: list[tuple[Any, ...]]) -> None:
    """Many rows in each statement, and those that are over one by one."""
    row = f"({', '.join('?' * len(rows[0]))})"
    whole = len(rows) - len(rows) % ROWS_TOGETHER
    if whole:
        starts = range(0, whole, ROWS_TOGETHER)
        groups = [
            tuple(itertools.chain.from_iterable(rows[start : start + ROWS_TOGETHER]))
            for start in starts
        ]
        together = ", ".join([row] * ROWS_TOGETHER)
        connection.exec_driver_sql(f"INSERT INTO {target} VALUES {together}", groups)  # noqa: S608
    if rest := rows[whole:]:
        connection.exec_driver_sql(f"INSERT INTO {target} VALUES {row}", rest)  # noqa: S608


def _copy(connection: Connection, target: str, columns: Sequence[Sequence[Any]]) -> None:
    """COPY: PostgreSQL parses and plans nothing for each row. Constraints hold as for INSERT."""
    statement = f"COPY {target} FROM STDIN"
    cursor: Any = connection.connection.cursor()
    driver: Any = connection.dialect.loaded_dbapi
    try:
        with cursor, cursor.copy(statement) as copy:
            for row in zip(*map(_dated, columns), strict=True):
                copy.write_row(row)
    except driver.Error as error:
        # As SQLAlchemy raises it for its own statements.
        raise DBAPIError.instance(
            statement, None, error, driver.Error, dialect=connection.dialect
        ) from error


def _dated(values: Sequence[Any]) -> Sequence[Any]:
    """Days and moments as text, equal ones made once: the driver would do it row by row."""
    if not isinstance(values[0], date):
        return values
    texts = {value: str(value) for value in set(values) if value is not None}
    return [texts.get(value) for value in values]


def _converted(
    column: ColumnElement[Any], values: Sequence[Any], dialect: Dialect
) -> Sequence[Any]:
    """A column's values as the driver takes them; equal ones are converted once."""
    convert = column.type.dialect_impl(dialect).bind_processor(dialect)
    if convert is None:
        return values
    first = values[0]
    if all(map(operator.is_, values, itertools.repeat(first))):
        return [convert(first)] * len(values)
    if isinstance(column.type, JSON):
        return [plain_json(value) or convert(value) for value in values]
    converted = {value: convert(value) for value in set(values)}
    return [converted[value] for value in values]


def plain_json(value: object) -> str | None:
    """The JSON of a list of plain texts, as most rows of lists are; None for anything else.

    Writing it takes a tenth of what the general way takes, which knows no list of texts.
    """
    if type(value) is not list:
        return None
    try:
        letters = "".join(value)
    except TypeError:
        return None
    if not letters.isascii() or not letters.isprintable() or '"' in letters or "\\" in letters:
        return None
    return '["' + '", "'.join(value) + '"]' if value else None
