"""Reads of fans and their contact people, always within one programme."""

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.companies.names import fold
from pioneers.fans.models import Fan, FanContact
from pioneers.programmes.models import Programme
from pioneers.web.errors import NotFound

AnySession = Session | scoped_session[Session]
# In every list that names fans, so built once.
NAMED = (
    select(Fan.id, Fan.name)
    .where(Fan.programme_id == bindparam("programme_id"))
    .order_by(Fan.name_key)
)


def list_fans(session: AnySession, programme: Programme, *, active_only: bool = False) -> list[Fan]:
    """The programme's fans: active ones first, then by name."""
    query = (
        select(Fan)
        .where(Fan.programme_id == programme.id)
        .order_by(Fan.is_active.desc(), Fan.name_key)
    )
    return list(session.scalars(query.where(Fan.is_active) if active_only else query))


def get_fan(session: AnySession, programme: Programme, fan_id: int) -> Fan:
    """A fan of this programme; NotFound otherwise."""
    fan = session.scalar(select(Fan).where(Fan.id == fan_id, Fan.programme_id == programme.id))
    if fan is None:
        raise NotFound
    return fan


def fan_names(session: AnySession, programme: Programme) -> dict[int, str]:
    """The name of every fan of the programme by its id, in order of name."""
    rows = session.execute(NAMED, {"programme_id": programme.id})
    return {row.id: row.name for row in rows}


def fan_by_name(session: AnySession, programme: Programme, name: str) -> Fan | None:
    """The fan of this name, whatever its capitals and accents."""
    return session.scalar(
        select(Fan).where(Fan.programme_id == programme.id, Fan.name_key == fold(name)[:160])
    )


def own_fan_ids(
    session: AnySession, programme: Programme, *, user_id: int, email: str
) -> frozenset[int]:
    """The fans for which a user speaks now: by account, or by the address that both have."""
    rows = session.scalars(
        select(FanContact.fan_id)
        .join(Fan, Fan.id == FanContact.fan_id)
        .where(
            Fan.programme_id == programme.id,
            FanContact.ended_at.is_(None),
            or_(FanContact.user_id == user_id, func.lower(FanContact.email) == email),
        )
    )
    return frozenset(rows)


def contact_people(session: AnySession, fan: Fan, *, former: bool = False) -> list[FanContact]:
    """Who speaks for a fan now (or who used to), by name."""
    ended = FanContact.ended_at.is_not(None) if former else FanContact.ended_at.is_(None)
    query = select(FanContact).where(FanContact.fan_id == fan.id, ended)
    return list(session.scalars(query.order_by(FanContact.name, FanContact.id)))


def get_contact_person(session: AnySession, fan: Fan, contact_id: int) -> FanContact:
    """Somebody who speaks, or spoke, for this fan; NotFound otherwise."""
    contact = session.scalar(
        select(FanContact).where(FanContact.id == contact_id, FanContact.fan_id == fan.id)
    )
    if contact is None:
        raise NotFound
    return contact
