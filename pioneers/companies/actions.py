"""Writes on companies, people and doubts, one record at a time. Lists come in by intake.py."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.audit.actions import record
from pioneers.companies import intake
from pioneers.companies.identity import Answer, Claim, Taken
from pioneers.companies.models import Company, Doubt, Employment, Person
from pioneers.companies.names import PersonName, company_block, company_key, person_key
from pioneers.companies.records import index_company, index_person, judge, renew_profiles
from pioneers.companies.rules import Settlement, Subject
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import place_book
from pioneers.programmes.rules import Refused, Stale

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class CompanyFacts:
    """All that a person can say of a company; money in whole euros a year.

    Without a municipality's code it follows from the place. `sector_version` is 2008 or 2025.
    """

    name: str
    kvk_number: str | None = None
    establishment_number: str | None = None
    sector_code: str | None = None
    sector_version: str | None = None
    employees: int | None = None
    turnover: int | None = None
    balance: int | None = None
    annual_work_units: int | None = None
    municipality_code: str | None = None
    place: str | None = None
    postcode: str | None = None
    web_domain: str | None = None


@dataclass(frozen=True)
class PersonFacts:
    """All that a person can say of somebody; `email` in lower case, `phone` as E.164."""

    family_name: str
    first_name: str = ""
    initials: str = ""
    infix: str = ""
    email: str | None = None
    phone: str | None = None
    function: str = ""

    @property
    def name(self) -> PersonName:
        """The parts of the name."""
        return PersonName(self.first_name, self.initials, self.infix, self.family_name)


def add_company(
    session: AnySession, *, programme: Programme, draft: CompanyFacts, actor_id: int | None
) -> Company:
    """Add a company; one that may be the same is put in the queue.

    Raises Refused 'name_missing' (field name) or 'kvk_taken' (field kvk_number, param company_id).
    """
    _check_company(session, programme, draft, None)
    company = Company(
        programme_id=programme.id,
        name=draft.name,
        name_key=company_key(draft.name),
        name_block=company_block(draft.name),
        created_at=clock.now(),
    )
    _set_company(session, programme, company, draft)
    session.add(company)
    session.flush()
    renew_profiles(session, programme, [company.id])
    index_company(session, company)
    intake.doubt_company(session, programme=programme, company_id=company.id, actor_id=actor_id)
    _note(session, "company.added", company, actor_id)
    return company


def change_company(
    session: AnySession,
    *,
    programme: Programme,
    company: Company,
    facts: CompanyFacts,
    version: int,
    actor_id: int | None,
) -> Company:
    """Change a company to `facts`. `version` is the one that the person saw.

    Raises Stale (with the company as it is now) when somebody else was first, and Refused as
    `add_company` does. The figures are reach.changes' business: it calls this.
    """
    session.refresh(company, with_for_update=True)
    if company.version != version:
        raise Stale(company)
    _check_company(session, programme, facts, company.id)
    changed = [name for name in vars(facts) if getattr(company, name) != getattr(facts, name)]
    _set_company(session, programme, company, facts)
    company.version += 1
    session.flush()
    renew_profiles(session, programme, [company.id])
    index_company(session, company)
    _note(session, "company.changed", company, actor_id, fields=changed)
    return company


def _check_company(
    session: AnySession, programme: Programme, facts: CompanyFacts, own_id: int | None
) -> None:
    if not facts.name.strip():
        raise Refused("name_missing", "name")
    if facts.kvk_number is None:
        return
    holders = session.scalars(
        select(Company).where(
            Company.programme_id == programme.id, Company.kvk_number == facts.kvk_number
        )
    )
    for holder in holders:
        if own_id is None or own_id not in (holder.id, holder.merged_into_id):
            raise Refused(
                "kvk_taken",
                "kvk_number",
                company_id=holder.merged_into_id or holder.id,
                name=holder.name,
            )


def _set_company(
    session: AnySession, programme: Programme, company: Company, facts: CompanyFacts
) -> None:
    for name, value in vars(facts).items():
        setattr(company, name, value)
    if facts.sector_code and not facts.sector_version:
        company.sector_version = "2008"
    if not facts.municipality_code:
        book = place_book(session)
        company.municipality_code = book.municipality(facts.place, facts.postcode)
    company.name_key = company_key(facts.name)
    company.name_block = company_block(facts.name)
    judge(programme, company)


def add_person(
    session: AnySession,
    *,
    programme: Programme,
    draft: PersonFacts,
    company: Company | None,
    day: date,
    actor_id: int | None,
    answer: Answer | None = None,
) -> Taken:
    """Add somebody who works at `company` from `day`, unless they are known for sure.

    Raises Refused 'name_missing' (field family_name).
    """
    if not draft.family_name.strip():
        raise Refused("name_missing", "family_name")
    claim = Claim(name=draft.name, email=draft.email, phone=draft.phone, function=draft.function)
    (taken,) = intake.take_in(
        session,
        programme=programme,
        claims=[claim],
        day=day,
        answers={0: answer} if answer else None,
        actor_id=actor_id,
        company_ids=[company.id if company else None],
    )
    action = "person.added" if taken.made_person else "person.recognised"
    record(
        session,
        action,
        object_type="person",
        object_id=taken.person_id,
        programme_id=programme.id,
        actor_id=actor_id,
    )
    return taken


def change_person(
    session: AnySession,
    *,
    programme: Programme,
    person: Person,
    facts: PersonFacts,
    version: int,
    actor_id: int | None,
) -> Person:
    """Change a person to `facts`. Raises Stale, and Refused 'name_missing' (field family_name)."""
    if person.programme_id != programme.id:
        raise Refused("programme")
    session.refresh(person, with_for_update=True)
    if person.version != version:
        raise Stale(person)
    if not facts.family_name.strip():
        raise Refused("name_missing", "family_name")
    changed = [name for name in vars(facts) if getattr(person, name) != getattr(facts, name)]
    for name, value in vars(facts).items():
        setattr(person, name, value)
    person.name_key = person_key(person)
    person.version += 1
    session.flush()
    index_person(session, person)
    _note(session, "person.changed", person, actor_id, fields=changed)
    return person


def employ(
    session: AnySession, *, person: Person, company: Company, day: date, actor_id: int | None
) -> Employment:
    """Note that somebody works at a company from `day`; the present employment if there is one."""
    present = session.scalar(
        select(Employment).where(
            Employment.person_id == person.id,
            Employment.company_id == company.id,
            or_(Employment.to_day.is_(None), Employment.from_day == day),
        )
    )
    if present is None:
        present = Employment(person_id=person.id, company_id=company.id, from_day=day)
        session.add(present)
    present.to_day = None
    session.flush()
    index_person(session, person)
    _note(session, "person.employed", person, actor_id, company_id=company.id)
    return present


def end_employment(
    session: AnySession, *, employment: Employment, day: date, actor_id: int | None
) -> None:
    """Note that somebody left a company on `day`. Raises Refused 'before_start' (field to_day)."""
    if day < employment.from_day:
        raise Refused("before_start", "to_day")
    employment.to_day = day
    session.flush()
    person = session.get_one(Person, employment.person_id)
    index_person(session, person)
    _note(session, "person.left", person, actor_id, company_id=employment.company_id)


def settle_doubt(
    session: AnySession,
    *,
    programme: Programme,
    doubt: Doubt,
    settlement: Settlement,
    actor_id: int | None,
) -> None:
    """Answer a doubt, and every other that asks the same of these two records as they are now.

    With SAME the caller joins the two first (reach.changes.merge_…), which answers it too.
    Raises Refused 'settled' when somebody else was first, and 'programme'.
    """
    if doubt.programme_id != programme.id:
        raise Refused("programme")
    session.refresh(doubt, with_for_update=True)
    if doubt.settled_at is not None:
        if doubt.settlement == settlement:
            return
        raise Refused("settled")
    left, right = (_cluster(session, doubt.subject, one) for one in (doubt.left_id, doubt.right_id))
    session.execute(
        update(Doubt)
        .where(
            Doubt.subject == doubt.subject,
            Doubt.settled_at.is_(None),
            or_(
                Doubt.left_id.in_(left) & Doubt.right_id.in_(right),
                Doubt.left_id.in_(right) & Doubt.right_id.in_(left),
            ),
        )
        .values(settled_at=clock.now(), settled_by_id=actor_id, settlement=settlement)
    )
    session.refresh(doubt)
    record(
        session,
        "doubt.settled",
        object_type="doubt",
        object_id=doubt.id,
        programme_id=programme.id,
        actor_id=actor_id,
        details={"settlement": settlement.value, "subject": doubt.subject.value},
    )


def _cluster(session: AnySession, subject: Subject, record_id: int) -> list[int]:
    """A record with all that it is one with."""
    model: Any = Company if subject == Subject.COMPANY else Person
    root = session.scalar(select(model.merged_into_id).where(model.id == record_id)) or record_id
    statement = select(model.id).where(or_(model.id == root, model.merged_into_id == root))
    return list(session.scalars(statement))


def _note(
    session: AnySession,
    action: str,
    subject: Company | Person,
    actor_id: int | None,
    **details: object,
) -> None:
    record(
        session,
        action,
        object_type="company" if isinstance(subject, Company) else "person",
        object_id=subject.id,
        programme_id=subject.programme_id,
        actor_id=actor_id,
        details=details,
    )
