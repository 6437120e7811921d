"""The mail on the morning after a talk."""

from datetime import datetime

from sqlalchemy.orm import Session, scoped_session

from pioneers.contributions.links import report_link
from pioneers.events.models import Event
from pioneers.mail.actions import NewMail, queue
from pioneers.mail.kinds import MailKind, Words, register
from pioneers.planning.emails import EXAMPLE, about
from pioneers.planning.recipients import Recipient
from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]
RECORD = "event"

MORNING_AFTER = register(
    MailKind(
        key="contributions.morning_after",
        title_nl="Hoe ging het? (pionier, de ochtend erna)",
        title_en="How did it go? (pioneer, the morning after)",
        nl=Words(
            "Hoe ging het? {title}",
            "Beste {name},\n\nU sprak bij {host}: {title}, {when}.\n\n"
            "Met hoeveel mensen was dat, ongeveer? Eén getal is genoeg.\n\n"
            "[Mijn inzet vastleggen](link)\n\nInloggen hoeft niet. De link werkt dertig dagen.",
        ),
        en=Words(
            "How did it go? {title}",
            "Dear {name},\n\nYou spoke at {host}: {title}, {when}.\n\n"
            "How many people were there, about? One number is enough.\n\n"
            "[Log my contribution](link)\n\n"
            "There is no need to log in. The link works for thirty days.",
        ),
        fields={**EXAMPLE, "link": "https://pioniers.example/t/voorbeeld"},
        can_be_off=True,
    )
)


def ask_how_it_went(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    pioneer_id: int,
    to: Recipient,
    due_at: datetime,
) -> bool:
    """Queue the mail, once for each pioneer and event; False when it was, or is switched off."""
    mail = NewMail(
        kind=MORNING_AFTER,
        key=f"{MORNING_AFTER.key}:pioneer-{pioneer_id}:{event.id}",
        address=to.address,
        name=to.name,
        language=to.language,
        fields=about(session, programme, event, to) | {"link": report_link(pioneer_id, event)},
        programme_id=programme.id,
        programme_name=programme.name,
        record_type=RECORD,
        record_id=event.id,
        due_at=due_at,
    )
    return queue(session, mail)
