"""What must follow whenever a company or a person changes: verdicts, profiles, and the search."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.companies.models import Company, CompanyProfile, Employment, Person
from pioneers.companies.names import join_name
from pioneers.companies.profiles import Facts, profile_values
from pioneers.companies.rules import sme_verdict, target_verdict
from pioneers.programmes.models import Programme
from pioneers.search.actions import NewEntry, reindex
from pioneers.search.models import Kind

AnySession = Session | scoped_session[Session]


def judge(programme: Programme, company: Company) -> None:
    """Give a company its two verdicts."""
    company.target_verdict = target_verdict(
        employees=company.employees,
        turnover=company.turnover,
        balance=company.balance,
        limits=programme.target_group,
    )
    company.sme_verdict = sme_verdict(
        annual_work_units=company.annual_work_units,
        turnover=company.turnover,
        balance=company.balance,
    )


def facts_of(company: Company) -> Facts:
    """What a company's profile follows from."""
    return Facts(
        municipality_code=company.municipality_code,
        sector_code=company.sector_code,
        sector_version=company.sector_version,
        employees=company.employees,
        turnover=company.turnover,
        balance=company.balance,
    )


def renew_profiles(session: AnySession, programme: Programme, ids: Sequence[int]) -> None:
    """Close the present profile of companies whose figures' facts changed, and open a new one."""
    now = clock.now()
    current = {
        profile.company_id: profile
        for profile in session.scalars(
            select(CompanyProfile).where(
                CompanyProfile.company_id.in_(ids), CompanyProfile.known_to.is_(None)
            )
        )
    }
    fresh = []
    companies = select(Company).where(Company.id.in_(ids)).order_by(Company.id)
    for company in session.scalars(companies):
        values = profile_values(facts_of(company), programme.target_group)
        values["canonical_id"] = company.merged_into_id or company.id
        old = current.get(company.id)
        if old is not None:
            if all(getattr(old, name) == value for name, value in values.items()):
                continue
            old.known_to = now
        fresh.append(CompanyProfile(company_id=company.id, known_from=now, **values))
    session.flush()  # the old rows are closed before the new ones come in: one is the present one
    session.add_all(fresh)
    session.flush()


def index_company(session: AnySession, company: Company) -> None:
    """Let the search find a company by what it is called now, and by what was merged into it."""
    merged = session.execute(
        select(Company.name, Company.kvk_number, Company.web_domain)
        .where(Company.merged_into_id == company.id)
        .order_by(Company.id)
    )
    also = [part for row in merged for part in row]
    words = [company.kvk_number, company.web_domain, company.place, *also]
    reindex(
        session,
        NewEntry(
            programme_id=company.programme_id,
            kind=Kind.COMPANY,
            record_id=company.id,
            title=company.name,
            subtitle=company.place or "",
            words=" ".join(word for word in words if word),
        ),
    )


def index_person(session: AnySession, person: Person) -> None:
    """Let the search find a person by name, address and company, and by who was merged."""
    merged = list(
        session.scalars(
            select(Person).where(Person.merged_into_id == person.id).order_by(Person.id)
        )
    )
    employers = session.scalars(
        select(Company.name)
        .join(Employment, Employment.company_id == Company.id)
        .where(
            Employment.person_id.in_([person.id, *(other.id for other in merged)]),
            Employment.to_day.is_(None),
        )
        .order_by(Employment.id)
    ).all()
    also = [part for other in merged for part in (join_name(other), other.email)]
    words = [person.initials, person.email, *employers, *also]
    reindex(
        session,
        NewEntry(
            programme_id=person.programme_id,
            kind=Kind.PERSON,
            record_id=person.id,
            title=join_name(person),
            subtitle=employers[-1] if employers else "",
            words=" ".join(word for word in words if word),
        ),
    )
