"""Registering somebody who stands at the door: after the rest, without a seat."""

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.companies.names import company_key, fold
from pioneers.events.models import Event
from pioneers.presence.consents import NEWS
from pioneers.presence.queries import EXPECTED, with_address
from pioneers.presence.rules import CODE_LENGTH, WalkIn, same_name
from pioneers.programmes.rules import Refused
from pioneers.registrations.models import Registration, RegistrationConsent, RegistrationState
from pioneers.registrations.news import pass_on_wish
from pioneers.web.tokens import new_code, new_nonce

AnySession = Session | scoped_session[Session]


def register_on_the_spot(
    session: AnySession, *, event: Event, draft: WalkIn
) -> tuple[Registration, bool]:
    """The registration of somebody who walks in, and whether it was made now.

    The seats that were counted stay for those who registered: who walks in sits where room is.
    """
    if not draft.name.strip():
        raise Refused("name_missing", "name")
    sharing = with_address(session, event, draft.email) if draft.email else []
    found = next((one for one in sharing if same_name(one.name, draft.name)), None)
    found = found or _namesake(session, event, draft)
    made = found is None
    if found is None:
        found = _walked_in(session, event, draft, sharing)
    _keep_consents(session, found, draft)
    return found, made


def _namesake(session: AnySession, event: Event, draft: WalkIn) -> Registration | None:
    """Without an address: who is on the list under the same name for the same company."""
    if draft.email:
        return None
    query = select(Registration).where(
        Registration.event_id == event.id, Registration.state.in_(EXPECTED)
    )
    for one in session.scalars(query.order_by(Registration.id)):
        same_company = company_key(one.company) == company_key(draft.company)
        if same_company and fold(one.name) == fold(draft.name):
            return one
    return None


def _walked_in(
    session: AnySession, event: Event, draft: WalkIn, sharing: list[Registration]
) -> Registration:
    """A second person of one mailbox hangs on the first: an address registers once."""
    first = next((one for one in sharing if one.lead_id is None), None)
    made = Registration(
        programme_id=event.programme_id,
        event_id=event.id,
        state=RegistrationState.ATTENDED,
        code=_fresh_code(session, event),
        token_nonce=new_nonce(),
        name=draft.name.strip(),
        registered_at=clock.now(),
        company=draft.company.strip(),
        email=draft.email.lower() if draft.email else None,
        kvk_number=draft.kvk_number,
        language=draft.language,
        lead_id=None if first is None else first.id,
    )
    session.add(made)
    session.flush()
    return made


def _fresh_code(session: AnySession, event: Event) -> str:
    while True:
        code = new_code(CODE_LENGTH)
        taken = select(Registration.id).where(
            Registration.event_id == event.id, Registration.code == code
        )
        if session.scalar(taken) is None:
            return code


def _keep_consents(session: AnySession, registration: Registration, draft: WalkIn) -> None:
    """What was agreed to before stays as it was agreed to; what was withdrawn is given anew."""
    query = select(RegistrationConsent).where(
        RegistrationConsent.registration_id == registration.id
    )
    known = {one.purpose: one for one in session.scalars(query)}
    now = clock.now()
    for given in draft.agreed:
        one = known.get(given.purpose)
        if one is None:
            one = RegistrationConsent(
                registration_id=registration.id,
                purpose=given.purpose,
                version=given.version,
                wording=given.wording,
                given_at=now,
            )
            session.add(one)
        elif one.withdrawn_at is not None:
            one.version, one.wording = given.version, given.wording
            one.given_at, one.withdrawn_at = now, None
    session.flush()
    if any(given.purpose == NEWS for given in draft.agreed):
        pass_on_wish(session, registration, is_proven=False)
