"""Somebody leaves details through a card. No action commits."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.cards.emails import mail_confirm_news
from pioneers.cards.models import Lead, LeadConsent, LeadKind
from pioneers.cards.news import pass_on_stop, pass_on_wish
from pioneers.cards.resolving import Place
from pioneers.cards.wishes import (
    DETAILS,
    NEWS,
    VERSION,
    LeadDraft,
    check_lead,
    text_of,
    wording,
)
from pioneers.companies.identity import Claim
from pioneers.companies.names import parse_name
from pioneers.events.models import Event
from pioneers.events.queries import speaker_ids
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence
from pioneers.questions.actions import take_question
from pioneers.questions.models import AskedBy
from pioneers.questions.rules import NewQuestion
from pioneers.reach.actions import ContactRefused, check_day, record_contacts
from pioneers.reach.intake import take_in
from pioneers.reach.rules import Channel, NewContact
from pioneers.web.tokens import new_nonce

AnySession = Session | scoped_session[Session]


def leave_details(
    session: AnySession,
    *,
    programme: Programme,
    place: Place,
    draft: LeadDraft,
    may_mail: bool = True,
) -> Lead:
    """Recognise or add who it is, record the contact, and pass on what they ask.

    The contact is thanks to the owner of the card, wherever it leads by now. Raises Refused as
    `wishes.check_lead` does. Without `may_mail` everything is kept and no mail is sent: the address
    has had many already, and may be somebody else's.
    """
    check_lead(draft)
    lead = Lead(card_id=place.card_id, kind=draft.kind, at=clock.now(), came=draft.came)
    thanks = _thanks(session, place)
    if draft.kind == LeadKind.NEWS:
        _met(session, programme, draft, lead, thanks)
    else:
        _asked(session, programme, draft, lead, thanks, place, may_mail=may_mail)
    session.add(lead)
    session.flush()
    _agree(session, programme, lead, DETAILS, draft)
    if draft.kind == LeadKind.NEWS:
        consent = _agree(session, programme, lead, NEWS, draft)
        if may_mail:
            mail_confirm_news(session, programme, consent, draft.language)
    return lead


def _thanks(session: AnySession, place: Place) -> tuple[int | None, int | None]:
    """The pioneer and the fan that a contact by this card is thanks to."""
    if place.event_id is None:
        return place.pioneer_id, place.fan_id
    event = session.get_one(Event, place.event_id)
    speakers = speaker_ids(session, event)
    return (speakers[0] if speakers else None), event.fan_id


def _asked(
    session: AnySession,
    programme: Programme,
    draft: LeadDraft,
    lead: Lead,
    thanks: tuple[int | None, int | None],
    place: Place,
    *,
    may_mail: bool,
) -> None:
    taken = take_question(
        session,
        programme=programme,
        new=NewQuestion(
            asked_by=AskedBy.CARD,
            text=text_of(draft),
            name=draft.name.strip(),
            company=draft.company.strip(),
            email=draft.email,
            phone=draft.phone,
            language=draft.language,
            wants_call=draft.kind == LeadKind.CALL,
            pioneer_id=thanks[0],
            fan_id=thanks[1],
            event_id=place.event_id,
            consent_version=VERSION,
            consent_wording=wording(DETAILS, draft.language, programme.name),
        ),
        channel=Channel.CARD,
        pioneer_id=thanks[0],
        fan_id=thanks[1],
        may_mail=may_mail,
    )
    lead.question_id = taken.question.id
    lead.person_id, lead.company_id = taken.person_id, taken.company_id
    lead.contact_id = taken.contact_id


def _met(
    session: AnySession,
    programme: Programme,
    draft: LeadDraft,
    lead: Lead,
    thanks: tuple[int | None, int | None],
) -> None:
    today = clock.today()
    claim = Claim(
        company_name=draft.company.strip() or None,
        name=parse_name(draft.name),
        email=draft.email.lower() if draft.email else None,
        phone=draft.phone,
        is_unproven=True,
    )
    (taken,) = take_in(session, programme=programme, claims=[claim], day=today)
    lead.person_id, lead.company_id = taken.person_id, taken.company_id
    if not _counts(programme, today):
        return
    contact = NewContact(
        day=today,
        channel=Channel.CARD,
        evidence=Evidence.SELF_DECLARED,
        person_id=taken.person_id,
        company_id=taken.company_id,
        pioneer_id=thanks[0],
        fan_id=thanks[1],
    )
    (lead.contact_id,) = record_contacts(
        session, programme=programme, contacts=[contact], actor_id=None
    )


def _counts(programme: Programme, day: date) -> bool:
    """Whether a contact of this day lies within the programme: cards outlive it."""
    try:
        check_day(programme, day)
    except ContactRefused:
        return False
    return True


def _agree(
    session: AnySession, programme: Programme, lead: Lead, purpose: str, draft: LeadDraft
) -> LeadConsent:
    given = LeadConsent(
        lead_id=lead.id,
        purpose=purpose,
        version=VERSION,
        wording=wording(purpose, draft.language, programme.name),
        given_at=clock.now(),
        email=draft.email.lower() if draft.email and purpose == NEWS else None,
        token_nonce=new_nonce(),
    )
    session.add(given)
    session.flush()
    return given


def confirm_news(session: AnySession, consent: LeadConsent) -> bool:
    """Whoever owns the address confirms it; False when it was confirmed already."""
    session.refresh(consent, with_for_update=True)
    if consent.confirmed_at is not None and consent.withdrawn_at is None:
        return False
    consent.confirmed_at, consent.withdrawn_at = clock.now(), None
    session.flush()
    pass_on_wish(session, consent)
    return True


def stop_news(session: AnySession, consent: LeadConsent) -> bool:
    """They want no more of it; False when it was stopped already."""
    session.refresh(consent, with_for_update=True)
    if consent.withdrawn_at is not None:
        return False
    consent.withdrawn_at = clock.now()
    session.flush()
    pass_on_stop(session, consent)
    return True


def consent_of(session: AnySession, consent_id: int) -> LeadConsent | None:
    """The consent to news of a mailed link, not yet believed."""
    return session.scalar(
        select(LeadConsent).where(LeadConsent.id == consent_id, LeadConsent.purpose == NEWS)
    )
