"""Counting visits on PostgreSQL: in one statement, and so in one go to the server, which also says
where the cards lead.

Of the statement each part names the one before, which makes the server do them in this order.
Writers take the rows in one order (visits by card, hour and visitor; days by run; cards of those
runs), so that two workers never wait for each other crosswise. Lists travel as the text of an
array: to have the driver make arrays takes longer than the statement.
"""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection

from pioneers.cards.counting import ADDED, COLUMNS, Hit, cursor_of
from pioneers.cards.stamps import CARD, Stamp, card_stamps
from pioneers.cards.visitors import Visitor

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
), counted AS (UPDATE card SET scanned = card.scanned + t.scanned, typed = card.typed + t.typed,
first_visit_on = coalesce(first_visit_on, t.first), last_visit_on = t.last
FROM (SELECT card_id, count(*) FILTER (WHERE came = 'scanned') AS scanned,
count(*) FILTER (WHERE came = 'typed') AS typed, min(day) AS first, max(day) AS last
FROM visits GROUP BY card_id) t
WHERE card.id = t.card_id AND (SELECT count(*) FROM days) > 0
) {CARD.format(which="= ANY(%s::int[])")}"""  # noqa: S608


def count(
    connection: Connection, hits: Sequence[Hit], watched: Collection[int]
) -> dict[int, Stamp]:
    """Count them; who came before in the hour is not counted again. The answer says of each card
    that is watched where it leads."""
    if not hits:
        return card_stamps(connection, watched) if watched else {}
    people = [one for one in hits if one.who == Visitor.PERSON]
    others = [one for one in hits if one.who != Visitor.PERSON]
    given = (
        _array(str(one.card_id) for one in people),
        _array(str(one.run_id) for one in people),
        _array(str(one.day) for one in people),
        _array(f'"{one.hour.isoformat()}"' for one in people),
        _array(rf'"\\x{one.visitor.hex()}"' for one in people),
        _array(one.came.value for one in people),
        _array(str(one.run_id) for one in others),
        _array(str(one.day) for one in others),
        _array(one.who.value for one in others),
        _array(map(str, watched)),
    )
    cursor = cursor_of(connection)
    cursor.execute(TOGETHER, given, prepare=True)
    rows = cursor.fetchall()
    cursor.close()
    return {row[0]: tuple(row[1:]) for row in rows}


def _array(values: Iterable[str]) -> str:
    """Numbers, days and words of ours, none of which needs a quotation mark that it lacks."""
    return f"{{{','.join(values)}}}"
