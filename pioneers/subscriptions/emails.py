"""Mail about a subscription. Before an address is confirmed, nothing of what was typed stands in
it: anybody can fill in somebody else's address."""

from sqlalchemy.orm import Session, scoped_session

from pioneers.mail.actions import NewMail, queue
from pioneers.mail.kinds import EXAMPLE_SITE, MailKind, Words, register
from pioneers.programmes.models import Programme
from pioneers.subscriptions.links import own_link
from pioneers.subscriptions.models import Subscription

AnySession = Session | scoped_session[Session]
RECORD = "subscription"
FIELDS = {"programme": "Slimmer werken", "link": f"{EXAMPLE_SITE}/n/voorbeeld"}

CONFIRM = register(
    MailKind(
        key="subscription.confirm",
        title_nl="Bevestigen: nieuws per e-mail",
        title_en="Confirm: news by e-mail",
        nl=Words(
            "Bevestig dat u nieuws van {programme} wilt",
            "Goedendag,\n\nIemand vulde dit adres in voor nieuws van {programme}. Was u dat?"
            " Bevestig het dan binnen 30 dagen.\n\n[Ja, houd mij op de hoogte](link)\n\nWas u het"
            " niet? Dan hoeft u niets te doen: u hoort niets meer van ons.",
        ),
        en=Words(
            "Confirm that you want news of {programme}",
            "Hello,\n\nSomebody filled in this address for news of {programme}. Was that you? Then"
            " confirm it within 30 days.\n\n[Yes, keep me informed](link)\n\nWas it not you? Then"
            " you need not do anything: you will hear no more from us.",
        ),
        fields=FIELDS,
    )
)
ALREADY = register(
    MailKind(
        key="subscription.already",
        title_nl="U krijgt al nieuws per e-mail",
        title_en="You get news by e-mail already",
        nl=Words(
            "U krijgt al nieuws van {programme}",
            "Goedendag,\n\nDit adres is opnieuw ingevuld voor nieuws van {programme}. U krijgt het"
            " al; er verandert niets.\n\n[Bekijk of wijzig uw keuze](link)",
        ),
        en=Words(
            "You get news of {programme} already",
            "Hello,\n\nThis address was filled in again for news of {programme}. You get it"
            " already; nothing changes.\n\n[See or change your choice](link)",
        ),
        fields=FIELDS,
    )
)


def mail_about(
    session: AnySession,
    programme: Programme,
    subscription: Subscription,
    kind: MailKind,
    occasion: str,
) -> None:
    """Put a mail in the outbox, once for each occasion."""
    queue(
        session,
        NewMail(
            kind=kind,
            key=f"{kind.key}:{subscription.id}:{occasion}",
            address=subscription.email,
            name="",
            language=subscription.language,
            fields={"programme": programme.name, "link": own_link(subscription)},
            programme_id=programme.id,
            programme_name=programme.name,
            record_type=RECORD,
            record_id=subscription.id,
        ),
    )
