"""Moving a person from one company to another."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers.companies.actions import employ, end_employment
from pioneers.companies.models import Company, Employment, Person

AnySession = Session | scoped_session[Session]


def join_company(
    session: AnySession,
    *,
    person: Person,
    company: Company,
    day: date,
    leaves: bool,
    actor_id: int | None,
) -> Employment:
    """Let a person work at `company` from `day`; with `leaves`, no longer at their other ones.

    Contacts of before stay with the company for which they were made. Raises Refused
    'before_start' when the person came to one of the others after `day`.
    """
    if leaves:
        others = session.scalars(
            select(Employment)
            .where(
                Employment.person_id == person.id,
                Employment.company_id != company.id,
                Employment.to_day.is_(None),
            )
            .order_by(Employment.id)
        ).all()
        for other in others:
            end_employment(session, employment=other, day=day, actor_id=actor_id)
    return employ(session, person=person, company=company, day=day, actor_id=actor_id)
