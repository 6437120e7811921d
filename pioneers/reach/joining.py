"""Two records that may be one, side by side, with what joining them does."""

from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.companies.models import Company, Person
from pioneers.companies.names import join_name
from pioneers.companies.queries import Side, get_company, get_person
from pioneers.companies.rules import Subject
from pioneers.programmes.models import Programme
from pioneers.programmes.queries import municipality_names
from pioneers.reach.aliases import whole_companies, whole_people
from pioneers.reach.choices import company_choices
from pioneers.reach.models import Contact
from pioneers.reach.phones import written_phone
from pioneers.web.formats import NOTHING, number

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Difference:
    """A fact at both sides, and whether the two agree: `same`, `other` or `blank` (one unknown)."""

    label: str
    left: str
    right: str

    @property
    def verdict(self) -> str:
        """How the two compare."""
        if NOTHING in (self.left, self.right):
            return "blank"
        return "same" if self.left.casefold() == self.right.casefold() else "other"


def side_of(session: AnySession, programme: Programme, subject: Subject, record_id: int) -> Side:
    """A record as one side of a pair; NotFound when it is not of this programme."""
    if subject == Subject.COMPANY:
        company = get_company(session, programme, record_id)
        return _company_side(company, municipality_names(session))
    person = get_person(session, programme, record_id)
    names = tuple(company_choices(session, whole_people(session, {person.id})).values())
    return _person_side(person, names)


def _company_side(company: Company, places: dict[str, str]) -> Side:
    return Side(
        id=company.id,
        name=company.name,
        number=company.kvk_number or "",
        domain=company.web_domain or "",
        place=company.place or "",
        municipality=places.get(company.municipality_code or "", ""),
        employees=company.employees,
    )


def _person_side(person: Person, companies: tuple[str, ...]) -> Side:
    return Side(
        id=person.id,
        name=join_name(person),
        email=person.email or "",
        phone=person.phone or "",
        function=person.function,
        companies=companies,
    )


def differences(subject: Subject, left: Side, right: Side) -> list[Difference]:
    """Both sides fact by fact; what neither has is left out."""
    rows = [Difference(_("Name"), left.name or NOTHING, right.name or NOTHING)]
    if subject == Subject.COMPANY:
        rows += [
            _pair(_("KVK number"), left.number, right.number),
            _pair(_("Website"), left.domain, right.domain),
            _pair(_("Place"), left.place, right.place),
            _pair(_("Municipality"), left.municipality, right.municipality),
            Difference(_("Employees"), number(left.employees), number(right.employees)),
        ]
    else:
        rows += [
            _pair(_("E-mail address"), left.email, right.email),
            _pair(_("Phone number"), written_phone(left.phone), written_phone(right.phone)),
            _pair(_("Company"), ", ".join(left.companies), ", ".join(right.companies)),
            _pair(_("Function"), left.function, right.function),
        ]
    return [row for row in rows if (row.left, row.right) != (NOTHING, NOTHING)]


def _pair(label: str, left: str, right: str) -> Difference:
    return Difference(label, left or NOTHING, right or NOTHING)


def contact_count(session: AnySession, subject: Subject, record_id: int) -> int:
    """How many contacts of a record (with all ids it has had) count now."""
    if subject == Subject.COMPANY:
        mine = Contact.company_id.in_(whole_companies(session, {record_id}))
    else:
        mine = Contact.person_id.in_(whole_people(session, {record_id}))
    statement = select(func.count()).select_from(Contact).where(mine, Contact.voided_at.is_(None))
    return session.scalar(statement) or 0


def default_winner(left: Side, right: Side) -> int:
    """Which record stays when nobody chooses: the one with a KVK number, else the older one."""
    if bool(left.number) != bool(right.number):
        return left.id if left.number else right.id
    return min(left.id, right.id)


def both(ids: Collection[int], winner_id: int) -> int:
    """The other one of a pair."""
    return next(one for one in ids if one != winner_id)
