"""Writing what a chunk of claims brought: few statements, whatever the number of claims."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, literal_column, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, scoped_session
from sqlalchemy.orm.util import identity_key

from pioneers import clock
from pioneers.companies.entries import company_entry, person_entry
from pioneers.companies.known import Firm, Human, Known, Loader
from pioneers.companies.matching import Outcome
from pioneers.companies.models import Company, CompanyProfile, Doubt, Employment, Person
from pioneers.companies.profiles import Facts, profile_values
from pioneers.companies.rules import Settlement, Subject, sme_verdict, target_verdict
from pioneers.companies.suspecting import Suspicion
from pioneers.db import insert_rows
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import place_book
from pioneers.programmes.rules import TargetGroup
from pioneers.search import actions as search

AnySession = Session | scoped_session[Session]
Tell = Callable[[list[int]], None] | None


@dataclass(frozen=True, slots=True)
class NewDoubt:
    """A pair in doubt; `is_answered` when a person already said that they are two."""

    subject: Subject
    record: Firm | Human
    suspicion: Suspicion
    is_answered: bool


def pair(subject: Subject, one: int, other: int) -> tuple[Subject, int, int]:
    """A pair as doubts keep it: the older record first."""
    return subject, min(one, other), max(one, other)


def new_ids(session: AnySession, table: str, count: int) -> list[int]:
    """`count` ids for new rows of `table`, in order.

    Known before the rows are written, so that rows of several tables go in without reading back.
    On SQLite the writing transaction is the only one; on PostgreSQL the sequence gives them out.
    """
    if count == 0:
        return []
    if session.get_bind().dialect.name == "postgresql":
        statement = text(
            "WITH ids AS MATERIALIZED (SELECT CAST(pg_get_serial_sequence(:name, 'id') AS regclass)"
            " AS name) SELECT nextval(ids.name) FROM ids, generate_series(1, :n)"
        )
        return sorted(session.scalars(statement, {"name": table, "n": count}))
    last = session.scalar(select(func.max(literal_column("id"))).select_from(text(table))) or 0
    return list(range(last + 1, last + 1 + count))


def write(
    session: AnySession,
    programme: Programme,
    known: Known,
    outcomes: Sequence[Outcome],
    day: date,
    tell: Tell,
) -> None:
    """Write new companies, people and employments, and what known ones were filled in with."""
    now = clock.now()
    firms = [outcome.firm for outcome in outcomes if outcome.firm and outcome.made_firm]
    humans = [outcome.human for outcome in outcomes if outcome.human and outcome.made_human]
    for firm, new_id in zip(firms, new_ids(session, "company", len(firms)), strict=True):
        firm.id = new_id
    for human, new_id in zip(humans, new_ids(session, "person", len(humans)), strict=True):
        human.id = new_id
    filled = [firm for firm in known.firms.values() if firm.changed]
    _locate(session, [*firms, *filled])
    _update_firms(session, programme, filled, now, tell)
    _insert_firms(session, programme, firms, now)
    renamed = [human for human in known.humans.values() if human.changed]
    _insert_humans(session, programme, humans, now)
    _update_humans(session, renamed)
    _employ(session, outcomes, day)
    scope = programme.id
    entries = [company_entry(scope, firm) for firm in firms]
    search.index(session, entries + [person_entry(scope, human) for human in humans])
    entries = [company_entry(scope, firm) for firm in filled]
    search.reindex_all(session, entries + [person_entry(scope, human) for human in renamed])


def _locate(session: AnySession, firms: Iterable[Firm]) -> None:
    """The municipality of companies whose place is known and whose municipality is not."""
    unplaced = [firm for firm in firms if firm.place and not firm.municipality_code]
    if unplaced:
        book = place_book(session)
        for firm in unplaced:
            firm.municipality_code = book.municipality(firm.place, firm.postcode)


def _facts(firm: Firm) -> Facts:
    return Facts(
        municipality_code=firm.municipality_code,
        sector_code=firm.sector_code,
        sector_version=firm.sector_version,
        employees=firm.employees,
        turnover=firm.turnover,
        balance=firm.balance,
    )


def _columns(firm: Firm, limits: TargetGroup) -> dict[str, Any]:
    """The columns of a company that a list can bring."""
    if firm.sector_code and not firm.sector_version:
        firm.sector_version = "2008"
    return {
        "kvk_number": firm.kvk_number,
        "establishment_number": firm.establishment_number,
        "web_domain": firm.web_domain,
        "postcode": firm.postcode,
        "place": firm.place,
        "municipality_code": firm.municipality_code,
        "employees": firm.employees,
        "sector_code": firm.sector_code,
        "sector_version": firm.sector_version,
        "target_verdict": target_verdict(
            employees=firm.employees,
            turnover=firm.turnover,
            balance=firm.balance,
            limits=limits,
        ),
    }


def _insert_firms(
    session: AnySession, programme: Programme, firms: list[Firm], now: datetime
) -> None:
    if not firms:
        return
    nobody = sme_verdict(annual_work_units=None, turnover=None, balance=None)
    programme_id, limits = programme.id, programme.target_group
    rows = [
        {
            "id": firm.id,
            "programme_id": programme_id,
            "name": firm.name,
            "name_key": firm.key,
            "name_block": firm.block,
            "created_at": now,
            "sme_verdict": nobody,
            "version": 1,
            **_columns(firm, limits),
        }
        for firm in firms
    ]
    insert_rows(session, Company.__table__, rows)
    profiles = [
        {
            "company_id": firm.id,
            "canonical_id": firm.id,
            "known_from": now,
            **profile_values(_facts(firm), limits),
        }
        for firm in firms
    ]
    insert_rows(session, CompanyProfile.__table__, profiles)


def _update_firms(
    session: AnySession, programme: Programme, firms: list[Firm], now: datetime, tell: Tell
) -> None:
    """Fill in known companies; a new profile where the figures see a difference."""
    if not firms:
        return
    current = {
        row.company_id: row
        for row in session.execute(
            select(CompanyProfile.__table__).where(
                CompanyProfile.company_id.in_([firm.id for firm in firms]),
                CompanyProfile.known_to.is_(None),
            )
        )
    }
    changed = []
    limits = programme.target_group
    for firm in firms:
        values = profile_values(_facts(firm), limits)
        old = current.get(firm.id)
        if old is None or any(getattr(old, name) != value for name, value in values.items()):
            changed.append((firm.id, values))
    if changed and tell is not None:
        tell([company_id for company_id, _ in changed])
    _update(session, Company, [{"id": firm.id} | _columns(firm, limits) for firm in firms])
    if changed:
        _renew_profiles(session, changed, now)


def _renew_profiles(
    session: AnySession, changed: list[tuple[int, dict[str, Any]]], now: datetime
) -> None:
    session.execute(
        update(CompanyProfile)
        .where(
            CompanyProfile.company_id.in_([company_id for company_id, _ in changed]),
            CompanyProfile.known_to.is_(None),
        )
        .values(known_to=now),
        execution_options={"synchronize_session": "fetch"},
    )
    rows = [
        {"company_id": company_id, "canonical_id": company_id, "known_from": now, **values}
        for company_id, values in changed
    ]
    insert_rows(session, CompanyProfile.__table__, rows)


def _update(session: AnySession, model: Any, rows: list[dict[str, Any]]) -> None:
    """Write rows of one shape by id; what the session holds of them is read again."""
    for row in rows:
        values = {name: value for name, value in row.items() if name != "id"}
        session.execute(
            update(model.__table__)
            .where(model.__table__.c.id == row["id"])
            .values(version=model.__table__.c.version + 1, **values)
        )
        if held := session.identity_map.get(identity_key(model, row["id"])):
            session.expire(held)


def _human_columns(human: Human) -> dict[str, Any]:
    return {
        "first_name": human.first_name,
        "initials": human.initials,
        "name_key": human.key,
        "email": human.email,
        "phone": human.phone,
        "function": human.function,
    }


def _insert_humans(
    session: AnySession, programme: Programme, humans: list[Human], now: datetime
) -> None:
    programme_id = programme.id
    rows = [
        {
            "id": human.id,
            "programme_id": programme_id,
            "infix": human.infix,
            "family_name": human.family_name,
            "created_at": now,
            "version": 1,
            **_human_columns(human),
        }
        for human in humans
    ]
    insert_rows(session, Person.__table__, rows)


def _update_humans(session: AnySession, humans: list[Human]) -> None:
    _update(session, Person, [{"id": human.id} | _human_columns(human) for human in humans])


def _employ(session: AnySession, outcomes: Sequence[Outcome], day: date) -> None:
    """Employments that the outcomes brought and that nobody knew."""
    pairs = {
        (outcome.human.id, outcome.firm.id): outcome.human.is_new
        for outcome in outcomes
        if outcome.human and outcome.firm and outcome.is_new_job
    }
    ordered = sorted(pairs)
    insert_rows(session, Employment.__table__, _jobs(day, (p for p in ordered if pairs[p])))
    if rows := _jobs(day, (p for p in ordered if not pairs[p])):
        fresh = _dialect_insert(session)(Employment.__table__).on_conflict_do_nothing()
        session.execute(fresh, rows)


def _jobs(day: date, pairs: Iterable[tuple[int, int]]) -> list[dict[str, Any]]:
    return [
        {"person_id": person, "company_id": company, "from_day": day} for person, company in pairs
    ]


def _dialect_insert(session: AnySession) -> Any:
    """INSERT that can leave alone what is there: who left on the day they came back."""
    on_postgres = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert if on_postgres else sqlite.insert


def write_doubts(
    session: AnySession,
    programme: Programme,
    known: Known,
    found: Sequence[NewDoubt],
    actor_id: int | None,
) -> set[tuple[Subject, int, int]]:
    """Write the doubts that were never raised before; the pairs that now wait for a person."""
    if not found:
        return set()
    loader = Loader(session, programme.id, known)
    for subject in Subject:
        ids = {doubt.record.id for doubt in found if doubt.subject == subject}
        if ids:
            loader.doubts(subject, ids)
    now = clock.now()
    rows: dict[tuple[Subject, int, int], dict[str, Any]] = {}
    for doubt in found:
        key = pair(doubt.subject, doubt.record.id, doubt.suspicion.other.id)
        if key in known.doubted or key in rows or key[1] == key[2]:
            continue
        rows[key] = {
            "programme_id": programme.id,
            "subject": doubt.subject,
            "left_id": key[1],
            "right_id": key[2],
            "reason": doubt.suspicion.reason,
            "score": doubt.suspicion.score,
            "raised_at": now,
            "settled_at": now if doubt.is_answered else None,
            "settled_by_id": actor_id if doubt.is_answered else None,
            "settlement": Settlement.DIFFERENT if doubt.is_answered else None,
        }
    if rows:
        insert_rows(session, Doubt.__table__, list(rows.values()))
    return {key for key, row in rows.items() if row["settled_at"] is None}
