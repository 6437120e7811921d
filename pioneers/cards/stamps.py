"""Whether a card's page changed: one small read of everything that it shows.

The page is kept (see landing.py) together with this stamp, and shown again while the stamp is the
same. It is read anew for every visit, so that what is published, changed or withdrawn shows at once
in every worker. What ends by itself on a day is covered by the day, which is part of the key.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from pioneers.cards import extras

Stamp = tuple[object, ...]
OF_CARD = 3  # the first columns are the card's own
STAMP = """SELECT c.withdrawn_at,
(SELECT max(d.id) FROM card_destination d WHERE d.card_id = c.id),
(SELECT max(d.id) FROM card_destination d WHERE d.run_id = c.run_id),
g.version, g.name, g.slug, a.version, a.appointed_on, a.ended_on, a.successor_id,
p.version, p.appointed_on, p.ended_on, p.successor_id, p.themes,
f.version, f.changed_at, f.photo_id, h.version, o.version, o.name, n.version, e.version, e.status,
(SELECT count(*) FROM profile_consent k WHERE k.pioneer_id = p.id AND k.withdrawn_at IS NULL),
(SELECT max(k.id) FROM profile_consent k WHERE k.pioneer_id = p.id),
(SELECT sum(q.version * q.id) FROM quote q WHERE q.pioneer_id = p.id),
u.events, u.ids, u.versions
FROM card c JOIN print_run r ON r.id = c.run_id JOIN programme g ON g.id = r.programme_id
LEFT JOIN pioneer a ON a.id = {a} LEFT JOIN pioneer p ON p.id = {p}
LEFT JOIN profile f ON f.pioneer_id = p.id LEFT JOIN person h ON h.id = p.person_id
LEFT JOIN company o ON o.id = p.company_id LEFT JOIN fan n ON n.id = r.fan_id
LEFT JOIN event e ON e.id = {e}
CROSS JOIN (SELECT count(*) AS events, sum(id) AS ids, sum(version) AS versions FROM event
WHERE programme_id = {g} AND starts_at > {now} AND published_at IS NOT NULL
AND status = 'planned') u WHERE c.id = {c}"""
_KEYS = ("a", "p", "e", "g", "now", "c")
_STATEMENTS = {
    "sqlite": STAMP.format(**dict.fromkeys(_KEYS, "?")),
    "postgresql": STAMP.format(
        a="%s::int", p="%s::int", e="%s::int", g="%s::int", now="%s::timestamptz", c="%s::int"
    ),
}


@dataclass(frozen=True, slots=True)
class Watch:
    """What a card's page shows: whose change makes it another page."""

    card_id: int
    programme_id: int
    asked_id: int | None = None  # the pioneer of the card, who may have left
    pioneer_id: int | None = None  # the pioneer that is shown
    event_id: int | None = None


def stamp_of(connection: Connection, watch: Watch, now: datetime) -> Stamp:
    """Something that differs when the page does."""
    dialect = connection.dialect.name
    minute = now.replace(
        second=0, microsecond=0, tzinfo=None if dialect == "sqlite" else now.tzinfo
    )
    moment = minute.isoformat(sep=" ", timespec="microseconds") if dialect == "sqlite" else minute
    values = (
        watch.asked_id,
        watch.pioneer_id,
        watch.event_id,
        watch.programme_id,
        moment,
        watch.card_id,
    )
    cursor = connection.connection.cursor()
    cursor.execute(_STATEMENTS[dialect], values)
    row = cursor.fetchone()
    cursor.close()
    return (*(row or ()), *extras.stamps(connection, watch.programme_id))
