"""Erasing a person: a row stays that counts and identifies nobody. No action commits.

Features above hold more about people; each registers what it lets go of.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.actions import record
from pioneers.companies.models import Doubt, Merge, Person
from pioneers.companies.rules import Settlement, Subject
from pioneers.programmes.models import Programme
from pioneers.search.actions import forget_all
from pioneers.search.models import Kind

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Erased:
    """Who is erased: every id that they have had, and the addresses by which they were known."""

    programme_id: int
    ids: tuple[int, ...]
    emails: frozenset[str]


Eraser = Callable[[AnySession, Erased], None]
_ERASERS: list[Eraser] = []


def register_eraser(eraser: Eraser) -> Eraser:
    """Let `eraser` take out what its feature holds about somebody who is erased."""
    _ERASERS.append(eraser)
    return eraser


def erase_person(
    session: AnySession,
    *,
    programme: Programme,
    person: Person,
    actor_id: int | None,
    origin: str = "web",
) -> None:
    """Take out everything that says who this is, here and in the features that registered.

    Contacts and figures stay as they are. Whoever was merged into this person goes along.
    """
    whole = person.merged_into_id or person.id
    people = session.scalars(
        select(Person)
        .where(or_(Person.id == whole, Person.merged_into_id == whole))
        .order_by(Person.id)
        .with_for_update()
    ).all()
    erased = Erased(
        programme.id,
        tuple(one.id for one in people),
        frozenset(one.email.lower() for one in people if one.email),
    )
    for one in people:
        one.family_name = one.first_name = one.initials = one.infix = one.function = ""
        one.name_key, one.email, one.phone = "", None, None
        one.erased_at = one.erased_at or clock.now()
        one.version += 1
    session.flush()
    forget_all(session, [(Kind.PERSON, one) for one in erased.ids])
    _let_go(session, erased)
    for eraser in _ERASERS:
        eraser(session, erased)
    record(
        session,
        "person.erased",
        object_type="person",
        object_id=whole,
        programme_id=programme.id,
        actor_id=actor_id,
        origin=origin,
    )
    session.flush()


def _let_go(session: AnySession, erased: Erased) -> None:
    """What merging had taken over from a person, and doubts about who they are."""
    ids = erased.ids
    session.execute(
        update(Merge)
        .where(
            Merge.subject == Subject.PERSON,
            or_(Merge.loser_id.in_(ids), Merge.winner_id.in_(ids)),
        )
        .values(taken_over={})
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(Doubt)
        .where(
            and_(Doubt.subject == Subject.PERSON, Doubt.settled_at.is_(None)),
            or_(Doubt.left_id.in_(ids), Doubt.right_id.in_(ids)),
        )
        .values(settled_at=clock.now(), settlement=Settlement.DIFFERENT)
        .execution_options(synchronize_session=False)
    )
