"""Writing visits: each person once an hour, and the tallies, in one transaction.

The statements are the databases' own, since they run for every scan. On PostgreSQL writers take the
rows in one order (visits by card, hour and visitor; days by run; cards of those runs), so that two
workers never wait for each other crosswise.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from pioneers.cards.models import Came
from pioneers.cards.visitors import Visitor

COLUMNS = ("scanned", "typed", "previews", "bots", "heads", "own")
ADDED = ", ".join(f"{name} = card_visit_day.{name} + excluded.{name}" for name in COLUMNS)
VISIT = """INSERT INTO card_visit (card_id, hour, visitor, came) VALUES (?, ?, ?, ?)
ON CONFLICT (card_id, hour, visitor) DO NOTHING"""
DAY = f"""INSERT INTO card_visit_day (run_id, day, {", ".join(COLUMNS)})
VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id, day) DO UPDATE SET {ADDED}"""  # noqa: S608
CARD = """UPDATE card SET scanned = scanned + ?, typed = typed + ?,
first_visit_on = coalesce(first_visit_on, ?), last_visit_on = ? WHERE id = ?"""
# The same on PostgreSQL, in one statement and so in one go to the server. What follows names what
# comes before, which makes the server do it in this order.
TOGETHER = f"""WITH given (card_id, run_id, day, hour, visitor, came) AS (
SELECT * FROM unnest(%s::int[], %s::int[], %s::date[], %s::timestamptz[], %s::bytea[], %s::text[])
), made AS (INSERT INTO card_visit (card_id, hour, visitor, came)
SELECT card_id, hour, visitor, came FROM given ORDER BY card_id, hour, visitor
ON CONFLICT (card_id, hour, visitor) DO NOTHING RETURNING card_id, hour, came
), visits AS (SELECT m.card_id, m.came, g.run_id, g.day FROM made m
JOIN (SELECT DISTINCT card_id, hour, run_id, day FROM given) g USING (card_id, hour)
), others (run_id, day, kind) AS (SELECT * FROM unnest(%s::int[], %s::date[], %s::text[])
), days AS (INSERT INTO card_visit_day (run_id, day, {", ".join(COLUMNS)})
SELECT run_id, day, {", ".join(f"count(*) FILTER (WHERE kind = '{name}')" for name in COLUMNS)}
FROM (SELECT run_id, day, came AS kind FROM visits UNION ALL SELECT * FROM others) told
GROUP BY run_id, day ORDER BY run_id, day
ON CONFLICT (run_id, day) DO UPDATE SET {ADDED} RETURNING run_id
) UPDATE card SET scanned = card.scanned + t.scanned, typed = card.typed + t.typed,
first_visit_on = coalesce(first_visit_on, t.first), last_visit_on = t.last
FROM (SELECT card_id, count(*) FILTER (WHERE came = 'scanned') AS scanned,
count(*) FILTER (WHERE came = 'typed') AS typed, min(day) AS first, max(day) AS last
FROM visits GROUP BY card_id) t
WHERE card.id = t.card_id AND (SELECT count(*) FROM days) > 0"""  # noqa: S608
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
    cursor = cursor_of(connection)
    if connection.dialect.name == "postgresql":
        _write_together(cursor, hits)
    else:
        _write_each(cursor, hits)
    cursor.close()


def _write_together(cursor: Any, hits: Sequence[Hit]) -> None:
    people = [
        (one.card_id, one.run_id, one.day, one.hour, one.visitor, one.came.value)
        for one in hits
        if one.who == Visitor.PERSON
    ]
    others = [(one.run_id, one.day, one.who.value) for one in hits if one.who != Visitor.PERSON]
    columns = [list(column) for column in zip(*people, strict=True)] or [[]] * 6
    columns += [list(column) for column in zip(*others, strict=True)] or [[]] * 3
    cursor.execute(TOGETHER, columns)


def _write_each(cursor: Any, hits: Sequence[Hit]) -> None:
    first = _first(cursor, [one for one in hits if one.who == Visitor.PERSON])
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
        cursor.execute(DAY, (run_id, day.isoformat(), *counts))
    for card_id, day in sorted({key[:2] for key in cards}):
        written = day.isoformat()
        counts = [cards[card_id, day, came.value] for came in (Came.SCANNED, Came.TYPED)]
        cursor.execute(CARD, (*counts, written, written, card_id))


def _first(cursor: Any, people: Sequence[Hit]) -> list[Hit]:
    """Those of whom no visit in this hour was written."""
    found = []
    for one in people:
        hour = one.hour.strftime("%Y-%m-%d %H:%M:%S.000000")
        cursor.execute(VISIT, (one.card_id, hour, one.visitor, one.came.value))
        if cursor.rowcount == 1:
            found.append(one)
    return found


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
