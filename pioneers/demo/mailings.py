"""Who wants news in the programme that runs today, and what was mailed to them."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.demo.people import GUESTS
from pioneers.mail.models import MailMessage, MailStatus
from pioneers.mailings.actions import choose_readers, plan_mailing, write_mailing
from pioneers.mailings.models import Mailing, MailingRecipient
from pioneers.mailings.rules import Draft, Segment
from pioneers.mailings.sending import fix_readers, send_batch
from pioneers.programmes.models import Programme
from pioneers.subscriptions.actions import ask_for_news, choose, confirm, stop
from pioneers.subscriptions.models import SubscribedBy, Subscription
from pioneers.subscriptions.rules import VERSION, Asked, wording

AnySession = Session | scoped_session[Session]
LEADER = "leider@pioniers.example"
SENT_AGO, PLANNED_IN = 12, 5  # days
SENT = Draft(
    kind="newsletter",
    subject="Drie bedrijven die het rooster loslieten",
    body="## Beginnen met één ploeg\n\n"
    "Drie bedrijven lieten dit jaar een ploeg zelf roosteren. Wat viel op?\n\n"
    "- **Begin klein.** Eén ploeg die wil, een maand lang.\n"
    "- **Maak samen de regels.** Wat moet altijd bezet zijn, en wie bepaalt bij ruzie?\n"
    "- **Praat na.** Wat ging beter, en wat kostte moeite?\n\n"
    "Loopt u met dezelfde vraag? [Leg hem ons voor](/vraag/bedrijf): een mens antwoordt.",
)
PLANNED = Draft(
    kind="newsletter",
    subject="Samen met uw klant ontwerpen",
    body="Wie zijn klant aan tafel vraagt, verkoopt daarna makkelijker. Een pionier vertelt hoe"
    " zij begon: met één klant, één middag en veel koffie.\n\nIn dit bericht ook de agenda van de"
    " komende maand: [bekijk de bijeenkomsten](/agenda/bedrijf).",
    theme="co_creation",
)
DRAFT = Draft(
    kind="newsletter",
    subject="Voor wie nog niet begon",
    body="U was bij een bijeenkomst, en daarna kwam de drukte. Wat is een eerste stap van een uur?",
)


def _moment(ago: int, hour: int) -> datetime:
    day: date = clock.today() - timedelta(days=ago)
    return clock.from_local(day, time(hour))


def load_mailings(session: AnySession, programme: Programme, users: dict[str, int]) -> None:
    """Somebody asks, confirms, chooses, leaves; a mailing left, one is planned, one is written."""
    readers = _readers(session, programme)
    _sent(session, programme, users[LEADER], readers)
    later = _written(session, programme, PLANNED, users[LEADER], 1)
    plan_mailing(
        session,
        programme=programme,
        mailing=later,
        send_at=_moment(-PLANNED_IN, 9),
        actor_id=users[LEADER],
    )
    draft = _written(session, programme, DRAFT, users[LEADER], 0)
    choose_readers(session, mailing=draft, segment=Segment(acted="not_yet"), actor_id=users[LEADER])


def _readers(session: AnySession, programme: Programme) -> list[Subscription]:
    found = []
    for number, guest in enumerate(GUESTS[:22]):
        asked = Asked(
            email=guest.email,
            source=SubscribedBy.SITE,
            version=VERSION,
            wording=wording("nl", programme.name),
            name=guest.name,
        )
        with clock.at(_moment(60 - number, 10)):
            made = ask_for_news(session, programme=programme, asked=asked)
        if number < 19:
            with clock.at(_moment(60 - number, 12)):
                confirm(session, made)
                if number % 4 == 1:
                    choose(session, made, themes="co_creation", language="nl")
            found.append(made)
    return found


def _written(
    session: AnySession, programme: Programme, draft: Draft, actor_id: int, ago: int
) -> Mailing:
    with clock.at(_moment(ago, 8) if ago else clock.now()):
        made = write_mailing(
            session,
            programme=programme,
            draft=draft,
            form_key=f"DEMO{ago}",
            actor_id=actor_id,
        )
        made.tested_at = clock.now()
        session.flush()
    return made


def _sent(
    session: AnySession, programme: Programme, actor_id: int, readers: list[Subscription]
) -> None:
    """It left; most arrived, one address is gone, and one reader left by it."""
    mailing = _written(session, programme, SENT, actor_id, SENT_AGO)
    with clock.at(_moment(SENT_AGO, 9)):
        plan_mailing(
            session,
            programme=programme,
            mailing=mailing,
            send_at=clock.now(),
            actor_id=actor_id,
        )
        inside = session if isinstance(session, Session) else session()
        fix_readers(inside, mailing.id)
        while send_batch(inside, mailing.id):
            pass
        mails = session.scalars(
            select(MailMessage)
            .join(MailingRecipient, MailingRecipient.mail_id == MailMessage.id)
            .where(MailingRecipient.mailing_id == mailing.id)
            .order_by(MailMessage.id)
        ).all()
        for number, mail in enumerate(mails):
            mail.status = MailStatus.BOUNCED if number == 3 else MailStatus.DELIVERED
            mail.sent_at = mail.status_at = clock.now()
            mail.attempts = 1
    with clock.at(_moment(SENT_AGO - 1, 19)):
        stop(session, readers[7], mailing_id=mailing.id)
