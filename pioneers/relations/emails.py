"""Mail of this feature: a next step that is due, and thanks to a pioneer."""

from datetime import datetime

from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.models import User
from pioneers.ambassadors.models import Pioneer
from pioneers.companies.models import Person
from pioneers.companies.names import display_name
from pioneers.mail.actions import NewMail, queue
from pioneers.mail.kinds import MailKind, Words, register
from pioneers.programmes.models import Programme
from pioneers.relations.models import Note
from pioneers.web.formats import day_full
from pioneers.web.links import link

AnySession = Session | scoped_session[Session]

DUE = register(
    MailKind(
        key="relations.due",
        title_nl="Vervolgstap die u zou doen",
        title_en="Next step that you would do",
        nl=Words(
            "Vervolgstap: {step}",
            "Beste {name},\n\nDit zou u doen op {day}:\n\n{step}\nVoor: {about}\n\n"
            "[Uw vervolgstappen](link)",
        ),
        en=Words(
            "Next step: {step}",
            "Dear {name},\n\nThis is what you would do on {day}:\n\n{step}\nFor: {about}\n\n"
            "[Your next steps](link)",
        ),
        fields={
            "name": "Ilse Kamp",
            "step": "Bellen over een datum voor een kennismaking",
            "about": "Anne de Vries",
            "day": "dinsdag 24 november 2026",
            "link": "https://pioniers.example/p/overijssel/netwerk/afspraken",
        },
        can_be_off=True,
    )
)
THANKS = register(
    MailKind(
        key="relations.thanks",
        title_nl="Dank aan een pionier",
        title_en="Thanks to a pioneer",
        nl=Words(
            "Dank u wel",
            "Beste {name},\n\n{message}\n\nMet vriendelijke groet,\n{sender}",
        ),
        en=Words(
            "Thank you",
            "Dear {name},\n\n{message}\n\nKind regards,\n{sender}",
        ),
        fields={
            "name": "Anne de Vries",
            "message": "Dank voor uw verhaal bij 'Avond over slimmer werken'.",
            "sender": "Ilse Kamp",
        },
    )
)


def mail_due(
    session: AnySession,
    *,
    programme: Programme,
    note: Note,
    about: str,
    user: User,
    due_at: datetime,
) -> bool:
    """Remind somebody of a step, once for each day that was set; False when that was done."""
    return queue(
        session,
        NewMail(
            kind=DUE,
            key=f"{DUE.key}:user-{user.id}:{note.id}-{note.due_on:%Y%m%d}",
            address=user.email,
            name=user.name,
            language=user.language,
            fields={
                "name": user.name,
                "step": note.next_step,
                "about": about,
                "day": day_full(note.due_on, user.language),
                "link": link("relations.steps", slug=programme.slug),
            },
            programme_id=programme.id,
            programme_name=programme.name,
            record_type="relation_note",
            record_id=note.id,
            due_at=due_at,
        ),
    )


def mail_thanks(
    session: AnySession,
    *,
    programme: Programme,
    pioneer: Pioneer,
    person: Person,
    language: str,
    message: str,
    sender: str,
    occasion: str,
) -> bool:
    """Thank a pioneer by mail, once for each talk or anniversary."""
    return queue(
        session,
        NewMail(
            kind=THANKS,
            key=f"{THANKS.key}:pioneer-{pioneer.id}:{occasion}",
            address=person.email or "",
            name=display_name(person),
            language=language,
            fields={"name": display_name(person), "message": message, "sender": sender},
            programme_id=programme.id,
            programme_name=programme.name,
            record_type="pioneer",
            record_id=pioneer.id,
        ),
    )
