"""Deriving everything that is kept of a programme anew, inside the database: memory stays flat.

The standings follow from the definitions in ledger.py, the tallies from the ledger and the
standings; no row passes through Python. `pioneers check` proves that the answer is that of
keeping.py, which adds change by change.
"""

from typing import Any

from sqlalchemy import (
    Column,
    Date,
    Integer,
    MetaData,
    String,
    Table,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session, scoped_session

from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Verdict
from pioneers.reach import ledger
from pioneers.reach.figures import KEY_OF
from pioneers.reach.keeping import lock
from pioneers.reach.ledger import SPOT, View
from pioneers.reach.models import CompanyStanding, PersonStanding, Tally
from pioneers.reach.records import kept_rows
from pioneers.reach.rules import MEASURES, Dimension

AnySession = Session | scoped_session[Session]

# What is counted at one spot; it lives as long as the rebuilding.
SPOTS = Table(
    "rebuilt_spot",
    MetaData(),
    *(
        Column(name, Date if name == "day" else String)
        if name in ("day", "municipality", "sector", "size", "channel")
        else Column(name, Integer)
        for name in SPOT
    ),
    *(Column(measure, Integer, nullable=False, server_default="0") for measure in MEASURES),
    prefixes=["TEMPORARY"],
)
# Columns of a standing's halves, after their prefix, and what they are in the ledger.
ACTIVATED = {"day": "day", "occasion_id": "occasion", "fan_id": "fan", "pioneer_id": "pioneer"}
AWARE = ACTIVATED | {"channel": "channel", "contact_id": "contact_id"}
COUNTED = ("participations", "people", "companies", "unnamed_heads")
COUNTED_ACTIVATED = ("activated_companies", "activated_people")


def rebuild(session: AnySession, programme: Programme) -> None:
    """Derive everything that is kept of a programme anew, after a change of its counting rules."""
    lock(session, programme)
    session.flush()
    for model in (Tally, CompanyStanding, PersonStanding):
        session.execute(
            delete(model).where(model.programme_id == programme.id),
            execution_options={"synchronize_session": False},
        )
    _write_standings(session, programme, CompanyStanding)
    _write_standings(session, programme, PersonStanding)
    connection = session.connection()
    SPOTS.create(connection, checkfirst=False)
    for measure in (*COUNTED, *COUNTED_ACTIVATED):
        _count(session, programme, measure)
    for dimension in Dimension:
        _sum(session, programme, dimension)
    SPOTS.drop(connection, checkfirst=False)
    session.expire_all()


def _write_standings(session: AnySession, programme: Programme, model: Any) -> None:
    """The first sign of each subject; then, over it, its first activation."""
    view, of_people = View(programme), model is PersonStanding
    subject = "person_id" if of_people else "company_id"
    own_company = {"company_id": "company_id"} if of_people else {}
    rows = (ledger.aware_people(view) if of_people else ledger.aware_companies(view)).subquery()
    aware: dict[str, Any] = {
        subject: rows.c[subject],
        "programme_id": literal(programme.id),
        **_half("aware", AWARE | own_company, rows),
    }
    found = select(*aware.values())
    session.execute(insert(model.__table__).from_select(list(aware), found))
    rows = (
        ledger.activated_people(view) if of_people else ledger.activated_companies(view)
    ).subquery()
    # In place, from the few to the many: SQLite has no index on a subquery that it joins.
    activated = _half("activated", ACTIVATED | own_company, rows)
    activated["activation_id"] = rows.c.activation_id
    table = model.__table__
    session.execute(update(table).values(activated).where(table.c[subject] == rows.c[subject]))


def _half(prefix: str, columns: dict[str, str], rows: Any) -> dict[str, Any]:
    """Columns of a standing and the columns of the ledger's rows that they are."""
    return {f"{prefix}_{name}": rows.c[column] for name, column in columns.items()}


def _count(session: AnySession, programme: Programme, measure: str) -> None:
    """Add what `measure` counts, by spot."""
    if measure in ("participations", "unnamed_heads"):
        rows = ledger.SELECTS[measure](View(programme)).subquery("found")
    else:
        rows = kept_rows(programme, measure).subquery("found")
    spot = [rows.c[name] for name in SPOT]
    counted = {measure: func.sum(rows.c.n)}
    if measure == "companies":
        in_group = case((rows.c.verdict == Verdict.YES, rows.c.n), else_=0)
        counted["companies_in_target_group"] = func.sum(in_group)
    session.execute(
        insert(SPOTS).from_select(
            [*SPOT, *counted], select(*spot, *counted.values()).group_by(*spot)
        )
    )


def _sum(session: AnySession, programme: Programme, dimension: Dimension) -> None:
    """The tallies of one dimension; '' is what is not known."""
    key: Any = literal("")
    if dimension != Dimension.ALL:
        key = func.coalesce(cast(SPOTS.c[KEY_OF[dimension]], String), "")
    rows = select(key.label("key"), *SPOTS.c).subquery("keyed")
    sums = {measure: cast(func.sum(rows.c[measure]), Integer) for measure in MEASURES}
    found = (
        select(
            literal(programme.id),
            literal(dimension, Tally.dimension.type),
            rows.c.key,
            rows.c.day,
            *sums.values(),
        )
        .group_by(rows.c.key, rows.c.day)
        .having(or_(*(number > 0 for number in sums.values())))
    )
    columns = ["programme_id", "dimension", "key", "day", *sums]
    session.execute(insert(Tally.__table__).from_select(columns, found))  # type: ignore[arg-type]
