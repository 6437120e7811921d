"""Whether a card's page changed: two small reads of everything that it shows.

The page is kept (see landing.py) together with this stamp, and shown again while the stamp is the
same. The card's own part is read for every visit: one that is withdrawn, or leads elsewhere, does
so at once in every worker. The part of the page, which many cards share, is read at most ten times
a second (see visits.py): what is published or changed shows within a tenth of a second. What ends
by itself on a day is covered by the day, which is part of the key.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from pioneers.cards import extras

Stamp = tuple[object, ...]
OF_CARD = 3  # the first parts are of where the card leads,
OF_CARD_ALONE = 2  # and the first of these of this card alone, not of its print run
CARD = """SELECT c.id, c.withdrawn_at,
(SELECT max(d.id) FROM card_destination d WHERE d.card_id = c.id),
(SELECT max(d.id) FROM card_destination d WHERE d.run_id = c.run_id)
FROM card c WHERE c.id {which}"""
PAGE = """SELECT g.version, g.name, g.slug,
a.version, a.appointed_on, a.ended_on, a.successor_id,
p.version, p.appointed_on, p.ended_on, p.successor_id, p.themes,
f.version, f.changed_at, f.photo_id, h.version, o.version, o.name, n.version, e.version, e.status,
(SELECT count(*) FROM profile_consent k WHERE k.pioneer_id = p.id AND k.withdrawn_at IS NULL),
(SELECT max(k.id) FROM profile_consent k WHERE k.pioneer_id = p.id),
(SELECT sum(q.version * q.id) FROM quote q WHERE q.pioneer_id = p.id),
u.events, u.ids, u.versions
FROM programme g LEFT JOIN pioneer a ON a.id = {a} LEFT JOIN pioneer p ON p.id = {p}
LEFT JOIN profile f ON f.pioneer_id = p.id LEFT JOIN person h ON h.id = p.person_id
LEFT JOIN company o ON o.id = p.company_id LEFT JOIN fan n ON n.id = {n}
LEFT JOIN event e ON e.id = {e}
CROSS JOIN (SELECT count(*) AS events, sum(id) AS ids, sum(version) AS versions FROM event
WHERE programme_id = {g} AND starts_at > {now} AND published_at IS NOT NULL
AND status = 'planned') u WHERE g.id = {g2}"""
_KEYS = ("a", "p", "n", "e", "g", "now", "g2")
_PAGES = {
    "sqlite": PAGE.format(**dict.fromkeys(_KEYS, "?")),
    "postgresql": PAGE.format(**dict.fromkeys(_KEYS, "%s::int") | {"now": "%s::timestamptz"}),
}


@dataclass(frozen=True, slots=True)
class Watch:
    """What a page shows: whose change makes it another page."""

    programme_id: int
    asked_id: int | None = None  # the pioneer of the card, who may have left
    pioneer_id: int | None = None  # the pioneer that is shown
    event_id: int | None = None
    fan_id: int | None = None


def page_stamp(connection: Connection, watch: Watch, now: datetime) -> Stamp:
    """Something that differs when the page does."""
    dialect = connection.dialect.name
    minute = now.replace(second=0, microsecond=0)
    moment = minute.strftime("%Y-%m-%d %H:%M:%S.%f") if dialect == "sqlite" else minute
    ids = watch.asked_id, watch.pioneer_id, watch.fan_id, watch.event_id
    values = (*ids, watch.programme_id, moment, watch.programme_id)
    cursor = connection.connection.cursor()
    cursor.execute(_PAGES[dialect], values)
    row = cursor.fetchone()
    cursor.close()
    return (*(row or ()), *extras.stamps(connection, watch.programme_id))


def card_stamps(connection: Connection, card_ids: Collection[int]) -> dict[int, Stamp]:
    """Of each card something that differs when it leads elsewhere, or is withdrawn."""
    cursor = connection.connection.cursor()
    if connection.dialect.name == "postgresql":
        cursor.execute(CARD.format(which="= ANY(%s::int[])"), (list(card_ids),))
        rows = cursor.fetchall()
    else:
        marks = ", ".join("?" * len(card_ids))
        cursor.execute(CARD.format(which=f"IN ({marks})"), tuple(card_ids))
        rows = cursor.fetchall()
    cursor.close()
    return {row[0]: tuple(row[1:]) for row in rows}
