"""Noting a question on the page of a person or a company: who asks is known already."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.companies.actions import employ
from pioneers.companies.models import Company, Person
from pioneers.companies.names import display_name, fold
from pioneers.companies.queries import (
    companies_of_person,
    get_company,
    get_person,
    people_of_company,
)
from pioneers.programmes.models import Programme
from pioneers.questions.actions import recognise
from pioneers.questions.rules import NewQuestion

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Asker:
    """Who asks and where they work, as far as the page said so."""

    person: Person | None = None
    company: Company | None = None

    def name(self) -> str:
        """What they are called: the person, else the company."""
        if self.person is not None:
            return display_name(self.person)
        return "" if self.company is None else self.company.name

    def data(self) -> dict[str, str | None]:
        """What the form begins with."""
        person, company = self.person, self.company
        return {
            "name": "" if person is None else display_name(person),
            "company": "" if company is None else company.name,
            "email": None if person is None else person.email,
            "phone": None if person is None else person.phone,
        }


Known = tuple[int | None, int | None]


def who_asks(
    session: AnySession, programme: Programme, given: Asker, new: NewQuestion, actor_id: int | None
) -> Known | None:
    """The person and the company of a question that was noted on a page of one of them; None when
    another company was filled in, for then nothing is known.

    Somebody else of the company is found among its people, or added to them.
    """
    company = given.company
    if (given.person is None and company is None) or new.company != given.data()["company"]:
        return None
    company_id = None if company is None else company.id
    if not new.name or new.name == given.data()["name"]:
        return (None if given.person is None or not new.name else given.person.id), company_id
    if company is None:
        return None
    for post in people_of_company(session, company):
        if fold(display_name(post.person)) == fold(new.name):
            return post.person.id, company_id
    person_id, _none = recognise(session, programme, replace(new, company=""), actor_id)
    if person_id is not None:
        person = session.get_one(Person, person_id)
        employ(session, person=person, company=company, day=clock.today(), actor_id=actor_id)
    return person_id, company_id


def asker(
    session: AnySession, programme: Programme, *, person_id: int | None, company_id: int | None
) -> Asker:
    """Who asks, after merging; NotFound for somebody of another programme."""
    person = company = None
    if person_id is not None:
        person = get_person(session, programme, person_id)
        if person.merged_into_id is not None:
            person = get_person(session, programme, person.merged_into_id)
        posts = [post for post in companies_of_person(session, person) if post.to_day is None]
        company = posts[0].company if posts else None
        person = person if person.erased_at is None else None
    elif company_id is not None:
        company = get_company(session, programme, company_id)
        if company.merged_into_id is not None:
            company = get_company(session, programme, company.merged_into_id)
    return Asker(person, company)
