"""Noting who is there, in whichever way, and taking it back. No action commits.

Everything that is noted carries a key of the device that noted it: what is sent twice, because the
answer got lost, is done once. Writers of one event wait for each other, in the order programme,
event, registration, so that none wait crosswise.
"""

import enum
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.companies.identity import Claim
from pioneers.companies.names import parse_name
from pioneers.events.attendance import correct_attendance, record_attendance
from pioneers.events.models import Event
from pioneers.events.queries import event_day
from pioneers.events.rules import Present
from pioneers.presence import queries
from pioneers.presence.models import CheckIn, Way
from pioneers.presence.rules import (
    SCREEN_CODE_LENGTH,
    WalkIn,
    believed,
    check_key,
    heads_of,
)
from pioneers.presence.walking_in import register_on_the_spot
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence, Refused
from pioneers.reach.intake import take_in
from pioneers.reach.keeping import lock
from pioneers.reach.rules import VoidReason
from pioneers.registrations.actions import mark_attended, mark_not_attended
from pioneers.registrations.models import Registration, RegistrationState
from pioneers.web.tokens import new_code

AnySession = Session | scoped_session[Session]
SEATED = (RegistrationState.REGISTERED, RegistrationState.OFFERED, RegistrationState.ABSENT)


class Undone(enum.StrEnum):
    """What taking a check-in back came to."""

    GONE = "gone"  # nobody says any more that the person is there
    STILL_IN = "still_in"  # somebody else checked them in as well
    STILL_LISTED = "still_listed"  # a list of the host names them
    UNKNOWN = "unknown"  # there was no such check-in


@dataclass(frozen=True)
class Noted:
    """What noting a presence did. `since` is when they came in, if they were in already."""

    check_in: CheckIn
    registration: Registration | None
    is_new: bool
    since: datetime | None = None


def check_in(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    registration: Registration,
    way: Way,
    at: datetime | None,
    client_key: str,
    by_user_id: int | None,
    guests: int = 0,
) -> Noted:
    """Somebody who is on the list is there: one contact, whatever ways are combined.

    Raises Refused (cancelled, not_yet_held, name_missing, key_shape, guests_range) and
    ContactRefused for an event outside the programme.
    """
    heads_of(guests)
    _take_turn(session, programme, event)
    known = queries.by_key(session, event, check_key(client_key))
    if known is not None:
        return _noted_before(session, known)
    session.refresh(registration, with_for_update=True)
    standing = queries.standing_of(session, registration)
    if way == Way.SELF and standing:
        return Noted(standing[0], registration, is_new=False, since=standing[0].at)
    check = _Check(session, programme, event, registration, by_user_id)
    before = standing[0].state_before if standing else registration.state
    made = check.note(way, at, client_key, before, max(guests, queries.came_along(standing)))
    return Noted(made, registration, True, standing[0].at if standing else None)


def check_in_unregistered(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    draft: WalkIn,
    way: Way,
    at: datetime | None,
    client_key: str,
    by_user_id: int | None,
) -> Noted:
    """Somebody who is not on the list is there: put on it, without a seat, and checked in.

    Whoever turns out to be on the list (by address and name) is checked in as such.
    """
    _take_turn(session, programme, event)
    known = queries.by_key(session, event, check_key(client_key))
    if known is not None:
        return _noted_before(session, known)
    registration, is_made = register_on_the_spot(session, event=event, draft=draft)
    if not is_made:
        return check_in(
            session,
            programme=programme,
            event=event,
            registration=registration,
            way=way,
            at=at,
            client_key=client_key,
            by_user_id=by_user_id,
        )
    check = _Check(session, programme, event, registration, by_user_id)
    return Noted(check.note(way, at, client_key, None, 0), registration, is_new=True)


def undo_check_in(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    client_key: str,
    by_user_id: int | None,
) -> Undone:
    """Take one check-in back; taking it back again says the same.

    The person stays present as long as another check-in stands, or when a host's list, which is a
    source of its own, names them too: that is corrected on the event's list.
    """
    _take_turn(session, programme, event)
    made = queries.by_key(session, event, client_key)
    if made is None:
        return Undone.UNKNOWN
    if made.undone_at is not None:
        return Undone.GONE
    made.undone_at = max(clock.now(), made.recorded_at)
    session.flush()
    person_id = queries.current_person(session, made.person_id) or made.person_id
    result = _void(session, programme, event, person_id, by_user_id)
    if result != Undone.STILL_LISTED:
        _put_back(session, made)
    return result


def count_guests(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    registration: Registration,
    guests: int,
) -> None:
    """How many colleagues without a name came along: heads, never people."""
    heads_of(guests)
    _take_turn(session, programme, event)
    for one in queries.standing_of(session, registration):
        one.guests = guests
    session.flush()


def open_self_check_in(session: AnySession, *, event: Event) -> str:
    """The code of the page where guests check themselves in, made when it is first needed."""
    session.refresh(event, with_for_update=True)
    if event.check_in_code is None:
        event.check_in_code = new_code(SCREEN_CODE_LENGTH)
        session.flush()
    return event.check_in_code


@dataclass(frozen=True)
class _Check:
    """A presence that is going to be noted."""

    session: AnySession
    programme: Programme
    event: Event
    registration: Registration
    by_user_id: int | None

    def note(
        self,
        way: Way,
        at: datetime | None,
        client_key: str,
        before: RegistrationState | None,
        guests: int,
    ) -> CheckIn:
        """Find out who it is, record the presence, and keep how it was noted."""
        person_id, company_id = self._person()
        result = record_attendance(
            self.session,
            programme=self.programme,
            event=self.event,
            present=[Present(person_id, company_id, Evidence.CHECKED_IN)],
            actor_id=self.by_user_id,
        )
        now = clock.now()
        made = CheckIn(
            event_id=self.event.id,
            person_id=person_id,
            way=way,
            at=believed(at, now=now),
            recorded_at=now,
            client_key=client_key,
            registration_id=self.registration.id,
            contact_id=result.contacts.get(person_id),
            by_user_id=self.by_user_id,
            state_before=before,
            guests=guests,
        )
        self.session.add(made)
        self._mark(person_id, company_id)
        return made

    def _person(self) -> tuple[int, int | None]:
        """Who it is: as found out before, else recognised or added."""
        given = self.registration
        known = queries.current_person(self.session, given.person_id)
        if known is not None:
            return known, given.company_id
        (taken,) = take_in(
            self.session,
            programme=self.programme,
            claims=[_claim(given)],
            day=event_day(self.event),
            actor_id=self.by_user_id,
        )
        if taken.person_id is None:
            raise Refused("name_missing", "name")
        return taken.person_id, taken.company_id

    def _mark(self, person_id: int, company_id: int | None) -> None:
        """Who held no seat (waiting, cancelled, walked in) gets none by coming."""
        one = self.registration
        if one.state in SEATED:
            mark_attended(
                self.session, registration=one, person_id=person_id, company_id=company_id
            )
        one.state = RegistrationState.ATTENDED
        one.person_id, one.company_id = person_id, company_id
        self.session.flush()


def _claim(registration: Registration) -> Claim:
    return Claim(
        company_name=registration.company or None,
        kvk_number=registration.kvk_number,
        place=registration.place or None,
        name=parse_name(registration.name),
        email=registration.email,
        phone=registration.phone,
        is_unproven=True,  # anybody may have registered in this name, and a host ticks names
    )


def _take_turn(session: AnySession, programme: Programme, event: Event) -> None:
    """Wait for others who write about this event, and see what they wrote."""
    session.flush()  # what is read anew must not lose what was not written yet
    lock(session, programme)
    session.refresh(event, with_for_update=True)


def _noted_before(session: AnySession, known: CheckIn) -> Noted:
    registration = None
    if known.registration_id is not None:
        registration = session.get(Registration, known.registration_id)
    return Noted(known, registration, is_new=False)


def _void(
    session: AnySession,
    programme: Programme,
    event: Event,
    person_id: int,
    by_user_id: int | None,
) -> Undone:
    """Void the contact, if check-ins alone made it and none of them stands."""
    if queries.is_noted(session, event, person_id):
        return Undone.STILL_IN
    line = queries.line_of(session, event, person_id)
    evidence = queries.evidence_of(session, line)
    if line is None or evidence is None:
        return Undone.GONE
    if evidence != Evidence.CHECKED_IN:
        return Undone.STILL_LISTED
    correct_attendance(
        session,
        programme=programme,
        event=event,
        line=line,
        reason=VoidReason.NOT_PRESENT,
        actor_id=by_user_id,
    )
    return Undone.GONE


def _put_back(session: AnySession, made: CheckIn) -> None:
    """The registration stands as before, unless another check-in of it does."""
    if made.registration_id is None:
        return
    registration = session.get_one(Registration, made.registration_id)
    session.refresh(registration, with_for_update=True)
    was_in = registration.state == RegistrationState.ATTENDED
    if not was_in or queries.standing_of(session, registration):
        return
    if made.state_before in SEATED:
        mark_not_attended(session, registration=registration)
    else:
        registration.state = made.state_before or RegistrationState.CANCELLED
        if registration.state == RegistrationState.CANCELLED:
            registration.cancelled_at = clock.now()
    session.flush()
