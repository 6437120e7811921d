"""Adding contacts at speed: what is kept is moved on without reading the ledger again.

A new contact can only add a participation and bring a first day forward; so the standings of those
concerned are all that must be read. Everything else goes the general way (keeping.py). That both
ways end in the same is tested by property.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers.companies.known import among
from pioneers.companies.models import PersonIdentity
from pioneers.db import insert_rows
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Verdict, at_least
from pioneers.reach import ledger
from pioneers.reach.keeping import Facts, Spot
from pioneers.reach.models import CompanyStanding, PersonStanding
from pioneers.reach.rules import Channel, NewContact

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Profile:
    """What the figures take from a company, and which company it turned out to be."""

    canonical_id: int | None = None
    municipality: str | None = None
    sector: str | None = None
    size: str | None = None
    verdict: Verdict | None = None


NOBODY = Profile()
YES = Verdict.YES


class First(NamedTuple):
    """When and thanks to whom a subject first became aware."""

    day: date
    channel: Channel
    contact_id: int | None
    company_id: int | None
    occasion_id: int | None
    fan_id: int | None
    pioneer_id: int | None

    def precedes(self, day: date) -> bool:
        """Whether a new contact on `day` leaves this the first (a contact beats an activation)."""
        return self.day < day or (self.day == day and self.contact_id is not None)


@dataclass
class Known:
    """What had to be read before a batch of contacts can be added."""

    profiles: dict[int, Profile] = field(default_factory=dict)
    people: dict[int, int] = field(default_factory=dict)
    companies_first: dict[int, First] = field(default_factory=dict)
    people_first: dict[int, First] = field(default_factory=dict)


def read_known(session: AnySession, contacts: Sequence[NewContact]) -> Known:
    """Profiles, identities and standings of everybody in the batch: four queries."""
    known = Known()
    companies = {c.company_id for c in contacts if c.company_id is not None}
    people = {c.person_id for c in contacts if c.person_id is not None}
    known.profiles = read_profiles(session, companies)
    known.people = _canonical_people(session, people)
    canonical = {p.canonical_id for p in known.profiles.values() if p.canonical_id is not None}
    known.companies_first = _firsts(session, CompanyStanding, "company_id", canonical)
    identified = {known.people.get(person, person) for person in people}
    known.people_first = _firsts(session, PersonStanding, "person_id", identified)
    elsewhere = {f.company_id for f in known.people_first.values() if f.company_id is not None}
    known.profiles |= read_profiles(session, elsewhere - known.profiles.keys())
    return known


def read_profiles(session: AnySession, ids: Collection[int]) -> dict[int, Profile]:
    """The present profile of each company; a merged one has that of the company it became."""
    if not ids:
        return {}
    own, profile = ledger.OWN_PROFILE, ledger.PROFILE
    rows = session.execute(
        select(
            own.company_id,
            own.canonical_id,
            profile.municipality_code,
            profile.sector,
            profile.size_class,
            profile.target_verdict,
        )
        .join(profile, and_(profile.company_id == own.canonical_id, profile.known_to.is_(None)))
        .where(among(session, own.company_id, ids), own.known_to.is_(None))
    )
    return {row[0]: Profile(*row[1:]) for row in rows}


def _canonical_people(session: AnySession, ids: Collection[int]) -> dict[int, int]:
    rows = session.execute(
        select(PersonIdentity.person_id, PersonIdentity.canonical_id).where(
            among(session, PersonIdentity.person_id, ids), PersonIdentity.known_to.is_(None)
        )
    )
    return {row[0]: row[1] for row in rows}


def _firsts(
    session: AnySession, model: Any, subject: str, ids: Collection[int]
) -> dict[int, First]:
    company = model.aware_company_id if subject == "person_id" else model.company_id
    rows = session.execute(
        select(
            getattr(model, subject),
            model.aware_day,
            model.aware_channel,
            model.aware_contact_id,
            company,
            model.aware_occasion_id,
            model.aware_fan_id,
            model.aware_pioneer_id,
        ).where(among(session, getattr(model, subject), ids))
    )
    return {row[0]: First(*row[1:]) for row in rows}


def spot_of(first: First, profile: Profile) -> Spot:
    """Where a first, or a contact, lies (in the order of ledger.SPOT)."""
    return (
        first.day,
        profile.municipality,
        profile.sector,
        profile.size,
        first.fan_id,
        first.pioneer_id,
        first.occasion_id,
        first.channel,
    )


class Appending:
    """One batch of new contacts, laid over what is kept."""

    def __init__(self, programme: Programme, known: Known) -> None:
        self.programme = programme
        self.known = known
        self.change: Facts = Counter()
        self.counting: frozenset[str] = frozenset(at_least(programme.aware_threshold))
        self.old_companies = dict(known.companies_first)
        self.old_people = dict(known.people_first)

    def add(self, contact: NewContact, contact_id: int) -> None:
        """Count one recorded contact."""
        profile = NOBODY
        if contact.company_id is not None:
            profile = self.known.profiles.get(contact.company_id, NOBODY)
        first = First(
            contact.day,
            contact.channel,
            contact_id,
            profile.canonical_id,
            contact.occasion_id,
            contact.fan_id,
            contact.pioneer_id,
        )
        spot = spot_of(first, profile)
        self.change["participations", spot] += 1
        if contact.evidence not in self.counting:
            return
        if profile.canonical_id is not None:
            self._company(profile.canonical_id, first, profile)
        if contact.person_id is not None:
            person = self.known.people.get(contact.person_id, contact.person_id)
            self._person(person, first, spot)

    def _company(self, company: int, first: First, profile: Profile) -> None:
        before = self.known.companies_first.get(company)
        if before is not None and before.precedes(first.day):
            return
        in_group = profile.verdict == YES
        for sign, one in ((-1, before), (1, first)):
            if one is not None:
                spot = spot_of(one, profile)
                self.change["companies", spot] += sign
                if in_group:
                    self.change["companies_in_target_group", spot] += sign
        self.known.companies_first[company] = first

    def _person(self, person: int, first: First, spot: Spot) -> None:
        before = self.known.people_first.get(person)
        if before is not None and before.precedes(first.day):
            return
        if before is not None:
            home = NOBODY
            if before.company_id is not None:
                home = self.known.profiles.get(before.company_id, NOBODY)
            self.change["people", spot_of(before, home)] -= 1
        self.change["people", spot] += 1
        self.known.people_first[person] = first

    def write_standings(self, session: AnySession) -> None:
        """Insert the standings that are new and update those whose first day came forward."""
        programme_id = self.programme.id
        self._write(
            session, programme_id, CompanyStanding, self.old_companies, self.known.companies_first
        )
        self._write(session, programme_id, PersonStanding, self.old_people, self.known.people_first)

    @staticmethod
    def _write(
        session: AnySession,
        programme_id: int,
        model: Any,
        old: dict[int, First],
        new: dict[int, First],
    ) -> None:
        subject = "company_id" if model is CompanyStanding else "person_id"
        added = [
            {"programme_id": programme_id, subject: key, **_columns(model, first)}
            for key, first in new.items()
            if key not in old
        ]
        moved = [
            {subject: key, **_columns(model, first)}
            for key, first in new.items()
            if key in old and old[key] is not first
        ]
        insert_rows(session, model.__table__, added)
        if moved:
            session.execute(update(model), moved)


def _columns(model: Any, first: First) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "aware_day": first.day,
        "aware_channel": first.channel,
        "aware_contact_id": first.contact_id,
        "aware_occasion_id": first.occasion_id,
        "aware_fan_id": first.fan_id,
        "aware_pioneer_id": first.pioneer_id,
    }
    if model is PersonStanding:
        columns["aware_company_id"] = first.company_id
    return columns
