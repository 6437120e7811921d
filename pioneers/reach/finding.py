"""Finding the company or person that somebody means by what they type."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers.companies.addresses import clean_kvk
from pioneers.companies.models import Company, Person
from pioneers.companies.names import company_key
from pioneers.companies.rules import Subject
from pioneers.programmes.models import Programme
from pioneers.search.models import Kind
from pioneers.search.queries import find

AnySession = Session | scoped_session[Session]
POSSIBLE = 10


def company_meant(
    session: AnySession, programme: Programme, typed: str
) -> tuple[Company | None, list[Company]]:
    """The one company that `typed` names: `#id`, a KVK number, a whole name, or a part that only
    one company has; else None with those that are possible."""
    live = select(Company).where(
        Company.programme_id == programme.id, Company.merged_into_id.is_(None)
    )
    typed = typed.strip()
    if typed.startswith("#") and typed[1:].isdecimal() and len(typed) < 11:
        return session.scalar(live.where(Company.id == int(typed[1:]))), []
    number = clean_kvk(typed)
    if number is not None:
        return session.scalar(live.where(Company.kvk_number == number)), []
    named = live.where(Company.name_key == company_key(typed)).order_by(Company.id)
    found: Sequence[Company] = session.scalars(named.limit(POSSIBLE)).all()
    if not found:
        found = _companies(session, programme, typed)
    return (found[0], []) if len(found) == 1 else (None, list(found))


def _companies(session: AnySession, programme: Programme, typed: str) -> list[Company]:
    hits = find(
        session, programme_id=programme.id, text=typed, kinds=(Kind.COMPANY,), limit=POSSIBLE
    )
    ids = [hit.record_id for hit in hits]
    found = session.scalars(
        select(Company).where(Company.id.in_(ids), Company.merged_into_id.is_(None))
    )
    return sorted(found, key=lambda company: (company.name_key, company.id))


def possible_others(
    session: AnySession, programme: Programme, subject: Subject, own_id: int, typed: str
) -> list[Company] | list[Person]:
    """Records that `typed` may mean, to join with `own_id`; at most ten, by name."""
    if not typed.strip():
        return []
    if subject == Subject.COMPANY:
        meant, possible = company_meant(session, programme, typed)
        companies = [meant] if meant is not None else possible
        return [company for company in companies if company.id != own_id]
    hits = find(
        session, programme_id=programme.id, text=typed, kinds=(Kind.PERSON,), limit=POSSIBLE
    )
    found = session.scalars(
        select(Person)
        .where(
            Person.id.in_([hit.record_id for hit in hits]),
            Person.id != own_id,
            Person.merged_into_id.is_(None),
        )
        .order_by(Person.name_key, Person.id)
    )
    return list(found)
