"""Who gets mail about an event: its host's contact people, the project leaders, a pioneer."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.accounts.models import Grant, User
from pioneers.accounts.rules import Role
from pioneers.ambassadors.models import Pioneer
from pioneers.companies.models import Person
from pioneers.companies.names import display_name
from pioneers.events.models import Event, Speaker
from pioneers.fans.models import FanContact
from pioneers.planning.models import PioneerRequest, RequestState
from pioneers.programmes.models import Programme

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Recipient:
    """Somebody to write to; `key` is short and stays the same, for the outbox."""

    key: str
    name: str
    address: str
    language: str
    user_id: int | None = None


def leaders(session: AnySession, programme: Programme) -> list[Recipient]:
    """The project leaders of a programme with an open account, by id."""
    users = session.scalars(
        select(User)
        .join(Grant, Grant.user_id == User.id)
        .where(
            Grant.programme_id == programme.id,
            Grant.role == Role.PROJECT_LEADER,
            Grant.withdrawn_at.is_(None),
            User.disabled_at.is_(None),
        )
        .order_by(User.id)
    )
    return [
        Recipient(f"user-{user.id}", user.name, user.email, user.language, user.id)
        for user in users
    ]


def hosts(session: AnySession, programme: Programme, event: Event) -> list[Recipient]:
    """The contact people of an event's fan who have a mail address, each address once."""
    rows = session.execute(
        select(FanContact, User)
        .outerjoin(User, User.email == func.lower(FanContact.email))
        .where(
            FanContact.fan_id == event.fan_id,
            FanContact.ended_at.is_(None),
            FanContact.email.is_not(None),
        )
        .order_by(FanContact.id)
    )
    found: dict[str, Recipient] = {}
    for contact, user in rows:
        address = (contact.email or "").lower()
        language = programme.language if user is None else user.language
        user_id = None if user is None else user.id
        key = f"contact-{contact.id}"
        found.setdefault(address, Recipient(key, contact.name, address, language, user_id))
    return list(found.values())


def pioneers(
    session: AnySession, programme: Programme, pioneer_ids: list[int]
) -> dict[int, Recipient]:
    """These pioneers as far as they have a mail address."""
    rows = session.execute(
        select(Pioneer.id, Person, User)
        .join(Person, Person.id == Pioneer.person_id)
        .outerjoin(User, User.email == func.lower(Person.email))
        .where(Pioneer.programme_id == programme.id, Pioneer.id.in_(pioneer_ids))
        .order_by(Pioneer.id)
    )
    return {
        pioneer_id: Recipient(
            f"pioneer-{pioneer_id}",
            display_name(person),
            person.email.lower(),
            programme.language if user is None else user.language,
            None if user is None else user.id,
        )
        for pioneer_id, person, user in rows
        if person.email
    }


def concerned(session: AnySession, event: Event) -> tuple[set[int], set[int]]:
    """The pioneers who speak at an event, and those who are asked and have not said no."""
    speakers = set(session.scalars(select(Speaker.pioneer_id).where(Speaker.event_id == event.id)))
    asked = session.scalars(
        select(PioneerRequest.pioneer_id).where(
            PioneerRequest.event_id == event.id,
            PioneerRequest.state.in_((RequestState.OPEN, RequestState.OTHER_DATE)),
        )
    )
    return speakers, set(asked) - speakers
