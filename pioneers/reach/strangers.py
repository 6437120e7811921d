"""People whom we know by a question or a card and by nothing else: when that is no longer kept,
neither is who they are."""

from collections.abc import Collection, Iterator

from sqlalchemy import Column, Table, exists, select
from sqlalchemy.orm import Session, scoped_session

from pioneers.companies.models import Person
from pioneers.db import Base
from pioneers.reach.models import Contact
from pioneers.reach.rules import Channel

AnySession = Session | scoped_session[Session]
SAYS_NOTHING = frozenset({"contact", "employment", "person_standing"})
FLEETING = (Channel.CARD, Channel.QUESTION)


def is_stranger(session: AnySession, person: Person, *, apart_from: Collection[str] = ()) -> bool:
    """Whether no table but those `apart_from` speaks of this person, and every contact was by a
    question or a card. Any table that points at people counts, also one that is made later."""
    if person.merged_into_id is not None or person.erased_at is not None:
        return False
    other = exists().where(
        Contact.person_id == person.id,
        Contact.channel.not_in(FLEETING),
        Contact.voided_at.is_(None),
    )
    spoken_of = [
        exists().where(column == person.id)
        for table, column in _pointing_at_people()
        if table.name not in SAYS_NOTHING and table.name not in apart_from
    ]
    return not any(session.scalar(select(one)) for one in (other, *spoken_of))


def _pointing_at_people() -> Iterator[tuple[Table, Column[int]]]:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column is Person.__table__.c.id for key in column.foreign_keys):
                yield table, column
