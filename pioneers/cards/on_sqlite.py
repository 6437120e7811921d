"""Counting visits on SQLite: each person once an hour, and the tallies, in one transaction.

Whatever came in together goes into one statement for each table. Between two statements the driver
lets other threads go first, so that many small ones take much longer than they cost.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from pioneers.cards.counting import ADDED, COLUMNS, Hit, cursor_of
from pioneers.cards.models import Came
from pioneers.cards.stamps import Stamp, card_stamps
from pioneers.cards.visitors import Visitor

VISITS = """INSERT INTO card_visit (card_id, hour, visitor, came) VALUES {rows}
ON CONFLICT (card_id, hour, visitor) DO NOTHING RETURNING card_id, visitor"""
DAYS = f"""INSERT INTO card_visit_day (run_id, day, {", ".join(COLUMNS)}) VALUES {{rows}}
ON CONFLICT (run_id, day) DO UPDATE SET {ADDED}"""  # noqa: S608
CARDS = """UPDATE card SET scanned = scanned + v.column2, typed = typed + v.column3,
first_visit_on = coalesce(first_visit_on, v.column4), last_visit_on = v.column4
FROM (VALUES {rows}) v WHERE card.id = v.column1"""


def count(
    connection: Connection, hits: Sequence[Hit], watched: Collection[int]
) -> dict[int, Stamp]:
    """Count them; who came before in the hour is not counted again. The answer says of each card
    that is watched where it leads."""
    stamps = card_stamps(connection, watched) if watched else {}
    if hits:
        cursor = cursor_of(connection)
        _write(cursor, hits)
        cursor.close()
    return stamps


def _write(cursor: Any, hits: Sequence[Hit]) -> None:
    first = _first(cursor, [one for one in hits if one.who == Visitor.PERSON])
    days: Counter[tuple[int, date, str]] = Counter()
    cards: Counter[tuple[int, date, str]] = Counter()
    for one in first:
        days[one.run_id, one.day, one.came.value] += 1
        cards[one.card_id, one.day, one.came.value] += 1
    for one in hits:
        if one.who != Visitor.PERSON:
            days[one.run_id, one.day, one.who.value] += 1
    if days:
        told = sorted({key[:2] for key in days})
        rows = [
            (run_id, _day(day), *(days[run_id, day, name] for name in COLUMNS))
            for run_id, day in told
        ]
        _execute(cursor, DAYS, rows)
    # The days of a card go one after another: each statement changes a row once.
    for day in sorted({key[1] for key in cards}):
        ids = sorted({key[0] for key in cards if key[1] == day})
        ways = Came.SCANNED.value, Came.TYPED.value
        rows = [(one, *(cards[one, day, came] for came in ways), _day(day)) for one in ids]
        _execute(cursor, CARDS, rows)


def _first(cursor: Any, people: Sequence[Hit]) -> list[Hit]:
    """Those of whom no visit in this hour was written."""
    if not people:
        return []
    rows = [(one.card_id, _moment(one.hour), one.visitor, one.came.value) for one in people]
    _execute(cursor, VISITS, rows)
    made = Counter(cursor.fetchall())
    found = []
    for one in people:
        key = one.card_id, one.visitor
        if made[key] > 0:
            made[key] -= 1
            found.append(one)
    return found


def _execute(cursor: Any, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    cursor.execute(_sized(statement, len(rows), len(rows[0])), _flat(rows))


@lru_cache(maxsize=1024)
def _sized(statement: str, rows: int, columns: int) -> str:
    row = f"({', '.join('?' * columns)})"
    return statement.format(rows=", ".join([row] * rows))


def _flat(rows: Iterable[tuple[Any, ...]]) -> list[Any]:
    return [value for row in rows for value in row]


@lru_cache(maxsize=8)
def _moment(hour: datetime) -> str:
    return hour.strftime("%Y-%m-%d %H:%M:%S.000000")


@lru_cache(maxsize=8)
def _day(day: date) -> str:
    return day.isoformat()
