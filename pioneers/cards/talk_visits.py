"""The visits that follow talks, read of the days alone that are some talk's."""

import json
from collections.abc import Iterator
from datetime import date

from sqlalchemy import Date, Integer, Row, TextualSelect, text
from sqlalchemy.orm import Session, scoped_session

from pioneers.cards.after_talks import AFTER_TALK, Talks
from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]
Found = Row[int, date, int, int]  # event, day, scanned, typed
# The spans of days come as one value, since a statement with hundreds of values takes long to make.
_GIVEN = {
    "sqlite": "SELECT value->>0, value->>1, value->>2, value->>3 FROM json_each(:spans)",
    "postgresql": """SELECT CAST(value->>0 AS int), CAST(value->>1 AS int),
CAST(value->>2 AS date), CAST(value->>3 AS date) FROM json_array_elements(CAST(:spans AS json))""",
}
_SPANS = """WITH span (pioneer_id, event_id, day, until) AS ({given})
SELECT span.event_id, max(span.day) AS day, sum(d.scanned) AS scanned, sum(d.typed) AS typed
FROM span JOIN print_run r ON r.pioneer_id = span.pioneer_id
JOIN card_visit_day d ON d.run_id = r.id AND d.day >= span.day AND d.day < span.until
WHERE r.programme_id = :programme_id GROUP BY span.event_id"""
_EVENTS = """SELECT r.event_id, max(d.day) AS day, sum(d.scanned) AS scanned, sum(d.typed) AS typed
FROM print_run r JOIN card_visit_day d ON d.run_id = r.id
WHERE r.programme_id = :programme_id AND r.event_id IS NOT NULL GROUP BY r.event_id"""


def _typed(statement: str) -> TextualSelect:
    return text(statement).columns(
        event_id=Integer(), day=Date(), scanned=Integer(), typed=Integer()
    )


_OF_SPANS = {name: _typed(_SPANS.format(given=given)) for name, given in _GIVEN.items()}
_OF_EVENTS = _typed(_EVENTS)


def visits_after(session: AnySession, programme: Programme, talks: Talks) -> Iterator[Found]:
    """Of each talk its (last) day, and the visits; only the days that are some talk's are read."""
    connection = session.connection()
    spans = json.dumps(list(_spans(talks)))
    given = {"programme_id": programme.id, "spans": spans}
    yield from connection.execute(_OF_SPANS[connection.dialect.name], given)
    yield from connection.execute(_OF_EVENTS, {"programme_id": programme.id})


def _spans(talks: Talks) -> Iterator[tuple[int, int, str, str]]:
    """Pioneer, event, and from which day until which (not with it) something follows that talk: as
    `talk_of` says, until the pioneer's next one."""
    for pioneer_id, mine in talks.items():
        for place, (day, event_id) in enumerate(mine):
            until = day + AFTER_TALK
            if place + 1 < len(mine):
                until = min(until, mine[place + 1][0])
            if day < until:
                yield pioneer_id, event_id, day.isoformat(), until.isoformat()
