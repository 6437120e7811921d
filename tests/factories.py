"""Small builders of test data. Everything is invented; they flush and never commit."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any, TypeVar

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.models import Grant, User
from pioneers.accounts.passwords import hash_password
from pioneers.accounts.rules import Role
from pioneers.ambassadors.models import Pioneer
from pioneers.companies.models import Company, CompanyProfile, Employment, Person
from pioneers.companies.names import PersonName, company_block, company_key, fold, person_key
from pioneers.companies.rules import size_class, sme_verdict, target_verdict
from pioneers.events.models import Event, EventKind, EventStatus, Speaker
from pioneers.fans.models import Fan, FanKind
from pioneers.programmes.models import ActivationKind, Programme
from pioneers.programmes.rules import Evidence
from pioneers.reach.actions import record_contacts
from pioneers.reach.models import Occasion
from pioneers.reach.rules import Channel, NewContact

AnySession = Session | scoped_session[Session]
T = TypeVar("T")
PASSWORD = "een-lange-zin-voor-tests"
_numbers = count(1)


@cache
def _password_hash() -> str:
    return hash_password(PASSWORD)


def make_programme(session: AnySession, **facts: Any) -> Programme:
    """A programme of 2016 to 2019 with one kind of activation."""
    number = next(_numbers)
    given = {
        "slug": f"programma-{number}",
        "name": f"Programma {number}",
        "created_at": datetime(2016, 1, 1, tzinfo=UTC),
        "starts_on": date(2016, 1, 1),
        "ends_on": date(2019, 12, 31),
    }
    programme = Programme(**given | facts)
    session.add(programme)
    session.flush()
    make_activation_kind(session, programme)
    return programme


def make_activation_kind(session: AnySession, programme: Programme, **facts: Any) -> ActivationKind:
    """An action in the catalogue of `programme`."""
    given = {
        "programme_id": programme.id,
        "code": f"action_{next(_numbers)}",
        "name_nl": "Plan voor slimmer werken",
        "name_en": "Plan for smarter work",
    }
    return _add(session, ActivationKind(**given | facts))


def make_user(
    session: AnySession,
    role: Role | None = None,
    programme: Programme | None = None,
    **facts: Any,
) -> User:
    """A user whose password is PASSWORD, with `role` in `programme` when both are given."""
    number = next(_numbers)
    given = {
        "email": f"gebruiker{number}@voorbeeld.example",
        "name": f"Gebruiker {number}",
        "created_at": clock.now(),
        "password_hash": _password_hash(),
    }
    user = _add(session, User(**given | facts))
    if role is not None and programme is not None:
        make_grant(session, user, programme, role)
    return user


def make_grant(session: AnySession, user: User, programme: Programme, role: Role) -> Grant:
    """The present role of `user` in `programme`."""
    return _add(
        session,
        Grant(user_id=user.id, programme_id=programme.id, role=role, granted_at=clock.now()),
    )


def make_company(session: AnySession, programme: Programme, **facts: Any) -> Company:
    """A company of twenty employees; `sector` (SBI section letter) goes to its profile."""
    sector = facts.pop("sector", None)
    name = facts.setdefault("name", f"Bedrijf {next(_numbers)} B.V.")
    given: dict[str, Any] = {
        "programme_id": programme.id,
        "name_key": company_key(name),
        "name_block": company_block(name),
        "created_at": clock.now(),
        "employees": 20,
    }
    company = Company(**given | facts)
    if "target_verdict" not in facts:
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
    _add(session, company)
    make_profile(session, company, sector=sector)
    return company


def make_profile(session: AnySession, company: Company, **facts: Any) -> CompanyProfile:
    """What the figures take from `company`, from the moment that it was made."""
    given = {
        "company_id": company.id,
        "known_from": company.created_at,
        "canonical_id": company.id,
        "municipality_code": company.municipality_code,
        "sector": None,
        "size_class": size_class(company.employees),
        "target_verdict": company.target_verdict,
    }
    return _add(session, CompanyProfile(**given | facts))


def make_person(
    session: AnySession, programme: Programme, company: Company | None = None, **facts: Any
) -> Person:
    """A person, employed at `company` when it is given."""
    number = next(_numbers)
    given: dict[str, Any] = {
        "programme_id": programme.id,
        "first_name": "Sanne",
        "family_name": f"Wolters{number}",
        "email": f"sanne{number}@voorbeeld{number}.example",
        "created_at": clock.now(),
    } | facts
    name = PersonName(
        given["first_name"],
        given.get("initials", ""),
        given.get("infix", ""),
        given["family_name"],
    )
    person = _add(session, Person(**{"name_key": person_key(name)} | given))
    if company is not None:
        day = clock.today()
        _add(session, Employment(person_id=person.id, company_id=company.id, from_day=day))
    return person


def make_fan(session: AnySession, programme: Programme, **facts: Any) -> Fan:
    """An organisation that offers its stage."""
    name = facts.setdefault("name", f"Ondernemersvereniging {next(_numbers)}")
    given = {
        "programme_id": programme.id,
        "name_key": fold(name),
        "kind": FanKind.NETWORK,
        "created_at": clock.now(),
    }
    return _add(session, Fan(**given | facts))


def make_pioneer(session: AnySession, programme: Programme, **facts: Any) -> Pioneer:
    """A pioneer, of a new company unless `person` and `company` are given."""
    company = facts.pop("company", None) or make_company(session, programme)
    person = facts.pop("person", None) or make_person(session, programme, company)
    given = {
        "programme_id": programme.id,
        "person_id": person.id,
        "company_id": company.id,
        "appointed_on": date(2016, 3, 1),
        "created_at": clock.now(),
    }
    return _add(session, Pioneer(**given | facts))


def make_occasion(session: AnySession, programme: Programme, **facts: Any) -> Occasion:
    """A dated thing at which contacts happen."""
    given = {
        "programme_id": programme.id,
        "day": date(2017, 5, 11),
        "channel": Channel.EVENT,
        "label": f"Bijeenkomst {next(_numbers)}",
    }
    return _add(session, Occasion(**given | facts))


def make_event(session: AnySession, programme: Programme, **facts: Any) -> Event:
    """An event that was held in May 2017; `pioneers` are its speakers, in order."""
    speakers = facts.pop("pioneers", ())
    day = facts.pop("day", date(2017, 5, 11))
    title = facts.setdefault("title", f"Bijeenkomst {next(_numbers)}")
    fan_id = facts.get("fan_id")
    occasion = make_occasion(
        session,
        programme,
        day=day,
        label=title,
        fan_id=fan_id,
        pioneer_id=speakers[0].id if speakers else None,
    )
    begin = datetime(day.year, day.month, day.day, 17, 30, tzinfo=UTC)
    given = {
        "programme_id": programme.id,
        "occasion_id": occasion.id,
        "kind": EventKind.TALK,
        "status": EventStatus.HELD,
        "starts_at": begin,
        "ends_at": begin + timedelta(hours=3),
        "created_at": clock.now(),
    }
    event = _add(session, Event(**given | facts))
    for position, pioneer in enumerate(speakers, start=1):
        _add(session, Speaker(event_id=event.id, pioneer_id=pioneer.id, position=position))
    return event


def make_contact(
    session: AnySession,
    programme: Programme,
    *,
    actor_id: int | None = None,
    **facts: Any,
) -> int:
    """A contact, recorded by the real action; a person of a company of its own by default."""
    if "person_id" not in facts and "company_id" not in facts and "heads" not in facts:
        company = make_company(session, programme)
        facts["company_id"] = company.id
        facts["person_id"] = make_person(session, programme, company).id
    given = {"day": date(2017, 5, 11), "channel": Channel.EVENT, "evidence": Evidence.LISTED}
    contact = NewContact(**given | facts)
    return record_contacts(session, programme=programme, contacts=[contact], actor_id=actor_id)[0]


@dataclass(frozen=True)
class Personas:
    """The people of the permission tests; `stranger` leads `elsewhere`, another programme."""

    leader: User
    viewer: User
    pioneer: User
    fan_contact: User
    stranger: User
    administrator: User
    elsewhere: Programme


def make_personas(session: AnySession, programme: Programme) -> Personas:
    """One user of each role in `programme`, a leader of another programme, an administrator."""
    elsewhere = make_programme(session, slug="elders", name="Elders")

    def user(name: str, role: Role, where: Programme = programme) -> User:
        return make_user(session, role, where, email=f"{name}@voorbeeld.example", name=name.title())

    return Personas(
        leader=user("leider", Role.PROJECT_LEADER),
        viewer=user("kijker", Role.VIEWER),
        pioneer=user("pionier", Role.PIONEER),
        fan_contact=user("fan", Role.FAN_CONTACT),
        stranger=user("vreemde", Role.PROJECT_LEADER, elsewhere),
        administrator=make_user(
            session,
            email="beheerder@voorbeeld.example",
            name="Beheerder",
            is_administrator=True,
        ),
        elsewhere=elsewhere,
    )


def _add(session: AnySession, record: T) -> T:
    session.add(record)
    session.flush()
    return record
