"""Joining two records that are one, and taking that back. No figures: reach.changes does those."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.actions import record
from pioneers.companies.models import Company, Doubt, Merge, Person, PersonIdentity
from pioneers.companies.records import index_company, index_person, judge, renew_profiles
from pioneers.companies.rules import Settlement, Subject
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.search.actions import forget
from pioneers.search.models import Kind

AnySession = Session | scoped_session[Session]
COMPANY_BLANKS = (
    *("kvk_number", "establishment_number", "sector_code", "sector_version", "employees"),
    *("turnover", "balance", "annual_work_units", "municipality_code", "place", "postcode"),
    "web_domain",
)
PERSON_BLANKS = ("first_name", "initials", "email", "phone", "function")


@dataclass(frozen=True)
class Kept:
    """A value that an undone merging had brought and that stays: somebody changed it since, or
    another record took it over from there. For a KVK number that another record has now, the
    record that comes back loses it (`value` None)."""

    record_id: int
    field: str
    value: Any


def join_companies(
    session: AnySession,
    *,
    programme: Programme,
    loser: Company,
    winner: Company,
    actor_id: int | None,
) -> Merge:
    """Make `loser` and all that was merged into it one with `winner`, whose blanks it fills.

    Raises Refused 'same', 'merged' (one of them is part of another record already) or 'programme'.
    """
    _check(programme, loser, winner)
    taken = _take_over(loser, winner, COMPANY_BLANKS)
    if not loser.sector_code or "sector_code" not in taken:
        taken.pop("sector_version", None)
    merge = _join(session, programme, Subject.COMPANY, loser, winner, taken, actor_id)
    moved = _members(session, Company, loser.id)
    session.execute(
        update(Company)
        .where(or_(Company.id == loser.id, Company.merged_into_id == loser.id))
        .values(merged_into_id=winner.id)
    )
    session.flush()
    _fill(winner, taken)
    judge(programme, winner)
    session.flush()
    renew_profiles(session, programme, [*moved, winner.id])
    forget(session, Kind.COMPANY, loser.id)
    index_company(session, winner)
    return merge


def join_people(
    session: AnySession,
    *,
    programme: Programme,
    loser: Person,
    winner: Person,
    actor_id: int | None,
) -> Merge:
    """The same for two people."""
    _check(programme, loser, winner)
    taken = _take_over(loser, winner, PERSON_BLANKS)
    merge = _join(session, programme, Subject.PERSON, loser, winner, taken, actor_id)
    moved = _members(session, Person, loser.id)
    session.execute(
        update(Person)
        .where(or_(Person.id == loser.id, Person.merged_into_id == loser.id))
        .values(merged_into_id=winner.id)
    )
    session.flush()
    _fill(winner, taken)
    session.flush()
    _renew_identities(session, moved)
    forget(session, Kind.PERSON, loser.id)
    index_person(session, winner)
    return merge


def _check(programme: Programme, loser: Company | Person, winner: Company | Person) -> None:
    if loser.id == winner.id:
        raise Refused("same")
    if loser.programme_id != programme.id or winner.programme_id != programme.id:
        raise Refused("programme")
    if loser.merged_into_id is not None or winner.merged_into_id is not None:
        raise Refused("merged")


def _take_over(loser: Any, winner: Any, fields: Iterable[str]) -> dict[str, list[Any]]:
    """What is blank at the winner and known of the loser: {field: [before, after]}."""
    return {
        name: [getattr(winner, name), getattr(loser, name)]
        for name in fields
        if getattr(winner, name) in (None, "") and getattr(loser, name) not in (None, "")
    }


def _fill(winner: Company | Person, taken: dict[str, list[Any]]) -> None:
    for name, (_, after) in taken.items():
        setattr(winner, name, after)
    winner.version += 1


def _members(session: AnySession, model: type[Company] | type[Person], root: int) -> list[int]:
    """A record and all that were merged into it."""
    return list(
        session.scalars(
            select(model.id)
            .where(or_(model.id == root, model.merged_into_id == root))
            .order_by(model.id)
        )
    )


def _join(
    session: AnySession,
    programme: Programme,
    subject: Subject,
    loser: Company | Person,
    winner: Company | Person,
    taken: dict[str, list[Any]],
    actor_id: int | None,
) -> Merge:
    """The row of the merging; doubts between the two are answered by it."""
    now = clock.now()
    merge = Merge(
        programme_id=programme.id,
        subject=subject,
        loser_id=loser.id,
        winner_id=winner.id,
        merged_at=now,
        merged_by_id=actor_id,
        taken_over=taken,
    )
    session.add(merge)
    session.flush()
    model = Company if subject == Subject.COMPANY else Person
    left, right = _members(session, model, loser.id), _members(session, model, winner.id)
    session.execute(
        update(Doubt)
        .where(Doubt.subject == subject, Doubt.settled_at.is_(None), _between(left, right))
        .values(settled_at=now, settled_by_id=actor_id, settlement=Settlement.SAME)
    )
    _note(session, f"{subject.value}.merged", merge, actor_id)
    return merge


def _between(left: list[int], right: list[int]) -> Any:
    return or_(
        and_(Doubt.left_id.in_(left), Doubt.right_id.in_(right)),
        and_(Doubt.left_id.in_(right), Doubt.right_id.in_(left)),
    )


def _note(session: AnySession, action: str, merge: Merge, actor_id: int | None) -> None:
    record(
        session,
        action,
        object_type=merge.subject.value,
        object_id=merge.winner_id,
        programme_id=merge.programme_id,
        actor_id=actor_id,
        details={"loser": merge.loser_id, "merge": merge.id},
    )


def undo_join(
    session: AnySession, *, programme: Programme, merge: Merge, actor_id: int | None
) -> list[Kept]:
    """Take a merging back, in whatever order; later ones stay. What could not be given back.

    The winner loses what it had taken over, where it still holds that. Doubts that the merging
    answered wait again. Raises Refused 'undone' or 'programme'.
    """
    if merge.programme_id != programme.id:
        raise Refused("programme")
    if merge.undone_at is not None:
        raise Refused("undone")
    model: Any = Company if merge.subject == Subject.COMPANY else Person
    loser, winner = session.get(model, merge.loser_id), session.get(model, merge.winner_id)
    if loser is None or winner is None:
        raise Refused("gone")
    root = winner.merged_into_id or winner.id
    members = _members(session, model, root)
    merge.undone_at, merge.undone_by_id = clock.now(), actor_id
    kept = _give_back(session, merge, winner)
    winner.version += 1
    session.flush()
    kept += _point_again(session, merge, model, members)
    _ask_again(session, merge)
    _settle_in(session, programme, model, members)
    _note(session, f"{merge.subject.value}.unmerged", merge, actor_id)
    return kept


def _give_back(session: AnySession, merge: Merge, winner: Company | Person) -> list[Kept]:
    later = session.scalars(
        select(Merge).where(
            Merge.subject == merge.subject,
            Merge.loser_id == winner.id,
            Merge.undone_at.is_(None),
        )
    ).all()
    kept = []
    for name, (before, after) in merge.taken_over.items():
        if getattr(winner, name) == after:
            setattr(winner, name, before)
        else:
            kept.append(Kept(winner.id, name, getattr(winner, name)))
        kept += [
            Kept(other.winner_id, name, after)
            for other in later
            if name in other.taken_over and other.taken_over[name][1] == after
        ]
    return kept


def _roots(session: AnySession, subject: Subject, ids: list[int]) -> dict[int, int]:
    """Where every one of `ids` points, following the mergings that stand."""
    rows = session.execute(
        select(Merge.loser_id, Merge.winner_id).where(
            Merge.subject == subject, Merge.undone_at.is_(None), Merge.loser_id.in_(ids)
        )
    )
    into = {row[0]: row[1] for row in rows}
    roots = {}
    for start in ids:
        root = start
        while root in into:
            root = into[root]
        roots[start] = root
    return roots


def _point_again(session: AnySession, merge: Merge, model: Any, members: list[int]) -> list[Kept]:
    """Let every member point at its root; a KVK number that is taken meanwhile is given up."""
    kept = []
    roots = _roots(session, merge.subject, members)
    for member_id, root in roots.items():
        member = session.get(model, member_id)
        wanted = None if root == member_id else root
        if member is None or member.merged_into_id == wanted:
            continue
        if wanted is None and isinstance(member, Company) and _is_taken(session, member):
            member.kvk_number = None
            kept.append(Kept(member.id, "kvk_number", None))
        member.merged_into_id = wanted
        member.version += 1
    session.flush()
    return kept


def _is_taken(session: AnySession, company: Company) -> bool:
    if company.kvk_number is None:
        return False
    statement = select(func.count()).where(
        Company.programme_id == company.programme_id,
        Company.kvk_number == company.kvk_number,
        Company.merged_into_id.is_(None),
        Company.id != company.id,
    )
    return bool(session.scalar(statement))


def _ask_again(session: AnySession, merge: Merge) -> None:
    session.execute(
        update(Doubt)
        .where(
            Doubt.programme_id == merge.programme_id,
            Doubt.subject == merge.subject,
            Doubt.settlement == Settlement.SAME,
            Doubt.settled_at == merge.merged_at,
        )
        .values(settled_at=None, settled_by_id=None, settlement=None)
    )


def _settle_in(
    session: AnySession,
    programme: Programme,
    model: type[Company] | type[Person],
    members: list[int],
) -> None:
    """What follows from where the members point now: profiles or identities, and the search."""
    if model is Company:
        for company in session.scalars(select(Company).where(Company.id.in_(members))):
            judge(programme, company)
            if company.merged_into_id is None:
                index_company(session, company)
        session.flush()
        renew_profiles(session, programme, members)
        return
    _renew_identities(session, members)
    for person in session.scalars(select(Person).where(Person.id.in_(members))):
        if person.merged_into_id is None:
            index_person(session, person)


def _renew_identities(session: AnySession, ids: list[int]) -> None:
    """Close what was known of who these people are, and open what is known now."""
    now = clock.now()
    current = {
        identity.person_id: identity
        for identity in session.scalars(
            select(PersonIdentity).where(
                PersonIdentity.person_id.in_(ids), PersonIdentity.known_to.is_(None)
            )
        )
    }
    rows = session.execute(select(Person.id, Person.merged_into_id).where(Person.id.in_(ids)))
    for person_id, canonical in rows:
        identity = current.get(person_id)
        if identity is not None and identity.canonical_id == canonical:
            continue
        if identity is not None:
            identity.known_to = now
        if canonical is not None:
            session.add(PersonIdentity(person_id=person_id, known_from=now, canonical_id=canonical))
    session.flush()
