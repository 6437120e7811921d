"""Whom a pioneer says they spoke with: in a conversation, or at the event at which they spoke.

At an event that is a source of its own beside the host's list: where both name somebody, that
presence is confirmed. It says nothing of anybody else in the room. None of this commits.
"""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.companies.identity import Claim, Taken
from pioneers.companies.models import Person
from pioneers.companies.names import parse_name
from pioneers.contributions.counting import STANDS
from pioneers.contributions.models import Contribution
from pioneers.contributions.rules import Named, evidence_of
from pioneers.events.attendance import record_attendance
from pioneers.events.models import Event
from pioneers.events.rules import Present
from pioneers.events.sources import is_missed, standing_contact, take_word_back
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence
from pioneers.reach.actions import record_contacts, void_contacts
from pioneers.reach.intake import take_in
from pioneers.reach.models import Contact
from pioneers.reach.rules import Channel, NewContact, VoidReason

AnySession = Session | scoped_session[Session]


def meet(
    session: AnySession,
    *,
    programme: Programme,
    event: Event | None,
    contribution: Contribution,
    named: Named,
    actor_id: int | None,
) -> int | None:
    """Record that the pioneer spoke with somebody; the contact that rests on it, if any does.

    Who was not there by the host's list was met by the pioneer, but not at the event.
    """
    claim = Claim(company_name=named.company, name=parse_name(named.name), email=named.email)
    (taken,) = take_in(
        session, programme=programme, claims=[claim], day=contribution.day, actor_id=actor_id
    )
    if taken.person_id is None:
        return None
    if event is None or is_missed(session, event, taken.person_id):
        return _converse(session, programme, contribution, taken, actor_id)
    standing = standing_contact(session, event, taken.person_id)
    evidence = evidence_of(None if standing is None else standing.evidence)
    result = record_attendance(
        session,
        programme=programme,
        event=event,
        present=[Present(taken.person_id, taken.company_id, evidence)],
        actor_id=actor_id,
    )
    return result.contacts.get(taken.person_id)


def _converse(
    session: AnySession,
    programme: Programme,
    contribution: Contribution,
    taken: Taken,
    actor_id: int | None,
) -> int:
    contact = NewContact(
        day=contribution.day,
        channel=Channel.CONVERSATION,
        evidence=evidence_of(None),
        person_id=taken.person_id,
        company_id=taken.company_id,
        pioneer_id=contribution.pioneer_id,
    )
    return record_contacts(session, programme=programme, contacts=[contact], actor_id=actor_id)[0]


def take_back(
    session: AnySession,
    programme: Programme,
    event: Event | None,
    contribution: Contribution,
    actor_id: int | None,
) -> None:
    """The pioneer no longer says so: what rests on it alone does not count, and what it confirmed
    is as it was."""
    if contribution.contact_id is None:
        return
    contact = session.get_one(Contact, contribution.contact_id)
    if event is not None and contact.occasion_id == event.occasion_id:
        take_word_back(
            session,
            programme=programme,
            event=event,
            contact_id=contact.id,
            actor_id=actor_id,
        )
        return
    void_contacts(
        session,
        programme=programme,
        contact_ids=[contact.id],
        reason=VoidReason.NOT_PRESENT,
        actor_id=actor_id,
    )


def named_at(session: AnySession, event: Event, ids: Collection[int]) -> set[int]:
    """Who of these was named by a pioneer who spoke at the event."""
    whole = func.coalesce(Person.merged_into_id, Person.id)
    found = session.scalars(
        select(whole)
        .select_from(Contribution)
        .join(Contact, Contact.id == Contribution.contact_id)
        .join(Person, Person.id == Contact.person_id)
        .where(
            Contribution.event_id == event.id,
            STANDS,
            Contact.occasion_id == event.occasion_id,
            whole.in_(ids),
        )
    )
    return set(found)


def standing_of(session: AnySession, contribution: Contribution) -> Contact | None:
    """The contact that tells of whom the pioneer named, as it stands now."""
    if contribution.contact_id is None:
        return None
    given = session.get_one(Contact, contribution.contact_id)
    if given.voided_at is None or given.person_id is None or contribution.event_id is None:
        return given if given.voided_at is None else None
    event = session.get_one(Event, contribution.event_id)
    return standing_contact(session, event, given.person_id)


def pioneers_who_named(session: AnySession, contact_ids: Collection[int]) -> dict[int, list[int]]:
    """Of each of these contacts at an event, the pioneers who named that person there."""
    mine = select(Contact.occasion_id, Contact.person_id, Contact.id).where(
        Contact.id.in_(contact_ids), Contact.evidence == Evidence.CONFIRMED
    )
    asked = mine.subquery()
    rows = session.execute(
        select(asked.c.id, Contribution.pioneer_id)
        .join(Contact, Contact.occasion_id == asked.c.occasion_id)
        .join(Contribution, Contribution.contact_id == Contact.id)
        .where(Contact.person_id == asked.c.person_id, STANDS)
        .order_by(Contribution.logged_at, Contribution.id)
    )
    found: dict[int, list[int]] = {}
    for contact_id, pioneer_id in rows:
        found.setdefault(contact_id, []).append(pioneer_id)
    return found
