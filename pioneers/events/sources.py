"""Whose word a presence rests on: somebody who was there, beside the lists of hosts.

A second list is no second source, since lists are copied. A speaker who names whom they spoke with
is one. Features above say of whom that was told; a list that has the same person confirms it, and
what was told can be taken back.
"""

from collections.abc import Callable, Collection

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session, scoped_session

from pioneers.companies.models import Person
from pioneers.events.models import Attendance, Event, Presence
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import EVIDENCE_RANK, Evidence
from pioneers.reach.actions import record_contacts, void_contacts
from pioneers.reach.models import Contact
from pioneers.reach.rules import NewContact, VoidReason

AnySession = Session | scoped_session[Session]
Finder = Callable[[AnySession, Event, Collection[int]], Collection[int]]
_FINDERS: list[Finder] = []


def register_source(finder: Finder) -> None:
    """Let `finder` answer which of these people were named by somebody who was there."""
    _FINDERS.append(finder)


def named_by_others(session: AnySession, event: Event, ids: Collection[int]) -> set[int]:
    """Who of these was named by somebody who was there."""
    return {one for finder in _FINDERS for one in finder(session, event, ids)} if ids else set()


def standing_contact(session: AnySession, event: Event, person_id: int) -> Contact | None:
    """The contact by which somebody (under any id they had) was at an event, if it counts."""
    return session.scalar(
        select(Contact)
        .where(
            Contact.occasion_id == event.occasion_id,
            _is_person(session, person_id),
            Contact.voided_at.is_(None),
        )
        .order_by(Contact.id)
        .limit(1)
    )


def _is_person(session: AnySession, person_id: int) -> ColumnElement[bool]:
    known = session.scalar(select(Person.merged_into_id).where(Person.id == person_id)) or person_id
    joined = select(Person.id).where(Person.merged_into_id == known)
    return or_(Contact.person_id == known, Contact.person_id.in_(joined))


def is_missed(session: AnySession, event: Event, person_id: int) -> bool:
    """Whether the event's list says that somebody was not there."""
    presence = session.scalar(
        select(Attendance.presence).where(
            Attendance.event_id == event.id, Attendance.person_id == person_id
        )
    )
    return presence == Presence.ABSENT


def take_word_back(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    contact_id: int,
    actor_id: int | None,
) -> None:
    """Somebody's presence no longer rests on the word by which `contact_id` was recorded.

    Who was known by that word alone leaves the list. Where others told it too, the evidence falls
    to what it was without a second source.
    """
    given = session.get_one(Contact, contact_id)
    if given.person_id is None:
        return
    standing = standing_contact(session, event, given.person_id)
    if standing is None:
        return
    if standing.evidence == Evidence.CONFIRMED:
        _fall(session, programme, standing, _evidence_before(session, standing), actor_id)
    elif given.evidence != Evidence.CONFIRMED:  # nobody confirmed it: that word is all there is
        session.execute(delete(Attendance).where(Attendance.contact_id == standing.id))
        _void(session, programme, standing, VoidReason.NOT_PRESENT, actor_id)


def _evidence_before(session: AnySession, confirmed: Contact) -> Evidence:
    """The strongest evidence that was recorded before it rose; a name on a list at least."""
    replaced = session.scalars(
        select(Contact.evidence).where(
            Contact.occasion_id == confirmed.occasion_id,
            Contact.person_id == confirmed.person_id,
            Contact.void_reason == VoidReason.REPLACED,
            Contact.evidence != Evidence.CONFIRMED,
        )
    )
    return max(replaced, key=lambda one: EVIDENCE_RANK[one], default=Evidence.LISTED)


def _void(
    session: AnySession,
    programme: Programme,
    contact: Contact,
    reason: VoidReason,
    actor_id: int | None,
) -> None:
    void_contacts(
        session,
        programme=programme,
        contact_ids=[contact.id],
        reason=reason,
        actor_id=actor_id,
    )


def _fall(
    session: AnySession,
    programme: Programme,
    standing: Contact,
    evidence: Evidence,
    actor_id: int | None,
) -> None:
    anew = NewContact(
        day=standing.day,
        channel=standing.channel,
        evidence=evidence,
        person_id=standing.person_id,
        company_id=standing.company_id,
        occasion_id=standing.occasion_id,
        fan_id=standing.fan_id,
        pioneer_id=standing.pioneer_id,
    )
    old = standing.id
    _void(session, programme, standing, VoidReason.REPLACED, actor_id)
    (new,) = record_contacts(session, programme=programme, contacts=[anew], actor_id=actor_id)
    session.execute(update(Attendance).where(Attendance.contact_id == old).values(contact_id=new))
