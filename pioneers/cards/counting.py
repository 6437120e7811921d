"""Writing visits: each person once an hour, and the tallies, in one transaction.

The statements are the databases' own, since they run for every scan. Writers take the rows in one
order (visits by card, hour and visitor; days by run; cards of those runs), so that two workers
never wait for each other crosswise.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from pioneers.cards.models import Came
from pioneers.cards.visitors import Visitor

COLUMNS = ("scanned", "typed", "previews", "bots", "heads", "own")
VISIT = """INSERT INTO card_visit (card_id, hour, visitor, came) VALUES (?, ?, ?, ?)
ON CONFLICT (card_id, hour, visitor) DO NOTHING"""
VISITS = """WITH made AS (INSERT INTO card_visit (card_id, hour, visitor, came)
SELECT c, h, v, w FROM unnest(%s::int[], %s::timestamptz[], %s::bytea[], %s::text[])
AS given (c, h, v, w) ORDER BY c, h, v
ON CONFLICT (card_id, hour, visitor) DO NOTHING RETURNING card_id, came)
SELECT card_id, came FROM made"""
DAY = f"""INSERT INTO card_visit_day (run_id, day, {", ".join(COLUMNS)})
VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id, day) DO UPDATE SET
{", ".join(f"{name} = card_visit_day.{name} + excluded.{name}" for name in COLUMNS)}"""  # noqa: S608
CARD = """UPDATE card SET scanned = scanned + ?, typed = typed + ?,
first_visit_on = coalesce(first_visit_on, ?), last_visit_on = ? WHERE id = ?"""
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


def write(connection: Connection, hits: Sequence[Hit]) -> None:
    """Count them; who came before in the hour is not counted again."""
    if not hits:
        return
    cursor, on_postgres = cursor_of(connection), connection.dialect.name == "postgresql"
    people = sorted((one for one in hits if one.who == Visitor.PERSON), key=lambda one: one.key)
    first = (_first_together if on_postgres else _first)(cursor, people)
    days: Counter[tuple[int, date, str]] = Counter()
    cards: Counter[tuple[int, date, str]] = Counter()
    for one in first:
        days[one.run_id, one.day, one.came.value] += 1
        cards[one.card_id, one.day, one.came.value] += 1
    for one in hits:
        if one.who != Visitor.PERSON:
            days[one.run_id, one.day, one.who.value] += 1
    for run_id, day in sorted({key[:2] for key in days}):
        counts = [days[run_id, day, name] for name in COLUMNS]
        cursor.execute(_told(DAY, on_postgres), (run_id, _day(day, on_postgres), *counts))
    for card_id, day in sorted({(one.card_id, one.day) for one in first}):
        written = _day(day, on_postgres)
        counts = [cards[card_id, day, came.value] for came in (Came.SCANNED, Came.TYPED)]
        cursor.execute(_told(CARD, on_postgres), (*counts, written, written, card_id))
    cursor.close()


def _first(cursor: Any, people: Sequence[Hit]) -> list[Hit]:
    """Those of whom no visit in this hour was written."""
    found = []
    for one in people:
        hour = one.hour.strftime("%Y-%m-%d %H:%M:%S.000000")
        cursor.execute(VISIT, (one.card_id, hour, one.visitor, one.came.value))
        if cursor.rowcount == 1:
            found.append(one)
    return found


def _first_together(cursor: Any, people: Sequence[Hit]) -> list[Hit]:
    """The same in one statement."""
    if not people:
        return []
    rows = [(one.card_id, one.hour, one.visitor, one.came.value) for one in people]
    cursor.execute(VISITS, [list(column) for column in zip(*rows, strict=True)])
    left = Counter((row[0], row[1]) for row in cursor)
    return _matching(people, left)


def _matching(people: Iterable[Hit], left: Counter[tuple[int, str]]) -> list[Hit]:
    """As many of each card and way as were written; which of them makes no difference."""
    found = []
    for one in people:
        if left[one.card_id, one.came.value] > 0:
            left[one.card_id, one.came.value] -= 1
            found.append(one)
    return found


def salt_of(connection: Connection, day: date, fresh: bytes) -> bytes:
    """The salt of a day: `fresh`, unless another worker made one before."""
    cursor, on_postgres = cursor_of(connection), connection.dialect.name == "postgresql"
    written = _day(day, on_postgres)
    cursor.execute(_told(SALT, on_postgres), (written, fresh))
    cursor.execute(_told(KNOWN_SALT, on_postgres), (written,))
    salt = bytes(cursor.fetchone()[0])
    cursor.close()
    return salt


def _day(day: date, on_postgres: bool) -> object:
    return day if on_postgres else day.isoformat()


@lru_cache
def _told(statement: str, on_postgres: bool) -> str:
    return statement.replace("?", "%s") if on_postgres else statement
