"""Replaying the ledger: does everything that is kept still follow from the records?"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers.programmes.models import Programme
from pioneers.reach import ledger
from pioneers.reach.keeping import BATCH, Facts, count, spread
from pioneers.reach.ledger import View
from pioneers.reach.models import CompanyStanding, PersonStanding, Tally
from pioneers.reach.rules import MEASURES

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Difference:
    """A kept figure that does not follow from its records."""

    what: str
    kept: str
    derived: str


def check(session: AnySession, programme: Programme) -> list[Difference]:
    """Every difference between what is kept of a programme and what its ledger says."""
    differences: list[Difference] = []
    derived: dict[tuple[str, str, str], dict[str, int]] = {}
    for measure, statement in ledger.SELECTS.items():
        rows = session.execute(statement(View(programme)).execution_options(yield_per=BATCH))
        standing = _standings(session, programme, measure)
        for batch in rows.partitions(BATCH):
            found = {measure: list(batch)}
            _add(derived, count(found))
            if standing is not None:
                for row in batch:
                    subject = row.person_id if measure.endswith("people") else row.company_id
                    kept = standing.pop(subject, None)
                    if kept != (row.day, row.occasion, row.fan, row.pioneer):
                        told = (row.day, row.occasion, row.fan, row.pioneer)
                        what = f"{measure}: {subject}"
                        differences.append(Difference(what, str(kept), str(told)))
        differences += [
            Difference(f"{measure}: {subject}", str(kept), "None")
            for subject, kept in (standing or {}).items()
        ]
    return differences + _tally_differences(session, programme, derived)


def _add(derived: dict[tuple[str, str, str], dict[str, int]], facts: Facts) -> None:
    for (dimension, key, day), measures in spread(facts).items():
        row = derived.setdefault((dimension.value, key, day.isoformat()), {})
        for measure, number in measures.items():
            row[measure] = row.get(measure, 0) + number


def _standings(
    session: AnySession, programme: Programme, measure: str
) -> dict[int, tuple[object, ...]] | None:
    """What is kept of each subject of a measure; None where nothing is kept for each subject."""
    if measure in ("participations", "unnamed_heads"):
        return None
    of_people = measure.endswith("people")
    model = PersonStanding if of_people else CompanyStanding
    subject = PersonStanding.person_id if of_people else CompanyStanding.company_id
    half = "activated" if measure.startswith("activated") else "aware"
    columns = [getattr(model, f"{half}_{name}") for name in ("day", "occasion_id", "fan_id")]
    columns.append(getattr(model, f"{half}_pioneer_id"))
    rows = session.execute(
        select(subject, *columns).where(model.programme_id == programme.id, columns[0].is_not(None))
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def _tally_differences(
    session: AnySession,
    programme: Programme,
    derived: dict[tuple[str, str, str], dict[str, int]],
) -> list[Difference]:
    differences = []
    kept_rows = session.scalars(
        select(Tally)
        .where(Tally.programme_id == programme.id)
        .order_by(Tally.dimension, Tally.key, Tally.day)
    )
    for tally in kept_rows:
        key = (tally.dimension.value, tally.key, tally.day.isoformat())
        told = derived.pop(key, {})
        for measure in MEASURES:
            kept = getattr(tally, measure)
            if kept != told.get(measure, 0):
                what = f"{measure} by {' '.join(key)}"
                differences.append(Difference(what, str(kept), str(told.get(measure, 0))))
    for key, told in derived.items():
        for measure, number in told.items():
            if number:
                differences.append(Difference(f"{measure} by {' '.join(key)}", "0", str(number)))
    return differences
