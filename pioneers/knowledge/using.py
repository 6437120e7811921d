"""Somebody says what an item did for them, and later what became of it. No action commits."""

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.companies.identity import Claim
from pioneers.companies.names import parse_name
from pioneers.knowledge.emails import mail_follow_up
from pioneers.knowledge.models import Followed, KnowledgeItem, KnowledgeUse, UseKind
from pioneers.knowledge.rules import ASK_AFTER
from pioneers.knowledge.use_rules import CONSENT, CONSENT_VERSION, NewUse, check_use
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence
from pioneers.reach.actions import ContactRefused, check_day, record_contacts
from pioneers.reach.activations import ActivationRefused, propose_activation
from pioneers.reach.intake import take_in
from pioneers.reach.rules import Channel, NewContact
from pioneers.web.tokens import new_nonce

AnySession = Session | scoped_session[Session]


def take_use(
    session: AnySession, *, programme: Programme, item: KnowledgeItem, new: NewUse
) -> KnowledgeUse:
    """Note it; whoever left details is recognised or added, and that is a contact.

    Raises Refused as `use_rules.check_use` does.
    """
    check_use(new)
    language = "en" if new.language == "en" else "nl"
    use = KnowledgeUse(
        item_id=item.id,
        kind=new.kind,
        at=clock.now(),
        intention=new.intention.strip(),
        language=language,
    )
    if new.has_details:
        use.email = (new.email or "").strip()
        use.consent_version, use.consent_wording = CONSENT_VERSION, CONSENT[language]
        use.token_nonce = new_nonce()
        if new.kind == UseKind.WILL_USE:
            use.ask_on = clock.today() + ASK_AFTER
        _met(session, programme, item, use, new)
    session.add(use)
    session.flush()
    return use


def _met(
    session: AnySession,
    programme: Programme,
    item: KnowledgeItem,
    use: KnowledgeUse,
    new: NewUse,
) -> None:
    today = clock.today()
    claim = Claim(
        company_name=new.company.strip() or None,
        name=parse_name(new.name),
        email=(new.email or "").lower() or None,
    )
    (taken,) = take_in(session, programme=programme, claims=[claim], day=today)
    use.person_id, use.company_id = taken.person_id, taken.company_id
    try:
        check_day(programme, today)
    except ContactRefused:  # the knowledge base outlives its programme
        return
    contact = NewContact(
        day=today,
        channel=Channel.KNOWLEDGE,
        evidence=Evidence.SELF_DECLARED,
        person_id=taken.person_id,
        company_id=taken.company_id,
        pioneer_id=item.pioneer_id,
    )
    (use.contact_id,) = record_contacts(
        session, programme=programme, contacts=[contact], actor_id=None
    )


def ask_what_became(
    session: AnySession, *, programme: Programme, item: KnowledgeItem, use: KnowledgeUse
) -> bool:
    """Ask by mail whether it worked out; once."""
    use.asked_at = clock.now()
    asked = mail_follow_up(session, programme=programme, item=item, use=use)
    session.flush()
    return asked


def tell_followed(
    session: AnySession,
    *,
    programme: Programme,
    use: KnowledgeUse,
    followed: Followed,
    kind_id: int | None,
    done: str,
) -> None:
    """Somebody says what became of their intention. What was done, with its kind, is proposed as
    an activation of their company: it counts once somebody has verified it. Said anew, the last
    word stands; a proposal is made once."""
    session.refresh(use, with_for_update=True)
    use.followed, use.told_at = followed, clock.now()
    wanted = followed == Followed.DONE and kind_id is not None and use.company_id is not None
    if wanted and use.activation_id is None and use.company_id is not None and kind_id is not None:
        try:
            made = propose_activation(
                session,
                programme=programme,
                company_id=use.company_id,
                kind_id=kind_id,
                day=clock.today(),
                proof=(done.strip() or use.intention)[:500] or PROOF[use.language],
                person_id=use.person_id,
                actor_id=None,
            )
        except ActivationRefused:  # outside the programme's days: the answer is kept all the same
            session.flush()
            return
        use.activation_id = made.id
    session.flush()


PROOF = {
    "nl": "Zelf gemeld na een item van de kennisbank",
    "en": "Told by themselves, after an item of the knowledge base",
}
