"""Thanking a pioneer for a talk or an anniversary: by mail, or noting that it was done."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.queries import user_by_email, user_names
from pioneers.ambassadors.models import Pioneer
from pioneers.audit.actions import record
from pioneers.companies.models import Person
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.relations.emails import mail_thanks
from pioneers.relations.models import Note, NoteKind
from pioneers.relations.rules import LONGEST_NOTE

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Occasion:
    """What a pioneer is thanked for: a talk, so many years, or something else (once a day)."""

    event_id: int | None = None
    years: int | None = None

    @property
    def key(self) -> str:
        """Short words for it, the same each time."""
        if self.event_id is not None:
            return f"talk-{self.event_id}"
        return f"day-{clock.today():%Y%m%d}" if self.years is None else f"years-{self.years}"


def is_thanked(session: AnySession, pioneer: Pioneer, occasion: Occasion) -> bool:
    """Whether somebody thanked the pioneer for it already."""
    known = select(Note.id).where(
        Note.pioneer_id == pioneer.id,
        Note.kind == NoteKind.THANKS,
        Note.event_id == occasion.event_id,  # NULL for what is no talk
        Note.years == occasion.years,
    )
    if occasion == Occasion():
        known = known.where(Note.day == clock.today())
    return session.scalar(known.limit(1)) is not None


def thank(
    session: AnySession,
    *,
    programme: Programme,
    pioneer: Pioneer,
    occasion: Occasion,
    message: str,
    by_mail: bool,
    actor_id: int | None,
) -> bool:
    """Thank a pioneer and note it; False when it was done before, so that no second mail leaves.

    Raises Refused: text_missing, text_long, no_address.
    """
    session.refresh(pioneer, with_for_update=True)  # two who thank at once wait for each other
    if is_thanked(session, pioneer, occasion):
        return False
    text = message.strip()
    if not text:
        raise Refused("text_missing", "message")
    if len(text) > LONGEST_NOTE:
        raise Refused("text_long", "message", limit=LONGEST_NOTE)
    if by_mail:
        _mail(session, programme, pioneer, occasion, text, actor_id)
    session.add(
        Note(
            programme_id=programme.id,
            kind=NoteKind.THANKS,
            day=clock.today(),
            text=text,
            written_at=clock.now(),
            pioneer_id=pioneer.id,
            written_by_id=actor_id,
            event_id=occasion.event_id,
            years=occasion.years,
        )
    )
    session.flush()
    record(
        session,
        "pioneer.thanked",
        object_type="pioneer",
        object_id=pioneer.id,
        programme_id=programme.id,
        actor_id=actor_id,
        details={"by_mail": by_mail},
    )
    return True


def _mail(
    session: AnySession,
    programme: Programme,
    pioneer: Pioneer,
    occasion: Occasion,
    text: str,
    actor_id: int | None,
) -> None:
    person = session.get_one(Person, pioneer.person_id)
    if not person.email:
        raise Refused("no_address", "message")
    mail_thanks(
        session,
        programme=programme,
        pioneer=pioneer,
        person=person,
        language=language_of(session, programme, person),
        message=text,
        sender=user_names(session, [actor_id]).get(actor_id or 0, programme.name),
        occasion=occasion.key,
    )


def language_of(session: AnySession, programme: Programme, person: Person) -> str:
    """The language in which somebody is written to."""
    user = user_by_email(session, person.email) if person.email else None
    return programme.language if user is None else user.language
