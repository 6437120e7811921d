"""Filling tables quickly: `executemany` on SQLite, COPY on PostgreSQL. For building only."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import psycopg
from sqlalchemy import Table, make_url
from sqlalchemy.dialects import postgresql, sqlite


class Bulk(Protocol):
    """Adds rows to tables; each call names the columns that the rows hold."""

    def add(self, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add `rows` to `table`."""


def _converters(table: Table, columns: Sequence[str], dialect: Any) -> list[tuple[int, Any]]:
    """What turns Python's values into the driver's, by place; most columns need nothing."""
    found = []
    for place, name in enumerate(columns):
        kind = table.c[name].type
        convert = kind.dialect_impl(dialect).bind_processor(dialect)
        if convert is not None:
            found.append((place, convert))
    return found


def _converted(
    rows: Iterable[Sequence[Any]], converters: Sequence[tuple[int, Any]]
) -> Iterator[Sequence[Any]]:
    for row in rows:
        values = list(row)
        for place, convert in converters:
            values[place] = convert(values[place])
        yield values


class _Sqlite:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection, self.dialect = connection, sqlite.dialect()

    def add(self, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" * len(columns))
        self.connection.executemany(
            f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})',
            _converted(rows, _converters(table, columns, self.dialect)),
        )


class _Postgres:
    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection, self.dialect = connection, postgresql.dialect()

    def add(self, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        copy = f'COPY "{table.name}" ({names}) FROM STDIN'
        with self.connection.cursor() as cursor, cursor.copy(copy) as target:
            for row in _converted(rows, _converters(table, columns, self.dialect)):
                target.write_row(row)


@contextmanager
def bulk(url: str) -> Iterator[Bulk]:
    """A way to fill the database at `url`, in one transaction, without checking foreign keys."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        connection = sqlite3.connect(address.database or "", isolation_level=None)
        for pragma in ("journal_mode = WAL", "synchronous = OFF", "cache_size = -500000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN IMMEDIATE")
        yield _Sqlite(connection)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return
    plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as server:
        server.execute("SET session_replication_role = replica")
        yield _Postgres(server)


def settle(url: str, tables: Iterable[Table]) -> None:
    """After filling: sequences go on behind the rows, and PostgreSQL knows what it holds.

    A server in use does the latter by itself (autovacuum). SQLite keeps no statistics unless asked,
    and the product does not ask.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return
    plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as server:
        for table in tables:
            if "id" in table.c and table.c["id"].autoincrement is not False:
                server.execute(
                    f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), max(id))"  # type: ignore[arg-type]
                    f' FROM "{table.name}"'
                )
        server.execute("VACUUM ANALYZE")
