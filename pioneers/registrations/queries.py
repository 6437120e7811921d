"""Reads of registrations: by the link of a mail, by the code of a page, or for the host."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.ambassadors.models import Pioneer
from pioneers.companies.models import Person
from pioneers.companies.names import display_name
from pioneers.events.models import Event, Speaker
from pioneers.registrations.models import (
    EventQuestion,
    Registration,
    RegistrationAnswer,
    RegistrationConsent,
    RegistrationState,
)
from pioneers.registrations.rules import NEWS
from pioneers.web import tokens
from pioneers.web.errors import NotFound
from pioneers.web.pagination import SIZE, Page, offset

AnySession = Session | scoped_session[Session]
TOKEN, GUEST = "registration", "guest"  # purposes of tokens
STANDING = (
    RegistrationState.REGISTERED,
    RegistrationState.OFFERED,
    RegistrationState.WAITING,
)
PARTY = func.coalesce(Registration.lead_id, Registration.id)


@dataclass(frozen=True)
class StateCount:
    """How many registrations are in a state: people by name, and chairs with their guests."""

    people: int
    seats: int


def public_event(session: AnySession, code: str) -> Event:
    """The event of a public page; NotFound for a code that none has."""
    if not (len(code) <= 8 and code.isascii() and code.isalnum()):
        raise NotFound
    event = session.scalar(select(Event).where(Event.public_code == code.upper()))
    if event is None:
        raise NotFound
    return event


def get_by_token(
    session: AnySession, token: str, secret: str, *, purpose: str = TOKEN
) -> Registration | None:
    """The registration of a link in a mail, or (purpose GUEST) of a guest's own QR code."""
    found = tokens.record_of(token)
    registration = session.get(Registration, found) if found is not None else None
    if registration is None:
        return None
    nonce = registration.token_nonce
    genuine = tokens.is_genuine(secret, purpose, registration.id, nonce, token)
    return registration if genuine else None


def get_registration(session: AnySession, event: Event, registration_id: int) -> Registration:
    """A registration for this event; NotFound otherwise."""
    found = session.scalar(
        select(Registration).where(
            Registration.id == registration_id, Registration.event_id == event.id
        )
    )
    if found is None:
        raise NotFound
    return found


def get_question(session: AnySession, event: Event, question_id: int) -> EventQuestion:
    """A question of this event; NotFound otherwise."""
    found = session.scalar(
        select(EventQuestion).where(
            EventQuestion.id == question_id, EventQuestion.event_id == event.id
        )
    )
    if found is None:
        raise NotFound
    return found


def of_event(
    session: AnySession, event: Event, states: Iterable[RegistrationState] | None = None
) -> list[Registration]:
    """Who registered, in order of registering; colleagues right after who registered them."""
    query = select(Registration).where(Registration.event_id == event.id)
    if states is not None:
        query = query.where(Registration.state.in_(tuple(states)))
    return list(session.scalars(query.order_by(PARTY, Registration.id)))


def page_of_event(session: AnySession, event: Event, *, page: int) -> Page[Registration]:
    """Fifty of them; who cancelled comes last."""
    of = Registration.event_id == event.id
    total = session.scalar(select(func.count(Registration.id)).where(of)) or 0
    cancelled = Registration.state == RegistrationState.CANCELLED
    waits = Registration.state == RegistrationState.WAITING
    query = select(Registration).where(of).order_by(cancelled, waits, PARTY, Registration.id)
    rows = session.scalars(query.limit(SIZE).offset(offset(page)))
    return Page(list(rows), page, SIZE, total)


def party_of(session: AnySession, lead: Registration) -> list[Registration]:
    """Who registered and the named colleagues that (still) come along, in order."""
    query = select(Registration).where(
        (Registration.id == lead.id)
        | ((Registration.lead_id == lead.id) & (Registration.state != RegistrationState.CANCELLED))
    )
    found = session.scalars(
        query.order_by(Registration.id).execution_options(populate_existing=True)
    )
    return list(found)


def counts(session: AnySession, event: Event) -> dict[RegistrationState, StateCount]:
    """For each state its people and seats; a state without anybody has zeros."""
    rows = session.execute(
        select(
            Registration.state,
            func.count(Registration.id),
            func.sum(1 + Registration.guests),
        )
        .where(Registration.event_id == event.id)
        .group_by(Registration.state)
    )
    found = {state: StateCount(people, int(seats)) for state, people, seats in rows}
    return {state: found.get(state, StateCount(0, 0)) for state in RegistrationState}


def waiting_parties(session: AnySession, event: Event) -> list[tuple[int, int]]:
    """Who waits, in order: the id of who registered, and how many people they are."""
    rows = session.execute(
        select(PARTY.label("party"), func.sum(1 + Registration.guests))
        .where(Registration.event_id == event.id, Registration.state == RegistrationState.WAITING)
        .group_by(PARTY)
        .order_by(PARTY)
    )
    return [(int(party), int(people)) for party, people in rows]


def somebody_waits(session: AnySession, event: Event) -> bool:
    """Whether somebody came before who comes now; a party larger than the room does not count."""
    people = func.sum(1 + Registration.guests)
    query = (
        select(PARTY)
        .where(Registration.event_id == event.id, Registration.state == RegistrationState.WAITING)
        .group_by(PARTY)
        .limit(1)
    )
    if event.capacity is not None:
        query = query.having(people <= event.capacity)
    return session.scalar(query) is not None


def by_email(session: AnySession, event: Event, email: str) -> Registration | None:
    """Who registered with this address and did not cancel."""
    return session.scalar(
        select(Registration).where(
            Registration.event_id == event.id,
            Registration.email == email,
            Registration.lead_id.is_(None),
            Registration.state != RegistrationState.CANCELLED,
        )
    )


def questions_of(session: AnySession, event: Event) -> list[EventQuestion]:
    """The event's questions, in order."""
    query = select(EventQuestion).where(EventQuestion.event_id == event.id)
    return list(session.scalars(query.order_by(EventQuestion.position)))


def answers_of(session: AnySession, ids: Sequence[int]) -> dict[int, dict[int, str]]:
    """For each registration its answers by question."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = session.scalars(
        select(RegistrationAnswer).where(RegistrationAnswer.registration_id.in_(ids))
    )
    for row in rows:
        found[row.registration_id][row.question_id] = row.answer
    return found


def consents_of(session: AnySession, ids: Sequence[int]) -> dict[int, set[str]]:
    """For each registration the purposes that somebody agreed to and did not withdraw."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = session.execute(
        select(RegistrationConsent.registration_id, RegistrationConsent.purpose).where(
            RegistrationConsent.registration_id.in_(ids), RegistrationConsent.withdrawn_at.is_(None)
        )
    )
    for registration_id, purpose in rows:
        found[registration_id].add(purpose)
    return found


def wants_news(session: AnySession, registration: Registration) -> bool:
    """Whether they asked for news and did not withdraw that."""
    return NEWS in consents_of(session, [registration.id])[registration.id]


def speaker_names(session: AnySession, event: Event) -> list[str]:
    """The pioneers who speak, in order."""
    people = session.scalars(
        select(Person)
        .join(Pioneer, Pioneer.person_id == Person.id)
        .join(Speaker, Speaker.pioneer_id == Pioneer.id)
        .where(Speaker.event_id == event.id)
        .order_by(Speaker.position)
    )
    return [name for name in map(display_name, people) if name]


def has_attended(session: AnySession, event: Event) -> bool:
    """Whether presence was kept: somebody who registered is known to have been there."""
    attended = Registration.state == RegistrationState.ATTENDED
    return bool(session.scalar(select(exists().where(Registration.event_id == event.id, attended))))
