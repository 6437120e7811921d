"""What is counted of visits, and the salt of a day. How each database counts is in files of its
own (on_sqlite.py, on_postgres.py): the statements are the databases' own, since they run for every
scan, and each does with as few of them as it can."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from pioneers.cards.models import Came
from pioneers.cards.visitors import Visitor

COLUMNS = ("scanned", "typed", "previews", "bots", "heads", "own")
ADDED = ", ".join(f"{name} = card_visit_day.{name} + excluded.{name}" for name in COLUMNS)
SALT = """INSERT INTO card_visit_salt (day, salt) VALUES (?, ?) ON CONFLICT (day) DO NOTHING"""
KNOWN_SALT = "SELECT salt FROM card_visit_salt WHERE day = ?"


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody, or something, asked for a card's page."""

    card_id: int
    run_id: int
    who: Visitor
    came: Came
    day: date
    hour: datetime
    visitor: bytes = b""

    @property
    def key(self) -> tuple[int, datetime, bytes]:
        """What makes it one visit."""
        return self.card_id, self.hour, self.visitor


def cursor_of(connection: Connection) -> Any:
    """The driver's own cursor within the transaction of `connection`."""
    return connection.connection.cursor()


def salt_of(connection: Connection, day: date, fresh: bytes) -> bytes:
    """The salt of a day: `fresh`, unless another worker made one before."""
    cursor, on_postgres = cursor_of(connection), connection.dialect.name == "postgresql"
    written = day if on_postgres else day.isoformat()
    make, read = (text.replace("?", "%s") if on_postgres else text for text in (SALT, KNOWN_SALT))
    cursor.execute(make, (written, fresh))
    cursor.execute(read, (written,))
    salt = bytes(cursor.fetchone()[0])
    cursor.close()
    return salt
