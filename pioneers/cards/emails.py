"""The one mail of this feature: confirm that you want to be kept informed."""

from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.current import settings
from pioneers.cards.models import LeadConsent
from pioneers.mail.actions import NewMail, queue
from pioneers.mail.kinds import EXAMPLE_SITE, MailKind, Words, register
from pioneers.programmes.models import Programme
from pioneers.web.links import link
from pioneers.web.tokens import is_genuine, record_of, sign

AnySession = Session | scoped_session[Session]
PURPOSE = "card-news"

CONFIRM = register(
    MailKind(
        key="cards.confirm_news",
        title_nl="Bevestigen: op de hoogte blijven",
        title_en="Confirm: being kept informed",
        nl=Words(
            "Bevestig dat wij u op de hoogte mogen houden",
            "Goedendag,\n\nU wilt op de hoogte blijven van {programme}. Wij vragen dit één keer"
            " na, zodat niemand anders uw adres kan opgeven.\n\n[Ja, houd mij op de hoogte]"
            "(link)\n\nHebt u dit niet gevraagd? Dan hoeft u niets te doen.",
        ),
        en=Words(
            "Confirm that we may keep you informed",
            "Hello,\n\nYou want to be kept informed of {programme}. We ask this once, so"
            " that nobody else can give your address.\n\n[Yes, keep me informed](link)\n\nIf you"
            " did not ask for this, you need not do anything.",
        ),
        fields={
            "programme": "Slimmer Werken",
            "link": f"{EXAMPLE_SITE}/k/nieuws/voorbeeld",
        },
    )
)


def token_of(consent: LeadConsent) -> str:
    """The token of the mailed link."""
    return sign(settings().secret_key, PURPOSE, consent.id, consent.token_nonce)


def consent_id_of(token: str) -> int | None:
    """The record that a token speaks of, not yet believed."""
    return record_of(token)


def is_ours(token: str, consent: LeadConsent) -> bool:
    """Whether the token is this consent's."""
    secret = settings().secret_key
    return is_genuine(secret, PURPOSE, consent.id, consent.token_nonce, token)


def mail_confirm_news(
    session: AnySession, programme: Programme, consent: LeadConsent, language: str
) -> None:
    """Ask whoever owns the address whether they want this. It repeats nothing of what was typed:
    anybody can fill in somebody else's address."""
    if not consent.email:
        return
    fields = {
        "programme": programme.name,
        "link": link("cards.news", token=token_of(consent)),
    }
    queue(
        session,
        NewMail(
            kind=CONFIRM,
            key=f"{CONFIRM.key}:{consent.id}",
            address=consent.email,
            name="",
            language=language,
            fields=fields,
            programme_id=programme.id,
            programme_name=programme.name,
            record_type="card_lead",
            record_id=consent.lead_id,
        ),
    )
