"""What a project leader does with a proposed event: confirm it, or not. Both tell the host."""

from sqlalchemy.orm import Session, scoped_session

from pioneers.events.actions import cancel_event, confirm_event
from pioneers.events.models import Event, EventStatus
from pioneers.mail.actions import NewMail, queue
from pioneers.mail.kinds import MailKind, Words, register
from pioneers.planning.actions import tell_cancelled
from pioneers.planning.emails import EXAMPLE, about
from pioneers.planning.recipients import hosts
from pioneers.planning.rules import LONGEST_WORDS
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.web.links import link

AnySession = Session | scoped_session[Session]
FIELDS = {
    **EXAMPLE,
    "remark": "Graag een half uur eerder beginnen.",
    "link": "https://pioniers.example/p/overijssel/podium/1",
}
CONFIRMED = register(
    MailKind(
        key="planning.confirmed",
        title_nl="Voorstel bevestigd",
        title_en="Proposal confirmed",
        nl=Words(
            "Bevestigd: {title}",
            "Beste {name},\n\nUw bijeenkomst gaat door.\n\n{title}\n{when}\n{where}\n\n{remark}\n\n"
            "U kunt haar nu publiceren, zodat ondernemers zich kunnen aanmelden.\n\n"
            "[De bijeenkomst openen](link)",
        ),
        en=Words(
            "Confirmed: {title}",
            "Dear {name},\n\nYour event is on.\n\n{title}\n{when}\n{where}\n\n{remark}\n\n"
            "You can publish it now, so that entrepreneurs can register.\n\n"
            "[Open the event](link)",
        ),
        fields=FIELDS,
    )
)
NOT_CONFIRMED = register(
    MailKind(
        key="planning.not_confirmed",
        title_nl="Voorstel niet bevestigd",
        title_en="Proposal not confirmed",
        nl=Words(
            "Niet bevestigd: {title}",
            "Beste {name},\n\nUw voorstel gaat niet door als bijeenkomst van het programma.\n\n"
            "{title}\n{when}\n{where}\n\nDit is de reden:\n{remark}\n\n"
            "Met dezelfde gegevens kunt u een nieuw voorstel doen, bijvoorbeeld op een andere "
            "dag.\n\n[Het voorstel bekijken of kopiëren](link)",
        ),
        en=Words(
            "Not confirmed: {title}",
            "Dear {name},\n\nYour proposal does not become an event of the programme.\n\n"
            "{title}\n{when}\n{where}\n\nThis is the reason:\n{remark}\n\n"
            "With the same details you can make a new proposal, for another day perhaps.\n\n"
            "[See or copy the proposal](link)",
        ),
        fields=FIELDS,
    )
)


def confirm_proposal(
    session: AnySession, *, programme: Programme, event: Event, remark: str, actor_id: int | None
) -> bool:
    """The event is on; False when it was no proposal any more.

    Raises Refused: cancelled, words_long.
    """
    _check_words(remark)
    if not confirm_event(session, programme=programme, event=event, actor_id=actor_id):
        return False
    _tell(session, CONFIRMED, programme, event, remark)
    return True


def decline_proposal(
    session: AnySession, *, programme: Programme, event: Event, remark: str, actor_id: int | None
) -> bool:
    """The proposal is off, and so are its requests; False when it was no proposal any more.

    Nobody can have registered: only a planned event is published. Raises Refused: words_long,
    why_missing (a host who hears no reason cannot propose anything better).
    """
    _check_words(remark)
    if not remark.strip():
        raise Refused("why_missing", "remark")
    session.refresh(event, with_for_update=True)
    if event.status != EventStatus.PROPOSED:
        return False
    cancel_event(
        session, programme=programme, event=event, version=event.version, actor_id=actor_id
    )
    tell_cancelled(session, programme=programme, event=event)
    _tell(session, NOT_CONFIRMED, programme, event, remark)
    return True


def _check_words(remark: str) -> None:
    if len(remark) > LONGEST_WORDS:
        raise Refused("words_long", "remark", limit=LONGEST_WORDS)


def _tell(
    session: AnySession, kind: MailKind, programme: Programme, event: Event, remark: str
) -> None:
    for to in hosts(session, programme, event):
        queue(
            session,
            NewMail(
                kind=kind,
                key=f"{kind.key}:{to.key}:{event.id}-{event.sequence}",
                address=to.address,
                name=to.name,
                language=to.language,
                fields=about(session, programme, event, to)
                | {
                    "remark": remark.strip(),
                    "link": link("hosting.event", slug=programme.slug, event_id=event.id),
                },
                programme_id=programme.id,
                programme_name=programme.name,
                record_type="event",
                record_id=event.id,
            ),
        )
