"""A programme with facts enough to be broken down."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.companies.models import Company, Person
from pioneers.events.models import Event
from pioneers.fans.models import Fan
from pioneers.programmes.models import ActivationKind, Programme
from pioneers.programmes.rules import Evidence, Indicator
from pioneers.programmes.targets import set_target
from pioneers.reach.actions import record_contacts, record_headcount
from pioneers.reach.activations import propose_activation, verify_activation
from pioneers.reach.models import Occasion
from pioneers.reach.rules import Channel, NewContact
from tests.factories import (
    Personas,
    make_company,
    make_event,
    make_fan,
    make_person,
    make_pioneer,
)


@dataclass
class Filled:
    """What the fixture made: five people of four companies at two events, one in action."""

    programme: Programme
    personas: Personas
    companies: list[Company]
    people: list[Person]
    events: list[Event]
    fan: Fan
    pioneer: Pioneer


def night(day: date) -> datetime:
    """A moment on the evening of a day."""
    return datetime(day.year, day.month, day.day, 21, tzinfo=UTC)


def attend(session: Session, filled: Filled, event: Event, people: list[Person]) -> None:
    """Put people on the list of an event, each for their own company."""
    occasion = session.get_one(Occasion, event.occasion_id)
    place = {person.id: filled.companies[min(i, 3)] for i, person in enumerate(filled.people)}
    contacts = [
        NewContact(
            day=occasion.day,
            channel=Channel.EVENT,
            evidence=Evidence.LISTED,
            person_id=person.id,
            company_id=place[person.id].id,
            occasion_id=occasion.id,
            fan_id=occasion.fan_id,
            pioneer_id=occasion.pioneer_id,
        )
        for person in people
    ]
    record_contacts(session, programme=filled.programme, contacts=contacts, actor_id=None)


def make_filled(session: Session, programme: Programme, personas: Personas) -> Filled:
    """Two evenings: 11 May 2017 with three people and 2 March 2018 with four, of whom two anew."""
    with clock.at(night(date(2016, 1, 2))):
        fan = make_fan(session, programme, name="Ondernemend Salland")
        pioneer = make_pioneer(session, programme)
        places = ("GM0150", "GM0150", "GM0193", None)
        companies = [
            make_company(session, programme, municipality_code=code, sector="C", employees=size)
            for code, size in zip(places, (20, 3, None, 60), strict=True)
        ]
        people = [make_person(session, programme, companies[min(i, 3)]) for i in range(5)]
        for value, day in ((2, date(2017, 12, 31)), (4, date(2019, 12, 31))):
            set_target(
                session,
                programme=programme,
                indicator=Indicator.AWARE,
                value=value,
                due_on=day,
                actor_id=None,
                is_final=day.year == 2019,
            )
    days = (date(2017, 5, 11), date(2018, 3, 2))
    events = [
        make_event(session, programme, day=day, fan_id=fan.id, pioneers=[pioneer]) for day in days
    ]
    filled = Filled(programme, personas, companies, people, events, fan, pioneer)
    for event, day, present in zip(events, days, ([0, 1, 2], [0, 1, 3, 4]), strict=True):
        with clock.at(night(day)):
            attend(session, filled, event, [people[i] for i in present])
            occasion = session.get_one(Occasion, event.occasion_id)
            record_headcount(
                session, programme=programme, occasion=occasion, heads=10, actor_id=None
            )
    act(session, filled)
    session.flush()
    return filled


def act(session: Session, filled: Filled) -> None:
    """The first company takes action in June 2018; a second one waits for verification."""
    kind = session.query(ActivationKind).filter_by(programme_id=filled.programme.id).first()
    assert kind is not None
    with clock.at(night(date(2018, 6, 1))):
        for company in filled.companies[:2]:
            activation = propose_activation(
                session,
                programme=filled.programme,
                company_id=company.id,
                kind_id=kind.id,
                day=date(2018, 6, 1),
                proof="Plan gezien",
                actor_id=filled.personas.administrator.id,
            )
            if company is filled.companies[0]:
                verify_activation(
                    session,
                    programme=filled.programme,
                    activation=activation,
                    actor_id=filled.personas.leader.id,
                )


@pytest.fixture
def filled(session: Session, programme: Programme, personas: Personas) -> Filled:
    """The programme, filled."""
    return make_filled(session, programme, personas)
