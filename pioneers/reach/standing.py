"""Reads of a standing with the names of what caused it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers.ambassadors.models import Pioneer
from pioneers.companies.models import Person
from pioneers.companies.names import display_name
from pioneers.fans.models import Fan
from pioneers.reach.models import CompanyStanding, Occasion, PersonStanding
from pioneers.reach.rules import Channel

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Standing:
    """Since when and thanks to whom somebody is aware, and in action since when."""

    aware_on: date | None = None
    channel: Channel | None = None
    occasion: str = ""
    fan: str = ""
    pioneer: str = ""
    activated_on: date | None = None


def company_standing(session: AnySession, company_id: int) -> Standing:
    """The standing of a company (not of one that was merged: that has none)."""
    return _standing(session, CompanyStanding, CompanyStanding.company_id == company_id)


def person_standing(session: AnySession, person_id: int) -> Standing:
    """The standing of a person (not of one who was merged: they have none)."""
    return _standing(session, PersonStanding, PersonStanding.person_id == person_id)


def _standing(session: AnySession, model: Any, mine: Any) -> Standing:
    row = session.execute(
        select(model, Occasion.label, Fan.name, Person)
        .select_from(model)
        .outerjoin(Occasion, Occasion.id == model.aware_occasion_id)
        .outerjoin(Fan, Fan.id == model.aware_fan_id)
        .outerjoin(Pioneer, Pioneer.id == model.aware_pioneer_id)
        .outerjoin(Person, Person.id == Pioneer.person_id)
        .where(mine)
    ).one_or_none()
    if row is None:
        return Standing()
    standing, occasion, fan, speaker = row
    return Standing(
        aware_on=standing.aware_day,
        channel=standing.aware_channel,
        occasion=occasion or "",
        fan=fan or "",
        pioneer="" if speaker is None else display_name(speaker),
        activated_on=standing.activated_day,
    )
