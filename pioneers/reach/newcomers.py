"""Somebody new, named while a contact is recorded."""

from datetime import date

from sqlalchemy.orm import Session, scoped_session

from pioneers.companies.actions import PersonFacts, add_person
from pioneers.companies.models import Company, Person
from pioneers.companies.names import parse_name
from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]


def newcomer(
    session: AnySession,
    *,
    programme: Programme,
    company: Company,
    name: str,
    email: str | None,
    day: date,
    actor_id: int | None,
) -> Person:
    """The person of this name and address at `company`, added unless known for sure."""
    parts = parse_name(name)
    draft = PersonFacts(
        family_name=parts.family_name[:80],
        first_name=parts.first_name[:60],
        initials=parts.initials[:20],
        infix=parts.infix[:20],
        email=email.lower() if email else None,
    )
    taken = add_person(
        session, programme=programme, draft=draft, company=company, day=day, actor_id=actor_id
    )
    return session.get_one(Person, taken.person_id)
