"""Keeping figures beside the ledger, so that they are instant at any size.

A change of the ledger is made inside `keeping(...)`: what the touched subjects contributed before
is taken off the tallies, and what they contribute afterwards is put on. Both sides come from the
definitions in ledger.py, so that what is kept can only be what the records say (`pioneers check`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, scoped_session

from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Verdict, at_least
from pioneers.reach import ledger
from pioneers.reach.aliases import whole_companies, whole_people
from pioneers.reach.ledger import SPOT
from pioneers.reach.models import CompanyStanding, PersonStanding, Tally
from pioneers.reach.rules import MEASURES, Dimension

AnySession = Session | scoped_session[Session]
Spot = tuple[Any, ...]
Facts = Counter[tuple[str, Spot]]  # (measure, spot) -> how many

DIMENSION_AT = {
    Dimension.MUNICIPALITY: SPOT.index("municipality"),
    Dimension.SECTOR: SPOT.index("sector"),
    Dimension.SIZE: SPOT.index("size"),
    Dimension.FAN: SPOT.index("fan"),
    Dimension.PIONEER: SPOT.index("pioneer"),
    Dimension.OCCASION: SPOT.index("occasion"),
    Dimension.CHANNEL: SPOT.index("channel"),
}
BATCH = 5000


@dataclass
class Touched:
    """The subjects whose contributions change; ids before and after merging."""

    companies: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    occasions: set[int] = field(default_factory=set)


def lock(session: AnySession, programme: Programme) -> None:
    """Make other writers of this programme's ledger wait until this transaction ends.

    SQLite has one writer anyway (the transaction began with BEGIN IMMEDIATE).
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(Programme.id).where(Programme.id == programme.id).with_for_update())


@contextmanager
def keeping(
    session: AnySession,
    programme: Programme,
    *,
    companies: Iterable[int] = (),
    people: Iterable[int] = (),
    occasions: Iterable[int] = (),
) -> Iterator[Touched]:
    """Bring what is kept of these subjects from before the block to after it.

    Ids of subjects that the block itself makes are added to the yielded `Touched` by the block;
    every subject that existed before must be named beforehand.
    """
    lock(session, programme)
    session.flush()
    touched = Touched(
        whole_companies(session, companies), whole_people(session, people), set(occasions)
    )
    change: Facts = Counter()
    change.subtract(facts(session, programme, touched))
    yield touched
    session.flush()
    change.update(facts(session, programme, touched, standings=True))
    apply(session, programme.id, change)


def facts(
    session: AnySession, programme: Programme, touched: Touched, *, standings: bool = False
) -> Facts:
    """What the touched subjects contribute now; on request their standings are written anew."""
    given = {
        "companies": touched.companies,
        "people": touched.people,
        "occasions": touched.occasions,
        "programme_id": programme.id,
        "counting": at_least(programme.aware_threshold),
    }
    found: dict[str, list[Row[Any]]] = {}
    for measure in ledger.SELECTS:
        if _concerns(measure, touched):
            statement = ledger.prepared(
                measure,
                companies=bool(touched.companies),
                people=bool(touched.people),
                occasions=bool(touched.occasions),
            )
            found[measure] = list(session.execute(statement, given))
    if standings:
        write_standings(session, programme.id, touched, found)
    return count(found)


def _concerns(measure: str, touched: Touched) -> bool:
    if measure == "participations":
        return bool(touched.companies or touched.people)
    if measure == "unnamed_heads":
        return bool(touched.occasions)
    return bool(touched.people if measure.endswith("people") else touched.companies)


def count(found: dict[str, list[Row[Any]]]) -> Facts:
    """Rows of the ledger's selects as counts by measure and spot."""
    counted: Facts = Counter()
    for measure, rows in found.items():
        for row in rows:
            spot = tuple(row[: len(SPOT)])
            counted[measure, spot] += row.n
            if measure == "companies" and row.verdict == Verdict.YES:
                counted["companies_in_target_group", spot] += 1
    return counted


def spread(change: Facts) -> dict[tuple[Dimension, str, date], dict[str, int]]:
    """Counts by spot as tally rows: one for each dimension's key and day."""
    rows: dict[tuple[Dimension, str, date], dict[str, int]] = {}
    for (measure, spot), number in change.items():
        if not number:
            continue
        keys = [(Dimension.ALL, "")]
        keys += [
            (dimension, "" if spot[place] is None else str(spot[place]))
            for dimension, place in DIMENSION_AT.items()
        ]
        for dimension, key in keys:
            row = rows.setdefault((dimension, key, spot[0]), {})
            row[measure] = row.get(measure, 0) + number
    return rows


def apply(session: AnySession, programme_id: int, change: Facts) -> None:
    """Add a change to the tallies."""
    rows = [
        {"programme_id": programme_id, "dimension": dimension, "key": key, "day": day}
        | {measure: measures.get(measure, 0) for measure in MEASURES}
        for (dimension, key, day), measures in spread(change).items()
        if any(measures.values())
    ]
    if not rows:
        return
    maker = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = maker(Tally)
    statement = statement.on_conflict_do_update(
        index_elements=["programme_id", "dimension", "key", "day"],
        set_={
            measure: getattr(Tally, measure) + statement.excluded[measure] for measure in MEASURES
        },
    )
    # A fixed order: two writers never wait for each other's rows crosswise.
    session.execute(statement, sorted(rows, key=lambda r: (r["dimension"], r["key"], r["day"])))


AWARE = ("day", "channel", "contact_id", "occasion", "fan", "pioneer")


def write_standings(
    session: AnySession, programme_id: int, touched: Touched, found: dict[str, list[Row[Any]]]
) -> None:
    """Replace the standings of the touched subjects by what the ledger says."""
    for subject, ids, aware, activated in (
        ("company_id", touched.companies, "companies", "activated_companies"),
        ("person_id", touched.people, "people", "activated_people"),
    ):
        model = CompanyStanding if subject == "company_id" else PersonStanding
        standings: dict[int, dict[str, Any]] = {}
        for row in found.get(aware, ()):
            standings[getattr(row, subject)] = _aware(row, subject)
        for row in found.get(activated, ()):
            standings[getattr(row, subject)] |= _activated(row, subject)
        if ids:
            session.execute(delete(model).where(getattr(model, subject).in_(ids)))
        if standings:
            rows = [{"programme_id": programme_id, **row} for row in standings.values()]
            session.execute(insert(model), rows)


def _aware(row: Row[Any], subject: str) -> dict[str, Any]:
    """The aware half of a standing; the other half empty, so that all rows have one shape."""
    standing = {
        subject: getattr(row, subject),
        "aware_day": row.day,
        "aware_channel": row.channel,
        "aware_contact_id": row.contact_id,
        "aware_occasion_id": row.occasion,
        "aware_fan_id": row.fan,
        "aware_pioneer_id": row.pioneer,
        "activated_day": None,
        "activation_id": None,
        "activated_occasion_id": None,
        "activated_fan_id": None,
        "activated_pioneer_id": None,
    }
    if subject == "person_id":
        standing |= {"aware_company_id": row.company_id, "activated_company_id": None}
    return standing


def _activated(row: Row[Any], subject: str) -> dict[str, Any]:
    standing = {
        "activated_day": row.day,
        "activation_id": row.activation_id,
        "activated_occasion_id": row.occasion,
        "activated_fan_id": row.fan,
        "activated_pioneer_id": row.pioneer,
    }
    if subject == "person_id":
        standing["activated_company_id"] = row.company_id
    return standing
