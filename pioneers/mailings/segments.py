"""Which subscribers a mailing goes to. The same statement counts, lists and fixes them.

Only who confirmed is in it. Somebody who is known under two addresses is in it once, with the one
that was confirmed last. Who chose themes gets mailings of these, and general ones.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, scoped_session

from pioneers.ambassadors.models import Pioneer
from pioneers.companies.models import CompanyProfile, Employment, Person
from pioneers.events.models import Attendance, Presence
from pioneers.fans.models import Fan, FanContact
from pioneers.mailings.rules import Acted, Part, Segment
from pioneers.reach.models import CompanyStanding, PersonStanding
from pioneers.subscriptions.models import Subscription, SubscriptionState

AnySession = Session | scoped_session[Session]


def _who() -> ColumnElement[int | None]:
    """The person behind a subscription, merged ones as who they turned out to be."""
    same, linked = aliased(Person), aliased(Person)
    by_address = (
        select(func.min(func.coalesce(same.merged_into_id, same.id)))
        .where(
            same.programme_id == Subscription.programme_id,
            same.email == Subscription.email,
            same.erased_at.is_(None),
        )
        .correlate(Subscription)
        .scalar_subquery()
    )
    by_link = (
        select(func.coalesce(linked.merged_into_id, linked.id))
        .where(linked.id == Subscription.person_id)
        .correlate(Subscription)
        .scalar_subquery()
    )
    return func.coalesce(by_link, by_address)


def readers(programme_id: int, segment: Segment, theme: str) -> Select[Any]:
    """The ids of the subscriptions, in order."""
    inner = (
        select(
            Subscription.id,
            Subscription.email,
            Subscription.confirmed_at,
            _who().label("who"),
        )
        .where(
            Subscription.programme_id == programme_id,
            Subscription.state == SubscriptionState.CONFIRMED,
        )
        .where(*_about(theme))
        .subquery("subscribed")
    )
    narrowed = select(
        inner.c.id,
        func.row_number()
        .over(
            # who is not known is nobody but themselves
            partition_by=(inner.c.who, case((inner.c.who.is_(None), inner.c.id), else_=0)),
            order_by=(inner.c.confirmed_at.desc(), inner.c.id.desc()),
        )
        .label("place"),
    ).where(*_conditions(programme_id, segment, inner.c.who, inner.c.email))
    ranked = narrowed.subquery("ranked")
    return select(ranked.c.id).where(ranked.c.place == 1).order_by(ranked.c.id)


def count_readers(session: AnySession, programme_id: int, segment: Segment, theme: str) -> int:
    """How many people that is now."""
    found = readers(programme_id, segment, theme).order_by(None).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0


def _about(theme: str) -> list[ColumnElement[bool]]:
    if not theme:
        return []
    chosen = "," + Subscription.themes + ","
    return [or_(Subscription.themes == "", chosen.contains(f",{theme},", autoescape=True))]


def _conditions(
    programme_id: int, segment: Segment, who: ColumnElement[Any], email: ColumnElement[Any]
) -> list[ColumnElement[bool]]:
    found = _of_company(segment, who)
    if segment.event:
        person = aliased(Person)
        found.append(
            exists()
            .where(
                Attendance.event_id == int(segment.event),
                Attendance.presence == Presence.ATTENDED,
                Attendance.person_id == person.id,
                or_(person.id == who, person.merged_into_id == who),
            )
            .correlate_except(Attendance, person)
        )
    if segment.acted:
        acted = _acted(programme_id, who)
        found.append(acted if segment.acted == Acted.DID else ~acted)
    if segment.part:
        found.append(_of_part(programme_id, segment.part, who, email))
    return found


def _of_company(segment: Segment, who: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    """What the company is where they work now, as it is known now."""
    asked = {
        CompanyProfile.municipality_code: segment.municipality,
        CompanyProfile.sector: segment.sector,
        CompanyProfile.size_class: segment.size,
    }
    wanted = [column == value for column, value in asked.items() if value]
    if not wanted:
        return []
    person = aliased(Person)
    return [
        exists()
        .where(
            or_(person.id == who, person.merged_into_id == who),
            Employment.person_id == person.id,
            Employment.to_day.is_(None),
            CompanyProfile.company_id == Employment.company_id,
            CompanyProfile.known_to.is_(None),
            *wanted,
        )
        .correlate_except(person, Employment, CompanyProfile)
    ]


def _acted(programme_id: int, who: ColumnElement[Any]) -> ColumnElement[bool]:
    """They, or the company where they work now, came into action."""
    person, other = aliased(Person), aliased(Person)
    by_company = exists().where(
        or_(person.id == who, person.merged_into_id == who),
        Employment.person_id == person.id,
        Employment.to_day.is_(None),
        CompanyProfile.company_id == Employment.company_id,
        CompanyProfile.known_to.is_(None),
        CompanyStanding.company_id == CompanyProfile.canonical_id,
        CompanyStanding.programme_id == programme_id,
        CompanyStanding.activated_day.is_not(None),
    )
    by_person = exists().where(
        or_(other.id == who, other.merged_into_id == who),
        PersonStanding.person_id == other.id,
        PersonStanding.activated_day.is_not(None),
    )
    return or_(
        by_company.correlate_except(person, Employment, CompanyProfile, CompanyStanding),
        by_person.correlate_except(other, PersonStanding),
    )


def _of_part(
    programme_id: int, part: str, who: ColumnElement[Any], email: ColumnElement[Any]
) -> ColumnElement[bool]:
    person = aliased(Person)
    pioneer = (
        exists()
        .where(
            Pioneer.programme_id == programme_id,
            Pioneer.ended_on.is_(None),
            Pioneer.person_id == person.id,
            or_(person.id == who, person.merged_into_id == who),
        )
        .correlate_except(Pioneer, person)
    )
    fan = (
        exists()
        .where(
            Fan.programme_id == programme_id,
            Fan.is_active,
            FanContact.fan_id == Fan.id,
            FanContact.ended_at.is_(None),
            func.lower(FanContact.email) == email,
        )
        .correlate_except(Fan, FanContact)
    )
    if part == Part.NEITHER:
        return and_(~pioneer, ~fan)
    return pioneer if part == Part.PIONEER else fan
