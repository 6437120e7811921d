"""Registering, changing, cancelling, confirming, and having been there. None commits.

Every write on seats locks the event first (see seating). Who registers first keeps the place.
"""

from collections.abc import Mapping

from sqlalchemy import delete, update
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.events.models import Event
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.registrations import emails, queries, rules
from pioneers.registrations.correcting import correct
from pioneers.registrations.marking import mark_attended, mark_not_attended
from pioneers.registrations.models import (
    HOLDS_SEATS,
    Registration,
    RegistrationAnswer,
    RegistrationConsent,
    RegistrationState,
)
from pioneers.registrations.news import pass_on_stop, pass_on_wish
from pioneers.registrations.noting import note
from pioneers.registrations.rules import PartyDraft, RegistrationDraft
from pioneers.registrations.seating import count_seats, expire_offers, lock, move, promote
from pioneers.registrations.telling import tell_cancelled, tell_moved
from pioneers.web import tokens

AnySession = Session | scoped_session[Session]

__all__ = [
    "AlreadyRegistered",
    "cancel_registration",
    "change_registration",
    "confirm_offer",
    "expire_offers",
    "mark_attended",
    "mark_not_attended",
    "promote",
    "register",
    "remind_of_link",
    "tell_cancelled",
    "tell_moved",
]


class AlreadyRegistered(Refused):
    """This address is registered for this event; whoever asks is not told what stands there."""

    def __init__(self, registration: Registration) -> None:
        super().__init__("registered_already", "email")
        self.registration = registration


def register(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    draft: RegistrationDraft,
    by_host: bool = False,
    actor_id: int | None = None,
) -> list[Registration]:
    """Register a party, as a whole with seats or as a whole on the waiting list.

    Answers who registered first, then the named colleagues. Raises AlreadyRegistered, and Refused:
    event_hidden, event_begun, event_past, event_cancelled, name_missing, party_too_large,
    party_above_capacity, answer_missing, answer_unknown.
    """
    lock(session, event)
    rules.check_open(event, clock.now(), by_host=by_host)
    rules.check_names(draft)
    rules.check_party(draft.people, capacity=event.capacity)
    if not by_host:  # a host need not know what somebody eats
        rules.check_answers(queries.questions_of(session, event), draft.answers)
    known = queries.by_email(session, event, draft.email.lower()) if draft.email else None
    if known is not None:
        raise AlreadyRegistered(known)
    seated = rules.gets_seats(
        draft.people,
        capacity=event.capacity,
        taken=event.seats_taken,
        somebody_waits=queries.somebody_waits(session, event),
    )
    state = RegistrationState.REGISTERED if seated else RegistrationState.WAITING
    party = _party(session, event, draft, state)
    _answer(session, party[0], draft.answers)
    for purpose in draft.consents:
        _consent(session, party[0], purpose)
    pass_on_wish(session, party[0], is_proven=False)
    count_seats(session, event)
    (emails.confirmed if seated else emails.waiting)(session, programme, event, party[0])
    if by_host:
        note(session, event, "registration.added", actor_id, people=draft.people)
    return party


def _party(
    session: AnySession, event: Event, draft: RegistrationDraft, state: RegistrationState
) -> list[Registration]:
    lead = Registration(
        programme_id=event.programme_id,
        event_id=event.id,
        state=state,
        code=tokens.new_code(8),
        token_nonce=tokens.new_nonce(),
        name=draft.name,
        registered_at=clock.now(),
        company=draft.company,
        email=draft.email.lower() if draft.email else None,
        phone=draft.phone,
        kvk_number=draft.kvk_number,
        place=draft.place,
        language=draft.language,
        guests=draft.guests,
    )
    session.add(lead)
    session.flush()  # its id is the smallest of the party, and its place in the line
    colleagues = [_colleague(lead, one.name, one.email) for one in draft.colleagues]
    session.add_all(colleagues)
    session.flush()
    return [lead, *colleagues]


def _colleague(lead: Registration, name: str, email: str | None = None) -> Registration:
    """Somebody of the same company, in the same state."""
    return Registration(
        programme_id=lead.programme_id,
        event_id=lead.event_id,
        state=lead.state,
        code=tokens.new_code(8),
        token_nonce=tokens.new_nonce(),
        name=name,
        registered_at=clock.now(),
        company=lead.company,
        email=email.lower() if email else None,
        kvk_number=lead.kvk_number,
        place=lead.place,
        language=lead.language,
        lead_id=lead.id,
        offered_until=lead.offered_until,
    )


def _answer(session: AnySession, lead: Registration, answers: Mapping[int, str]) -> None:
    session.execute(delete(RegistrationAnswer).where(RegistrationAnswer.registration_id == lead.id))
    session.add_all(
        RegistrationAnswer(registration_id=lead.id, question_id=question_id, answer=answer)
        for question_id, answer in answers.items()
        if answer
    )
    session.flush()


def _consent(session: AnySession, lead: Registration, purpose: str) -> None:
    """Keep what they agreed to, word for word in the language in which they read it."""
    text = rules.CONSENTS[purpose]
    session.execute(
        delete(RegistrationConsent).where(
            RegistrationConsent.registration_id == lead.id,
            RegistrationConsent.purpose == purpose,
        )
    )
    session.add(
        RegistrationConsent(
            registration_id=lead.id,
            purpose=purpose,
            version=text.version,
            wording=text.words(lead.language),
            given_at=clock.now(),
        )
    )
    session.flush()


def remind_of_link(
    session: AnySession, *, programme: Programme, event: Event, registration: Registration
) -> None:
    """Mail the link to somebody who registered before."""
    emails.again(session, programme, event, registration)


def change_registration(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    registration: Registration,
    draft: PartyDraft,
) -> None:
    """Change who registered, the party, phone number, answers and news; their place stays.

    A party with seats grows only into free ones that nobody waits for. Whoever of it is in the
    room already stays as they came in. Raises Refused: no_room, not_standing, company_missing,
    colleague_inside, and as `register`.
    """
    lock(session, event)
    session.refresh(registration)
    rules.check_open(event, clock.now(), by_host=True)
    if registration.state not in queries.STANDING:
        raise Refused("not_standing")
    rules.check_party(draft.people, capacity=event.capacity)
    rules.check_answers(queries.questions_of(session, event), draft.answers)
    party = queries.party_of(session, registration)
    grows = draft.people - sum(one.seats for one in party)
    if grows > 0 and registration.state in HOLDS_SEATS:
        room = rules.gets_seats(
            grows,
            capacity=event.capacity,
            taken=event.seats_taken,
            somebody_waits=queries.somebody_waits(session, event),
        )
        if not room:
            raise Refused("no_room", "people")
    correct(session, event, party, draft)
    _rename(session, registration, party[1:], draft.colleagues)
    registration.guests, registration.phone = draft.guests, draft.phone
    registration.changed_at = clock.now()
    _answer(session, registration, draft.answers)
    _set_news(session, registration, draft.news)
    count_seats(session, event)
    promote(session, programme=programme, event=event)


def _rename(
    session: AnySession,
    lead: Registration,
    standing: list[Registration],
    names: tuple[str, ...],
) -> None:
    """Colleagues keep their code when they are renamed; new ones are added, others cancelled."""
    now = clock.now()
    for place, one in enumerate(standing):
        name = names[place] if place < len(names) else ""
        if one.state == RegistrationState.ATTENDED:
            if name != one.name:
                raise Refused("colleague_inside", f"colleague_{place + 1}", name=one.name)
        elif name:
            one.name = name
        else:
            one.state, one.offered_until = RegistrationState.CANCELLED, None
            one.cancelled_at = one.changed_at = now
    session.add_all(_colleague(lead, name) for name in names[len(standing) :] if name)
    session.flush()


def _set_news(session: AnySession, lead: Registration, wanted: bool) -> None:
    has = queries.wants_news(session, lead)
    if wanted and not has:
        _consent(session, lead, rules.NEWS)
        pass_on_wish(session, lead, is_proven=True)
    elif has and not wanted:
        session.execute(
            update(RegistrationConsent)
            .where(
                RegistrationConsent.registration_id == lead.id,
                RegistrationConsent.purpose == rules.NEWS,
            )
            .values(withdrawn_at=clock.now())
        )
        pass_on_stop(session, lead)


def cancel_registration(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    registration: Registration,
    by: int | None = None,
) -> bool:
    """Cancel a party (or one colleague of it); free seats go to who waits. False when it was
    cancelled already. `by` is the host's user, None for the person.

    Raises Refused: has_attended.
    """
    lock(session, event)
    session.refresh(registration)
    if registration.state == RegistrationState.CANCELLED:
        return False
    party = queries.party_of(session, registration)
    if any(one.state == RegistrationState.ATTENDED for one in party):
        raise Refused("has_attended")
    had_seat = registration.state in HOLDS_SEATS and registration.offered_until is None
    people = sum(one.seats for one in party)
    move(session, registration, RegistrationState.CANCELLED)
    count_seats(session, event)
    if registration.lead_id is None:
        emails.cancelled(session, programme, event, registration, had_seat=had_seat)
    if by is not None:
        note(session, event, "registration.cancelled", by, people=people)
    promote(session, programme=programme, event=event)
    return True


def confirm_offer(
    session: AnySession, *, programme: Programme, event: Event, registration: Registration
) -> bool:
    """Take the seat that was offered; False when it was confirmed already.

    Raises Refused: offer_lapsed, event_begun, event_past, event_cancelled.
    """
    lock(session, event)
    session.refresh(registration)
    rules.check_open(event, clock.now(), by_host=True)
    if registration.state == RegistrationState.REGISTERED:
        return False
    until = registration.offered_until
    if until is None or until <= clock.now():
        raise Refused("offer_lapsed")
    move(session, registration, RegistrationState.REGISTERED)
    emails.confirmed(session, programme, event, registration)
    return True
