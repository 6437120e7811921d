"""Reads of one company and of one person: who, when, by whom, and what was done to the record."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, aliased, scoped_session

from pioneers.accounts.models import User
from pioneers.ambassadors.models import Pioneer
from pioneers.audit.models import AuditEntry
from pioneers.companies.models import Company, Employment, Merge, Person
from pioneers.companies.names import display_name
from pioneers.companies.rules import Subject
from pioneers.fans.models import Fan
from pioneers.programmes.models import ActivationKind, Programme
from pioneers.programmes.rules import Evidence
from pioneers.reach.models import Activation, Contact, Occasion
from pioneers.reach.reasons import reasons
from pioneers.reach.rules import ActivationStatus, Channel, Rejection, VoidReason
from pioneers.web.errors import NotFound
from pioneers.web.pagination import Page, offset

AnySession = Session | scoped_session[Session]
CONTACTS = 15
PEOPLE = 100
TRAIL = 20


@dataclass(frozen=True)
class ContactRow:
    """A contact as a page shows it."""

    id: int
    day: date
    recorded_at: datetime
    channel: Channel
    evidence: Evidence
    person_id: int | None
    person_name: str
    company_id: int | None
    company_name: str
    occasion: str
    fan: str
    pioneer: str
    recorded_by: str
    voided_at: datetime | None
    void_reason: VoidReason | None
    why: str = ""  # it is confirmed

    @property
    def voided(self) -> bool:
        """Whether it no longer counts."""
        return self.voided_at is not None


def contacts_of(
    session: AnySession,
    programme: Programme,
    *,
    companies: Collection[int] = (),
    people: Collection[int] = (),
    page: int = 1,
) -> Page[ContactRow]:
    """A page of the contacts of a company or person (with all ids it has had), newest first."""
    column = Contact.company_id if companies else Contact.person_id
    # By the index on the subject: SQLite would rather walk through the whole programme.
    of_programme = Contact.programme_id + 0 == programme.id
    mine = and_(of_programme, column.in_(companies or people))
    total = session.scalar(select(func.count()).select_from(Contact).where(mine)) or 0
    # The ids first: PostgreSQL joins all contacts where a subquery stands among so many tables.
    ids = session.scalars(
        select(Contact.id)
        .where(mine)
        .order_by(Contact.day.desc(), Contact.id.desc())
        .limit(CONTACTS)
        .offset(offset(page, CONTACTS))
    ).all()
    rows = session.execute(
        _contacts().where(Contact.id.in_(ids)).order_by(Contact.day.desc(), Contact.id.desc())
    )
    found = [_contact(row) for row in rows]
    confirmed = [one.id for one in found if one.evidence == Evidence.CONFIRMED]
    why = reasons(session, programme, confirmed)
    told = [replace(one, why=why.get(one.id, "")) for one in found]
    return Page(told, page, CONTACTS, total)


def contact_row(session: AnySession, programme: Programme, contact_id: int) -> ContactRow:
    """A named contact of this programme; NotFound otherwise (a headcount belongs to its event)."""
    row = session.execute(
        _contacts().where(
            Contact.id == contact_id,
            Contact.programme_id == programme.id,
            Contact.heads.is_(None),
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return _contact(row)


def _contacts() -> Select[*tuple[Any, ...]]:
    speaker = aliased(Person)
    statement: Select[*tuple[Any, ...]] = (
        select(Contact, Person, Company, Occasion.label, Fan.name, speaker, User.name)
        .select_from(Contact)
        .outerjoin(Person, Person.id == Contact.person_id)
        .outerjoin(Company, Company.id == Contact.company_id)
        .outerjoin(Occasion, Occasion.id == Contact.occasion_id)
        .outerjoin(Fan, Fan.id == Contact.fan_id)
        .outerjoin(Pioneer, Pioneer.id == Contact.pioneer_id)
        .outerjoin(speaker, speaker.id == Pioneer.person_id)
        .outerjoin(User, User.id == Contact.recorded_by_id)
    )
    return statement


def _contact(row: Any) -> ContactRow:
    contact, person, company, occasion, fan, speaker, recorder = row
    return ContactRow(
        id=contact.id,
        day=contact.day,
        recorded_at=contact.recorded_at,
        channel=contact.channel,
        evidence=contact.evidence,
        person_id=contact.person_id,
        person_name="" if person is None else display_name(person),
        company_id=contact.company_id,
        company_name="" if company is None else company.name,
        occasion=occasion or "",
        fan=fan or "",
        pioneer="" if speaker is None else display_name(speaker),
        recorded_by=recorder or "",
        voided_at=contact.voided_at,
        void_reason=contact.void_reason,
    )


@dataclass(frozen=True)
class WorkRow:
    """Somebody's time at a company."""

    person_id: int
    person_name: str
    function: str
    erased: bool
    company_id: int
    company_name: str
    from_day: date
    to_day: date | None


def people_at(session: AnySession, companies: Collection[int]) -> list[WorkRow]:
    """Who works and worked at a company (with all ids it has had): present first, at most 100."""
    return _work(session, Employment.company_id.in_(companies))


def work_of(session: AnySession, people: Collection[int]) -> list[WorkRow]:
    """The companies of a person (with all ids they have had), the present ones first."""
    return _work(session, Employment.person_id.in_(people))


def _work(session: AnySession, mine: Any) -> list[WorkRow]:
    own_person, own_company = aliased(Person), aliased(Company)
    rows = session.execute(
        select(Employment, Person, Company)
        .join(own_person, own_person.id == Employment.person_id)
        .join(Person, Person.id == func.coalesce(own_person.merged_into_id, own_person.id))
        .join(own_company, own_company.id == Employment.company_id)
        .join(Company, Company.id == func.coalesce(own_company.merged_into_id, own_company.id))
        .where(mine)
        .order_by(Employment.to_day.is_not(None), Employment.from_day.desc(), Employment.id)
        .limit(PEOPLE)
    )
    shown: dict[tuple[int, int, bool], WorkRow] = {}
    for employment, who, where in rows:
        # after merging, the same person may stand twice at the same company
        shown.setdefault(
            (who.id, where.id, employment.to_day is None),
            WorkRow(
                person_id=who.id,
                person_name=display_name(who),
                function=who.function,
                erased=who.erased_at is not None,
                company_id=where.id,
                company_name=where.name,
                from_day=employment.from_day,
                to_day=employment.to_day,
            ),
        )
    return list(shown.values())


@dataclass(frozen=True)
class ActivationRow:
    """An activation as lists and pages show it."""

    id: int
    day: date
    kind_nl: str
    kind_en: str
    proof_nl: str
    proof_en: str
    proof: str
    company_id: int
    company_name: str
    person_id: int | None
    person_name: str
    fan: str
    pioneer: str
    occasion: str
    status: ActivationStatus
    rejection: Rejection | None
    recorded_at: datetime
    recorded_by_id: int | None
    recorded_by: str
    decided_at: datetime | None
    decided_by: str
    voided_at: datetime | None
    void_reason: VoidReason | None
    why: str = ""  # it is confirmed

    @property
    def voided(self) -> bool:
        """Whether it was taken back."""
        return self.voided_at is not None

    @property
    def waits(self) -> bool:
        """Whether somebody has to decide."""
        return self.status == ActivationStatus.PROPOSED and not self.voided


@cache  # a statement of ten tables, which takes longer to write than to ask
def activation_rows() -> Select[*tuple[Any, ...]]:
    """Activations with the names that pages show; the caller says which and in what order."""
    speaker = aliased(Person)
    recorder, decider = aliased(User), aliased(User)
    statement: Select[*tuple[Any, ...]] = (
        select(
            Activation,
            ActivationKind,
            Company,
            Person,
            Fan.name,
            speaker,
            Occasion.label,
            recorder.name,
            decider.name,
        )
        .select_from(Activation)
        .join(ActivationKind, ActivationKind.id == Activation.kind_id)
        .join(Company, Company.id == Activation.company_id)
        .outerjoin(Person, Person.id == Activation.person_id)
        .outerjoin(Fan, Fan.id == Activation.fan_id)
        .outerjoin(Pioneer, Pioneer.id == Activation.pioneer_id)
        .outerjoin(speaker, speaker.id == Pioneer.person_id)
        .outerjoin(Occasion, Occasion.id == Activation.occasion_id)
        .outerjoin(recorder, recorder.id == Activation.recorded_by_id)
        .outerjoin(decider, decider.id == Activation.decided_by_id)
    )
    return statement


def activation_row(row: Any) -> ActivationRow:
    """One row of `activation_rows`."""
    activation, kind, company, person, fan, speaker, occasion, recorder, decider = row
    return ActivationRow(
        id=activation.id,
        day=activation.day,
        kind_nl=kind.name_nl,
        kind_en=kind.name_en,
        proof_nl=kind.proof_nl,
        proof_en=kind.proof_en,
        proof=activation.proof,
        company_id=company.merged_into_id or company.id,
        company_name=company.name,
        person_id=activation.person_id,
        person_name="" if person is None else display_name(person),
        fan=fan or "",
        pioneer="" if speaker is None else display_name(speaker),
        occasion=occasion or "",
        status=activation.status,
        rejection=activation.rejection,
        recorded_at=activation.recorded_at,
        recorded_by_id=activation.recorded_by_id,
        recorded_by=recorder or "",
        decided_at=activation.decided_at,
        decided_by=decider or "",
        voided_at=activation.voided_at,
        void_reason=activation.void_reason,
    )


def activations_of(session: AnySession, companies: Collection[int]) -> list[ActivationRow]:
    """A company's activations (with all ids it has had), newest first, at most 100."""
    rows = session.execute(
        activation_rows()
        .where(Activation.company_id.in_(companies))
        .order_by(Activation.day.desc(), Activation.id.desc())
        .limit(PEOPLE)
    )
    return [activation_row(row) for row in rows]


@dataclass(frozen=True)
class MergeRow:
    """A record that was joined into the one that is shown."""

    id: int
    loser_id: int
    name: str
    merged_at: datetime
    merged_by: str


def merges_into(session: AnySession, programme: Programme, company_id: int) -> list[MergeRow]:
    """The companies that were merged into this one and still are, newest first."""
    rows = session.execute(
        select(Merge, Company.name, User.name)
        .join(Company, Company.id == Merge.loser_id)
        .outerjoin(User, User.id == Merge.merged_by_id)
        .where(*_standing(programme, Subject.COMPANY, company_id))
        .order_by(Merge.id.desc())
    )
    return [MergeRow(m.id, m.loser_id, name, m.merged_at, by or "") for m, name, by in rows]


def people_merged_into(session: AnySession, programme: Programme, person_id: int) -> list[MergeRow]:
    """The people who were merged into this one and still are, newest first."""
    rows = session.execute(
        select(Merge, Person, User.name)
        .join(Person, Person.id == Merge.loser_id)
        .outerjoin(User, User.id == Merge.merged_by_id)
        .where(*_standing(programme, Subject.PERSON, person_id))
        .order_by(Merge.id.desc())
    )
    return [
        MergeRow(m.id, m.loser_id, display_name(person), m.merged_at, by or "")
        for m, person, by in rows
    ]


def _standing(programme: Programme, subject: Subject, winner_id: int) -> list[Any]:
    return [
        Merge.programme_id == programme.id,
        Merge.subject == subject,
        Merge.winner_id == winner_id,
        Merge.undone_at.is_(None),
    ]


@dataclass(frozen=True)
class TrailRow:
    """Something that was done to a record."""

    at: datetime
    action: str
    by: str
    details: dict[str, Any]


def trail(
    session: AnySession, programme: Programme, object_type: str, object_id: int
) -> list[TrailRow]:
    """What was last done to a record, newest first, at most twenty."""
    rows = session.execute(
        select(AuditEntry, User.name)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(
            AuditEntry.programme_id == programme.id,
            AuditEntry.object_type == object_type,
            AuditEntry.object_id == object_id,
        )
        .order_by(AuditEntry.id.desc())
        .limit(TRAIL)
    )
    return [TrailRow(entry.at, entry.action, by or "", entry.details) for entry, by in rows]
