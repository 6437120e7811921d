"""Mail to hosts and project leaders: proposed, moved, cancelled, and please count the room."""

from datetime import datetime

from sqlalchemy.orm import Session, scoped_session

from pioneers.events.models import Event
from pioneers.events.wording import Before, was
from pioneers.mail.actions import NewMail, queue
from pioneers.mail.kinds import MailKind, Words, register
from pioneers.planning.emails import EXAMPLE, WAS, about
from pioneers.planning.queries import requests_for
from pioneers.planning.recipients import Recipient
from pioneers.programmes.models import Programme
from pioneers.web.links import link

AnySession = Session | scoped_session[Session]
FIELDS = {**EXAMPLE, "link": "https://pioniers.example/p/overijssel/podium/1"}

PROPOSED = register(
    MailKind(
        key="hosting.proposed",
        title_nl="Voorstel ontvangen (projectleider)",
        title_en="Proposal received (project leader)",
        nl=Words(
            "Voorstel van {host}: {title}",
            "Beste {name},\n\n{host} stelt een bijeenkomst voor.\n\n{title}\n{when}\n{where}\n"
            "Voor wie: {audience}\n\nDe gastheer {wish}.\n\n[Bekijken en beslissen](link)",
        ),
        en=Words(
            "Proposal of {host}: {title}",
            "Dear {name},\n\n{host} proposes an event.\n\n{title}\n{when}\n{where}\n"
            "For whom: {audience}\n\nThe host {wish}.\n\n[See it and decide](link)",
        ),
        fields={
            **FIELDS,
            "audience": "veertig eigenaren van bouwbedrijven",
            "wish": "vraagt om een pionier: Bram Oosterhof",
        },
    )
)
MOVED = register(
    MailKind(
        key="hosting.moved",
        title_nl="Bijeenkomst gewijzigd (gastheer, projectleider)",
        title_en="Event changed (host, project leader)",
        nl=Words(
            "Gewijzigd: {title}",
            "Beste {name},\n\nDeze bijeenkomst is gewijzigd.\n\nEerst was het: {was}\n\n"
            "Nu is het:\n{title}\n{when}\n{where}\n\n"
            "Wie zich aanmeldde en wie spreekt, heeft bericht gekregen.\n\n"
            "[De bijeenkomst openen](link)",
        ),
        en=Words(
            "Changed: {title}",
            "Dear {name},\n\nThis event was changed.\n\nFirst it was: {was}\n\n"
            "Now it is:\n{title}\n{when}\n{where}\n\n"
            "Whoever registered and whoever speaks has been told.\n\n[Open the event](link)",
        ),
        fields={**FIELDS, **WAS},
    )
)
CANCELLED = register(
    MailKind(
        key="hosting.cancelled",
        title_nl="Bijeenkomst geannuleerd (gastheer, projectleider)",
        title_en="Event cancelled (host, project leader)",
        nl=Words(
            "Geannuleerd: {title}",
            "Beste {name},\n\nDeze bijeenkomst gaat niet door:\n\n{title}\n{when}\n{where}\n\n"
            "Wie zich aanmeldde en wie zou spreken, heeft bericht gekregen.\n\n"
            "[De bijeenkomst openen](link)",
        ),
        en=Words(
            "Cancelled: {title}",
            "Dear {name},\n\nThis event has been cancelled:\n\n{title}\n{when}\n{where}\n\n"
            "Whoever registered and whoever would speak has been told.\n\n"
            "[Open the event](link)",
        ),
        fields=FIELDS,
    )
)
HEADCOUNT = register(
    MailKind(
        key="hosting.headcount_reminder",
        title_nl="Hoeveel mensen waren er? (de dag erna)",
        title_en="How many people were there? (the day after)",
        nl=Words(
            "Hoeveel mensen waren er? {title}",
            "Beste {name},\n\nHoeveel mensen waren er bij {title}, {when}? Eén getal is genoeg.\n\n"
            "[Het aantal invullen](link)",
        ),
        en=Words(
            "How many people were there? {title}",
            "Dear {name},\n\nHow many people were at {title}, {when}? One number is enough.\n\n"
            "[Fill in the number](link)",
        ),
        fields=FIELDS,
        can_be_off=True,
    )
)


PAGES = {PROPOSED.key: "planning.confirm", HEADCOUNT.key: "hosting.headcount"}

WISHES = {
    "nl": ("vraagt om een pionier: {}", "vraagt wie past en kan"),
    "en": ("asks for a pioneer: {}", "asks who fits and is free"),
}


def tell(
    session: AnySession,
    kind: MailKind,
    *,
    programme: Programme,
    event: Event,
    to: Recipient,
    occasion: str,
    due_at: datetime | None = None,
    earlier: Before | None = None,
) -> bool:
    """Queue a mail about an event; False when it was queued before, or is switched off.

    `earlier` is how the event was before it changed.
    """
    fields = about(session, programme, event, to)
    fields["audience"] = event.audience
    fields["wish"] = _wish(session, programme, event, to.language)
    fields["was"] = was(earlier, event, to.language)
    fields["link"] = link(
        PAGES.get(kind.key, "hosting.event"), slug=programme.slug, event_id=event.id
    )
    mail = NewMail(
        kind=kind,
        key=f"{kind.key}:{to.key}:{occasion}",
        address=to.address,
        name=to.name,
        language=to.language,
        fields=fields,
        programme_id=programme.id,
        programme_name=programme.name,
        record_type="event",
        record_id=event.id,
        due_at=due_at,
    )
    return queue(session, mail)


def _wish(session: AnySession, programme: Programme, event: Event, language: str) -> str:
    """Whom the host asks for; empty for nobody."""
    named, who_fits = WISHES[language]
    names = [row.name for row in requests_for(session, programme, event) if row.name]
    if names:
        return named.format(", ".join(names))
    return who_fits if event.wants_pioneer else ""
