"""One function for each mail to somebody who registered. Mail goes to who registered, never to the
colleagues: they did not ask for it. None commits."""

from dataclasses import replace

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.current import settings
from pioneers.events.calendar import entry_of
from pioneers.events.models import Event
from pioneers.events.wording import Before, was, when
from pioneers.fans.models import Fan
from pioneers.ics.building import Party, invitation
from pioneers.mail.actions import NewMail, queue
from pioneers.mail.kinds import MailKind, Picture, Pictures
from pioneers.mail.rendering import one_line
from pioneers.programmes.models import Programme
from pioneers.registrations import kinds
from pioneers.registrations.codes import drawn, guest_token, in_camera, own_token
from pioneers.registrations.models import Registration, RegistrationState
from pioneers.registrations.queries import party_of, speaker_names
from pioneers.web.formats import moment_full
from pioneers.web.links import link

__all__ = ["guest_token", "own_token"]  # by this name to the pages
AnySession = Session | scoped_session[Session]
RECORD = "registration"
WITH_CODES = frozenset({kinds.CONFIRMED.key, kinds.PROMOTED.key, kinds.REMINDER_DAY.key})
FALLBACK = "pioniers@localhost.example"


def confirmed(session: AnySession, programme: Programme, event: Event, lead: Registration) -> None:
    """They have a seat: the confirmation with the invitation for their calendar."""
    _send(session, kinds.CONFIRMED, programme, event, lead, invite="REQUEST", occasion=_turn(lead))


def promoted(session: AnySession, programme: Programme, event: Event, lead: Registration) -> None:
    """They waited, and are registered at once."""
    _send(session, kinds.PROMOTED, programme, event, lead, invite="REQUEST", occasion=_turn(lead))


def waiting(session: AnySession, programme: Programme, event: Event, lead: Registration) -> None:
    """They are on the waiting list."""
    _send(session, kinds.WAITING, programme, event, lead)


def offered(session: AnySession, programme: Programme, event: Event, lead: Registration) -> None:
    """A seat is held for them for some time."""
    _send(session, kinds.OFFERED, programme, event, lead, occasion=_turn(lead))


def lapsed(session: AnySession, programme: Programme, event: Event, lead: Registration) -> None:
    """They did not confirm in time."""
    _send(session, kinds.LAPSED, programme, event, lead, to_event=True)


def cancelled(
    session: AnySession, programme: Programme, event: Event, lead: Registration, *, had_seat: bool
) -> None:
    """They, or the host, cancelled; the calendar forgets it where it was told."""
    invite = "CANCEL" if had_seat else ""
    _send(session, kinds.CANCELLED, programme, event, lead, invite=invite, to_event=True)


def again(session: AnySession, programme: Programme, event: Event, lead: Registration) -> None:
    """Somebody registered with an address that is registered: its owner gets the link, once an
    hour at most, and nobody else learns anything."""
    _send(session, kinds.AGAIN, programme, event, lead, occasion=f":{clock.now():%Y%m%d%H}")


def moved(
    session: AnySession,
    programme: Programme,
    event: Event,
    lead: Registration,
    earlier: Before | None = None,
) -> None:
    """The event changed in what a calendar holds; once for each change. `earlier` is how it was."""
    invite = "REQUEST" if lead.state == RegistrationState.REGISTERED else ""
    sequence = f":{event.sequence}"
    _send(
        session,
        kinds.MOVED,
        programme,
        event,
        lead,
        invite=invite,
        occasion=sequence,
        earlier=was(earlier, event, lead.language),
    )


def event_cancelled(
    session: AnySession, programme: Programme, event: Event, lead: Registration
) -> None:
    """The event does not take place."""
    invite = "CANCEL" if lead.state == RegistrationState.REGISTERED else ""
    sequence = f":{event.sequence}"
    _send(session, kinds.EVENT_CANCELLED, programme, event, lead, invite=invite, occasion=sequence)


def reminder(
    session: AnySession, kind: MailKind, programme: Programme, event: Event, lead: Registration
) -> bool:
    """It is nearly time; never twice, whatever the event does."""
    return _send(session, kind, programme, event, lead)


def _turn(lead: Registration) -> str:
    """Distinguishes a seat that was gained, lost and gained again."""
    at = lead.changed_at or lead.registered_at
    return f":{at:%Y%m%d%H%M%S%f}"


def _send(
    session: AnySession,
    kind: MailKind,
    programme: Programme,
    event: Event,
    lead: Registration,
    *,
    invite: str = "",
    occasion: str = "",
    to_event: bool = False,
    earlier: str = "",
) -> bool:
    if not lead.email:
        return False
    calendar = _calendar(programme, event, lead, invite) if invite else None
    if invite == "REQUEST":
        lead.invite_sequence = event.sequence
    session.flush()
    party = party_of(session, lead)
    fields = _fields(session, programme, event, party, to_event=to_event) | {"was": earlier}
    pictures: Pictures = {}
    if kind.key in WITH_CODES:
        fields["codes"] = "\n".join(f"{one_line(one.name)}: {one.code}" for one in party)
        pictures = {"codes": [_picture(one) for one in party]}
    mail = NewMail(
        kind=kind,
        key=f"{kind.key}:{lead.id}{occasion}",
        address=lead.email,
        name=lead.name,
        language=lead.language,
        fields=fields,
        pictures=pictures,
        programme_id=programme.id,
        programme_name=programme.name,
        record_type=RECORD,
        record_id=lead.id,
        calendar=calendar,
        calendar_method=invite,
    )
    return queue(session, mail)


def _picture(one: Registration) -> Picture:
    words = "QR-code van {}" if one.language == "nl" else "QR code of {}"
    return Picture(words.format(one_line(one.name)), drawn(in_camera(one)))


def _fields(
    session: AnySession,
    programme: Programme,
    event: Event,
    party: list[Registration],
    *,
    to_event: bool,
) -> dict[str, str]:
    lead = party[0]
    fan = session.get(Fan, event.fan_id) if event.fan_id else None
    own = link("registrations.own", token=own_token(lead))
    page = own
    if to_event and event.public_code:
        page = link("registrations.event_page", code=event.public_code)
    fields = {
        "name": lead.name,
        "title": event.title,
        "when": when(event, lead.language),
        "where": where_in_words(event),
        "host": fan.name if fan else "",
        "speaker": ", ".join(speaker_names(session, event)),
        "people": str(sum(one.seats for one in party)),
        "colleagues": ", ".join(one_line(one.name) for one in party[1:]),
        "programme": programme.name,
        "link": page,
    }
    if lead.offered_until:
        fields["until"] = moment_full(lead.offered_until, lead.language)
    return fields


def where_in_words(event: Event) -> str:
    """Street and place."""
    return ", ".join(part for part in (event.address, event.place) if part)


def _calendar(programme: Programme, event: Event, lead: Registration, method: str) -> str:
    """The invitation. Its stamp is now, so that who cancels and registers again sees it again."""
    entry = entry_of(
        event,
        url=link("registrations.own", token=own_token(lead)),
        organizer=Party(programme.name, getattr(settings(), "mail_from", FALLBACK)),
        attendee=Party(lead.name, lead.email or ""),
    )
    gone = method == "CANCEL"
    entry = replace(entry, changed_at=clock.now(), is_cancelled=gone or entry.is_cancelled)
    return invitation(entry, is_cancellation=gone)
